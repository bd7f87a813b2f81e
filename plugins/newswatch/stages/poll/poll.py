"""poll: fetch the feeds that are due, store what they bring, and decide when to ask again."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newswatch.addresses.urls import fetch_url, host_of, shard_key
from newswatch.feeds.decide import (
    PollDecision,
    asks_to_wait,
    decide_offline,
    decide_poll,
    is_unchanged,
    request_for,
    seen_items,
)
from newswatch.feeds.identity import NO_CHANGES, compare, content_hash, needs_words
from newswatch.feeds.schedule import Limits
from newswatch.feeds.watchlist import load_feeds
from newswatch.models import (
    FeedSpec,
    FeedState,
    FetchResult,
    ParsedEntry,
    ParsedFeed,
    ParseFailure,
)
from newswatch.settings import Settings
from newswatch.stages.job import Job
from newswatch.stages.poll import outage
from newswatch.stages.poll.parsing import parse
from newswatch.store import entries, feeds
from newswatch.web.fetch import Fetcher

FEEDS_PER_HOST = 50  # in one cycle; the rest is due at the next
HOST_FAILURES = 2  # so many connections that fail, and the host's other feeds wait for a cycle
BATCH = 50  # polls in one transaction
WAITING = 64  # answers that may wait to be saved

log = logging.getLogger(__name__)
_CONNECTION_FAILED = frozenset({"unreachable", "timeout"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one feed; `parsed` is None if there was nothing new to parse."""

    state: FeedState
    result: FetchResult
    parsed: ParsedFeed | ParseFailure | None

    @property
    def host(self) -> str:
        return host_of(self.state.fetch_url)


def poll(job: Job, shard: int) -> dict[str, int]:
    """Poll the shard's feeds that are due.

    Each feed's state, log and entries are saved in one transaction; a poll that was killed before
    it is as if it had not been.
    """
    due = feeds.due_feeds(job.connection, job.now, shard, job.settings.shards, FEEDS_PER_HOST)
    counts: Counter[str] = Counter(feeds_polled=0, entries_seen=0, entries_new=0, failed=0)
    if due:
        asyncio.run(_poll_all(job, shard, due, counts))
    return dict(counts)


def sync_watchlist(job: Job) -> int:
    """Bring the feeds of the database to `feeds.yaml`; those imported are left alone. How many of
    its rows are wrong: each is told of in the log, and until they are mended no feed is disabled,
    since a wrong row may be the one that lists it.

    Raises `InputError` if the file holds no list of feeds.
    """
    loaded = load_feeds(job.settings.watchlist / "feeds.yaml")
    for error in loaded.errors:
        log.error("newswatch: a feed is left out: %s", error)
    rows = feed_rows(loaded.specs)
    with job.connection.transaction():
        feeds.add_feeds(job.connection, rows, "watchlist", job.now)
        feeds.update_specs(job.connection, rows)
        if not loaded.errors:
            feeds.disable_unlisted(job.connection, [spec.url for spec in loaded.specs])
    return len(loaded.errors)


def feed_rows(specs: Iterable[FeedSpec]) -> list[feeds.FeedRow]:
    hosts = ((spec, host_of(spec.url)) for spec in specs)
    return [feeds.FeedRow(spec, host, shard_key(host)) for spec, host in hosts]


def limits_of(settings: Settings) -> Limits:
    return Limits(timedelta(seconds=settings.poll_floor), timedelta(seconds=settings.poll_cap))


async def answer_of(fetcher: Fetcher, state: FeedState, now: datetime) -> Answer:
    """Fetch one feed, and parse what is new."""
    result = await fetcher.fetch(request_for(state, now), kind="feed")
    if not result.ok or is_unchanged(state, result):
        return Answer(state, result, None)
    parsed = await parse(
        result.body,
        url=result.final_url,
        content_type=result.headers.get("content-type"),
        now=now,
        seen=seen_items(state, now),
        identity=state.identity,
    )
    return Answer(state, result, parsed)


