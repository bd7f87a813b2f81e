"""poll: fetch the feeds that are due, store what they bring, and decide when to ask again."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from newswatch.addresses.urls import host_of, shard_key
from newswatch.feeds.decide import (
    asks_to_wait,
    is_unchanged,
    request_for,
    seen_items,
)
from newswatch.feeds.watchlist import load_feeds
from newswatch.models import (
    FeedSpec,
    FeedState,
    ParsedFeed,
)
from newswatch.stages.children import share_of_cores
from newswatch.stages.job import Job
from newswatch.stages.parking import Parking, park_wrong
from newswatch.stages.poll import outage
from newswatch.stages.poll.parsing import keep_at_most, parse
from newswatch.stages.poll.saving import Answer, Failed, save, subject_of
from newswatch.stages.poll.sitemaps import is_index, with_sitemaps, without_validators
from newswatch.store import feeds
from newswatch.text.invisible import shown
from newswatch.web.fetch import Fetcher

FEEDS_PER_HOST = 50  # in one cycle; the rest is due at the next
HOST_FAILURES = 2  # so many connections that fail, and the host's other feeds wait for a cycle
BATCH = 50  # polls in one transaction
WAITING = 64  # answers that may wait to be saved

log = logging.getLogger(__name__)
_CONNECTION_FAILED = frozenset({"unreachable", "timeout"})


def poll(job: Job, shard: int) -> dict[str, int]:
    """Poll the shard's feeds that are due.

    Each feed's state, log and entries are saved in one transaction; a poll that was killed before
    it is as if it had not been. A feed that cannot be dealt with is parked, and so is an item that
    cannot be stored; its feed is read in full when it is tried again.
    """
    parking = Parking(job, "poll")
    tries, shards = parking.tries, job.settings.shards
    due = feeds.due_feeds(job.connection, tries, shard, shards, FEEDS_PER_HOST)
    counts: Counter[str] = Counter(feeds_polled=0, entries_seen=0, entries_new=0, failed=0)
    if due:
        keep_at_most(share_of_cores(job.side_by_side))
        again = {subject.feed_id for subject in parking.due}
        in_full = [_in_full(state) if state.feed_id in again else state for state in due]
        try:
            asyncio.run(_poll_all(job, shard, in_full, parking, counts))
        except ExceptionGroup as group:
            raise _cause(group) from group
    return parking.counted(counts)


def _cause(error: Exception) -> Exception:
    """What ended the tasks of a group, of several the first."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def _in_full(state: FeedState) -> FeedState:
    """As if nothing of it had been read."""
    return replace(state, last_body_at=None, body_hash=None, item_hashes=b"")


def sync_watchlist(job: Job) -> int:
    """Bring the feeds of the database to `feeds.yaml`; those imported are left alone. How many of
    its rows are wrong: each is told of in the log and parked, and until they are mended no feed is
    disabled, since a wrong row may be the one that lists it.

    Raises `InputError` if the file holds no list of feeds.
    """
    loaded = load_feeds(job.settings.watchlist / "feeds.yaml")
    for error in loaded.errors:
        log.error("newswatch: a feed is left out: %s", shown(str(error)))
    rows = feed_rows(loaded.specs)
    with job.connection.transaction():
        feeds.add_feeds(job.connection, rows, "watchlist", job.now)
        feeds.update_specs(job.connection, rows)
        park_wrong(job, "poll", "feeds.yaml", loaded.errors)
        if not loaded.errors:
            feeds.disable_unlisted(job.connection, [spec.url for spec in loaded.specs])
    return len(loaded.errors)


def feed_rows(specs: Iterable[FeedSpec]) -> list[feeds.FeedRow]:
    hosts = ((spec, host_of(spec.url)) for spec in specs)
    return [feeds.FeedRow(spec, host, shard_key(host)) for spec, host in hosts]


async def answer_of(fetcher: Fetcher, state: FeedState, now: datetime) -> Answer:
    """Fetch one feed, and parse what is new."""
    result = await fetcher.fetch(request_for(state, now), kind="feed")
    if not result.ok or (is_unchanged(state, result) and not is_index(result.body)):
        return Answer(state, result, None)
    parsed = await parse(
        result.body,
        url=result.final_url,
        content_type=result.headers.get("content-type"),
        now=now,
        seen=seen_items(state, now),
        identity=state.identity,
    )
    if isinstance(parsed, ParsedFeed) and parsed.format == "sitemap-index":
        result = without_validators(result)
        parsed = await with_sitemaps(fetcher, state, parsed, now)
    return Answer(state, result, parsed)


async def _poll_all(
    job: Job, shard: int, due: Sequence[FeedState], parking: Parking, counts: Counter[str]
) -> None:
    by_host: dict[str, list[FeedState]] = {}
    for state in due:
        by_host.setdefault(host_of(state.fetch_url), []).append(state)
    answers: asyncio.Queue[Answer | Failed | None] = asyncio.Queue(WAITING)
    async with asyncio.TaskGroup() as group:
        group.create_task(_save_all(job, shard, answers, parking, counts))
        await _fetch_all(job, list(by_host.values()), answers)
        await answers.put(None)


async def _fetch_all(
    job: Job,
    by_host: Sequence[Sequence[FeedState]],
    answers: asyncio.Queue[Answer | Failed | None],
) -> None:
    """Hosts side by side, the feeds of one host one after the other."""
    at_once = asyncio.Semaphore(job.settings.concurrency)

    async def poll_host(states: Sequence[FeedState]) -> None:
        failed = 0
        async with at_once:
            for state in states:
                try:
                    answer = await answer_of(fetcher, state, job.now)
                except Exception as error:
                    await answers.put(Failed(state, error))
                    continue
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
    job: Job,
    shard: int,
    answers: asyncio.Queue[Answer | Failed | None],
    parking: Parking,
    counts: Counter[str],
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
        for failed_one in arrived:
            if isinstance(failed_one, Failed):
                subject = subject_of(failed_one)
                await asyncio.to_thread(parking.park_for, subject, failed_one.error)
        batch = [answer for answer in arrived if isinstance(answer, Answer)]
        polled.update(answer.host for answer in batch)
        failures += [answer for answer in batch if answer.result.outcome in _CONNECTION_FAILED]
        ready = [answer for answer in batch if answer.result.outcome not in _CONNECTION_FAILED]
        await asyncio.to_thread(save, job, ready, parking, counts, offline=False)
    failed = len({answer.host for answer in failures})
    offline = outage.is_offline(job, len(polled), failed)
    for start in range(0, len(failures), BATCH):
        part = failures[start : start + BATCH]
        await asyncio.to_thread(save, job, part, parking, counts, offline=offline)
    await asyncio.to_thread(outage.note, job, shard, len(polled), failed)
