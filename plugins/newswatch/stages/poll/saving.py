"""Saving what polls brought: states, logs and entries."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from newswatch.addresses.urls import host_of, shard_key
from newswatch.feeds.decide import PollDecision, decide_offline, decide_poll
from newswatch.feeds.identity import NO_CHANGES, compare, content_hash, needs_words
from newswatch.feeds.schedule import Limits
from newswatch.models import (
    FeedState,
    FetchResult,
    KnownEntry,
    ParsedEntry,
    ParsedFeed,
    ParseFailure,
)
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
    decided = _decided(job, batch, offline=offline)
    _save_entries(job, parking, decided)
    saved: Counter[str] = Counter({"offline": len(batch)} if offline else {})
    polls = []
    for answer, decision in decided:
        saved.update(_counted(answer, decision))
        host = host_of(decision.state.fetch_url)
        polls.append(feeds.Polled(decision.state, decision.fetch, host, shard_key(host)))
    feeds.save_polls(job.connection, polls, job.run_id, job.now)
    polled = {answer.state.feed_id for answer in batch}
    for subject in parking.due:
        if subject.name is not None and subject.feed_id in polled:
            parking.postpone(subject)  # it was not among what the feed brought
    return saved


def _decided(
    job: Job, batch: Sequence[Answer], *, offline: bool
) -> list[tuple[Answer, PollDecision]]:
    """Each answer with what it means."""
    limits = limits_of(job.settings)
    if offline:
        return [
            (answer, decide_offline(answer.state, answer.result, job.now, limits))
            for answer in batch
        ]
    sought = [item for answer in batch for item in _sought(answer)]
    known = entries.known_entries(job.connection, sought) if sought else {}
    return [
        (answer, _decide(job, answer, known.get(answer.state.feed_id, {}), limits))
        for answer in batch
    ]


def _sought(answer: Answer) -> Iterator[entries.EntryIdentity]:
    if isinstance(answer.parsed, ParsedFeed):
        for entry in answer.parsed.entries:
            words = content_hash(entry) if needs_words(entry) else None
            yield entries.EntryIdentity(answer.state.feed_id, entry.key, entry.url, words)


def _decide(
    job: Job, answer: Answer, known: Mapping[str, KnownEntry], limits: Limits
) -> PollDecision:
    changes = NO_CHANGES
    if isinstance(answer.parsed, ParsedFeed):
        changes = compare(answer.parsed.entries, known, answer.state.identity)
    return decide_poll(answer.state, answer.result, answer.parsed, job.now, limits, changes)


def _save_entries(
    job: Job, parking: Parking, decided: Sequence[tuple[Answer, PollDecision]]
) -> None:
    """The new and the corrected entries of a batch of feeds; an item that cannot be stored is
    parked."""
    new = [_row(entry, answer) for answer, decision in decided for entry in decision.changes.new]
    corrected = [
        _row(entry, answer) for answer, decision in decided for entry in decision.changes.corrected
    ]
    for write, found in ((entries.insert_entries, new), (entries.correct_entries, corrected)):
        for _ in parking.apply(found, partial(_write, job, write), _subject_of_item):
            pass


def _write(
    job: Job,
    write: Callable[[Connection, Sequence[entries.EntryRow], datetime], None],
    found: Sequence[entries.EntryRow],
) -> None:
    write(job.connection, found, job.now)


def subject_of(answer: Answer | Failed) -> Subject:
    return Subject(answer.state.url, feed_id=answer.state.feed_id)


def _subject_of_item(row: entries.EntryRow) -> Subject:
    key = hashlib.sha256(row.entry.key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return Subject(row.entry.link or row.entry.title, feed_id=row.feed_id, name=key)


def _row(entry: ParsedEntry, answer: Answer) -> entries.EntryRow:
    host = entry.host or answer.host
    return entries.EntryRow(entry, answer.state.feed_id, content_hash(entry), host, shard_key(host))


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