async def _poll_all(job: Job, shard: int, due: Sequence[FeedState], counts: Counter[str]) -> None:
    by_host: dict[str, list[FeedState]] = {}
    for state in due:
        by_host.setdefault(host_of(state.fetch_url), []).append(state)
    answers: asyncio.Queue[Answer | None] = asyncio.Queue(WAITING)
    async with asyncio.TaskGroup() as group:
        group.create_task(_save_all(job, shard, answers, counts))
        await _fetch_all(job, list(by_host.values()), answers)
        await answers.put(None)


async def _fetch_all(
    job: Job, by_host: Sequence[Sequence[FeedState]], answers: asyncio.Queue[Answer | None]
) -> None:
    """Hosts side by side, the feeds of one host one after the other."""
    at_once = asyncio.Semaphore(job.settings.concurrency)

    async def poll_host(states: Sequence[FeedState]) -> None:
        failed = 0
        async with at_once:
            for state in states:
                answer = await answer_of(fetcher, state, job.now)
                await answers.put(answer)
                failed += answer.result.outcome in _CONNECTION_FAILED
                if asks_to_wait(answer.result) or failed >= HOST_FAILURES:
                    return  # the others stay due

    async with (
        Fetcher(job.settings) as fetcher,
        asyncio.TaskGroup() as hosts,
    ):
        for states in by_host:
            hosts.create_task(poll_host(states))


async def _save_all(
    job: Job, shard: int, answers: asyncio.Queue[Answer | None], counts: Counter[str]
) -> None:
    """Save answers as they come. Failed connections are held back until all are known: if most
    hosts failed, it was not they."""
    failures: list[Answer] = []
    polled: set[str] = set()
    open_ = True
    while open_:
        arrived = [await answers.get()]
        while len(arrived) < BATCH and not answers.empty():
            arrived.append(answers.get_nowait())
        open_ = None not in arrived
        batch = [answer for answer in arrived if answer is not None]
        polled.update(answer.host for answer in batch)
        failures += [answer for answer in batch if answer.result.outcome in _CONNECTION_FAILED]
        ready = [answer for answer in batch if answer.result.outcome not in _CONNECTION_FAILED]
        await asyncio.to_thread(_save, job, ready, counts, offline=False)
    failed = len({answer.host for answer in failures})
    offline = outage.is_offline(job, len(polled), failed)
    for start in range(0, len(failures), BATCH):
        await asyncio.to_thread(
            _save, job, failures[start : start + BATCH], counts, offline=offline
        )
    await asyncio.to_thread(outage.note, job, shard, len(polled), failed)


def _save(job: Job, batch: Sequence[Answer], counts: Counter[str], *, offline: bool) -> None:
    """One transaction: states, logs and entries of a batch."""
    if not batch:
        return
    limits = limits_of(job.settings)
    saved: Counter[str] = Counter()
    polls = []
    with job.connection.transaction():
        for answer in batch:
            if offline:
                decision = decide_offline(answer.state, answer.result, job.now, limits)
                saved["offline"] += 1
            else:
                decision = _decide(job, answer, limits)
                _save_entries(job, answer, decision)
            saved.update(_counted(answer, decision))
            host = host_of(decision.state.fetch_url)
            polls.append(feeds.Polled(decision.state, decision.fetch, host, shard_key(host)))
        feeds.save_polls(job.connection, polls, job.run_id, job.now)
    counts.update(saved)


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


def _save_entries(job: Job, answer: Answer, decision: PollDecision) -> None:
    feed_id = answer.state.feed_id
    new = [_row(entry, answer.host) for entry in decision.changes.new]
    corrected = [_row(entry, answer.host) for entry in decision.changes.corrected]
    entries.insert_entries(job.connection, feed_id, new, job.now)
    entries.correct_entries(job.connection, feed_id, corrected, job.now)


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
