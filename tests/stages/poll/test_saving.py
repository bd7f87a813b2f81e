"""Polls saved together: what one of them brings harms no other, however they are put together."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from newswatch.feeds.parse import parse_feed
from newswatch.models import FeedSpec, FetchResult
from newswatch.settings import Settings
from newswatch.stages.job import Job
from newswatch.stages.parking import Parking
from newswatch.stages.poll.poll import feed_rows
from newswatch.stages.poll.saving import Answer, save
from newswatch.store import feeds, runs
from newswatch.store.parked import Tries
from newswatch.store.server.database import Connection
from refusals import refusing
from stages.poll.test_poll import rss

NOW = datetime(2025, 12, 18, 6, 0, tzinfo=UTC)
FEEDS = 7


@pytest.fixture
def job(connection: Connection) -> Job:
    specs = [FeedSpec(f"http://127.0.0.{n}/rss", f"Outlet {n}") for n in range(1, FEEDS + 1)]
    feeds.add_feeds(connection, feed_rows(specs), "import", NOW)
    run = runs.ensure_run(connection, "cli", NOW)
    networks = (ipaddress.ip_network("127.0.0.0/8"),)
    return Job(connection, Settings(allow_networks=networks, shards=1), NOW, run.run_id)


def answers(job: Job) -> list[Answer]:
    """Each feed brings a story that all of them have, and one of its own."""
    found = []
    for state in feeds.due_feeds(job.connection, Tries(NOW, ""), 0, 1, 50):
        own = f"Own {state.url.split('.')[3][0]}"
        body = rss("Budget", own, base="http://www.site.test")
        parsed = parse_feed(body, url=state.url, content_type=None, now=NOW)
        result = FetchResult(state.url, state.url, "ok", 200, body=body)
        found.append(Answer(state, result, parsed))
    return found


def saved(job: Job, batches: Sequence[Sequence[Answer]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    parking = Parking(job, "poll")
    for batch in batches:
        save(job, batch, parking, counts, offline=False)
    return counts


def stored(job: Job) -> list[tuple[Any, ...]]:
    query = (
        "select feed.url, entry.title, entry.url, entry.host from news.entry"
        " join news.feed using (feed_id) order by 1, 2"
    )
    return job.connection.execute(query).fetchall()


@pytest.mark.parametrize("size", [1, 2, 3, FEEDS])
def test_the_size_of_a_batch_changes_nothing(job: Job, size: int) -> None:
    given = answers(job)
    counts = saved(job, [given[at : at + size] for at in range(0, FEEDS, size)])
    assert (counts["feeds_polled"], counts["entries_new"]) == (FEEDS, 2 * FEEDS)
    assert [row[:2] for row in stored(job)] == [
        (f"http://127.0.0.{n}/rss", title)
        for n in range(1, FEEDS + 1)
        for title in ("Budget", f"Own {n}")
    ]
    assert {row[3] for row in stored(job)} == {"www.site.test"}


def test_a_batch_that_is_saved_twice_is_saved_once(job: Job) -> None:
    given = answers(job)
    saved(job, [given])
    before = stored(job)
    assert saved(job, [given])["entries_new"] == 0
    assert stored(job) == before


def test_an_item_that_cannot_be_stored_costs_no_other_feed_anything(
    job: Job, admin: Connection
) -> None:
    with refusing(admin, "news.entry", "new.title = 'Own 4'"):
        saved(job, [answers(job)])
    assert len(stored(job)) == 2 * FEEDS - 1
    parked = job.connection.execute("select what, kind from news.parked").fetchall()
    assert parked == [("http://www.site.test/own-4", "refused")]


def test_a_feed_that_cannot_be_saved_costs_no_other(job: Job, admin: Connection) -> None:
    condition = "new.url = 'http://127.0.0.4/rss'"
    with refusing(admin, "news.feed", condition, event="update"):
        saved(job, [answers(job)])
    assert len(stored(job)) == 2 * (FEEDS - 1)
    polled = job.connection.execute("select count(*) from news.feed_fetch").fetchall()
    assert polled == [(FEEDS - 1,)]
    parked = job.connection.execute("select what, kind from news.parked").fetchall()
    assert parked == [("http://127.0.0.4/rss", "refused")]
