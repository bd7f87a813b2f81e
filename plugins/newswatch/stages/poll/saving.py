"""Saving what polls brought: states, logs and entries."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from newswatch.addresses.urls import fetch_url, host_of, shard_key
from newswatch.feeds.decide import PollDecision, decide_offline, decide_poll
from newswatch.feeds.identity import NO_CHANGES, compare, content_hash, needs_words
from newswatch.feeds.schedule import Limits
from newswatch.models import FeedId, FeedState, FetchResult, ParsedEntry, ParsedFeed, ParseFailure
from newswatch.settings import Settings
from newswatch.stages.job import Job
from newswatch.stages.parking import Parking
from newswatch.store import entries, feeds
from newswatch.store.parked import Subject
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one feed; `parsed` is None if there was nothing new to parse."""

    state: FeedState
    result: FetchResult
    parsed: ParsedFeed | ParseFailure | None

    @property
    def host(self) -> str:
        return host_of(self.state.fetch_url)


@dataclass(frozen=True, slots=True)
class Failed:
    """A feed that could not be dealt with, whatever came back."""

    state: FeedState
    error: Exception


def limits_of(settings: Settings) -> Limits:
    return Limits(timedelta(seconds=settings.poll_floor), timedelta(seconds=settings.poll_cap))


def save(
    job: Job,
    batch: Sequence[Answer],
    parking: Parking,
    counts: Counter[str],
    *,
    offline: bool,
) -> None:
    """States, logs and entries of a batch, in one transaction."""
    together = partial(_save_together, job, parking, offline=offline)
    for saved in parking.apply(batch, together, subject_of):
        counts.update(saved)


def _save_together(
    job: Job, parking: Parking, batch: Sequence[Answer], *, offline: bool
) -> Counter[str]:
    limits = limits_of(job.settings)
    saved: Counter[str] = Counter()
    polls = []
    for answer in batch:
        if offline:
            decision = decide_offline(answer.state, answer.result, job.now, limits)
            saved["offline"] += 1
        else:
            decision = _decide(job, answer, limits)
            _save_entries(job, parking, answer, decision)
        saved.update(_counted(answer, decision))
        host = host_of(decision.state.fetch_url)
        polls.append(feeds.Polled(decision.state, decision.fetch, host, shard_key(host)))
    feeds.save_polls(job.connection, polls, job.run_id, job.now)
    polled = {answer.state.feed_id for answer in batch}
    for subject in parking.due:
        if subject.name is not None and subject.feed_id in polled:
            parking.postpone(subject)  # it was not among what the feed brought
    return saved


def _decide(job: Job, answer: Answer, limits: Limits) -> PollDecision:
    changes = NO_CHANGES
    if isinstance(answer.parsed, ParsedFeed):
        found = answer.parsed.entries
        known = entries.known_entries(
            job.connection,
            answer.state.feed_id,
            [entry.key for entry in found],
            [entry.url for entry in found if entry.url],
            [content_hash(entry) for entry in found if needs_words(entry)],
        )
        changes = compare(found, known, answer.state.identity)
    return decide_poll(answer.state, answer.result, answer.parsed, job.now, limits, changes)


def _save_entries(job: Job, parking: Parking, answer: Answer, decision: PollDecision) -> None:
    feed_id = answer.state.feed_id
    for write, found in (
        (entries.insert_entries, decision.changes.new),
        (entries.correct_entries, decision.changes.corrected),
    ):
        save = partial(_write, job, write, feed_id)
        rows = [_row(entry, answer.host) for entry in found]
        for _ in parking.apply(rows, save, partial(_subject_of_item, feed_id)):
            pass


def _write(
    job: Job,
    write: Callable[[Connection, FeedId, Sequence[entries.EntryRow], datetime], None],
    feed_id: FeedId,
    rows: Sequence[entries.EntryRow],
) -> None:
    write(job.connection, feed_id, rows, job.now)


def subject_of(answer: Answer | Failed) -> Subject:
    return Subject(answer.state.url, feed_id=answer.state.feed_id)


def _subject_of_item(feed_id: FeedId, row: entries.EntryRow) -> Subject:
    key = hashlib.sha256(row.entry.key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return Subject(row.entry.link or row.entry.title, feed_id=feed_id, name=key)


def _row(entry: ParsedEntry, feed_host: str) -> entries.EntryRow:
    page = fetch_url(entry.link) if entry.link else None
    host = host_of(page) if page else feed_host
    return entries.EntryRow(entry, content_hash(entry), host, shard_key(host))


def _counted(answer: Answer, decision: PollDecision) -> dict[str, int]:
    fetch = decision.fetch
    counts = {
        "feeds_polled": 1,
        "entries_seen": fetch.entries_seen,
        "entries_new": fetch.entries_new,
    }
    if decision.changes.corrected:
        counts["entries_updated"] = len(decision.changes.corrected)
    match fetch.outcome:
        case "ok":
            pass
        case "not-modified" | "unchanged":
            counts[fetch.outcome.replace("-", "_")] = 1
        case _:
            counts |= {"failed": 1, f"failed_{_reason(answer, fetch.outcome)}": 1}
    return counts


def _reason(answer: Answer, outcome: str) -> str:
    if isinstance(answer.parsed, ParseFailure):
        outcome = f"parse_{answer.parsed.reason}"
    elif outcome == "http-error":
        outcome = f"http_{answer.result.status}"
    return outcome.replace("-", "_")
