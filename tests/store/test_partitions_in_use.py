"""Partitions are made and dropped while others write and read the log."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

import rows
from newswatch.store import partitions
from newswatch.store.partitions import drop_old, make_ahead
from newswatch.store.server.database import Connection, connect, with_role
from store.logs import DAY, LOGS, NOW, maintain_at, poll, times, without_partitions


@pytest.fixture
def bare(connection: Connection) -> Connection:
    without_partitions(connection)
    return connection


def side_by_side(acts: Sequence[Callable[[], int]]) -> list[int]:
    """What each gives; all begin at the same time. Raises what one of them raised."""
    start = threading.Barrier(len(acts))

    def begin(act: Callable[[], int]) -> int:
        start.wait(30)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [begun.result(60) for begun in [pool.submit(begin, act) for act in acts]]


def test_two_at_once_make_and_drop_each_partition_once(bare: Connection, database: str) -> None:
    with connect(database) as other:
        for number in range(5):
            now = NOW + number * 100 * DAY
            both = (bare, other)
            made = [partial(make_ahead, session, "page_body", now) for session in both]
            assert sum(side_by_side(made)) == partitions.AHEAD
            dropped = [partial(drop_old, session, "page_body", now + 50 * DAY) for session in both]
            assert sum(side_by_side(dropped)) == partitions.AHEAD


def test_polls_and_readers_go_on_beside_it(bare: Connection, database: str) -> None:
    """Two shards that log polls in the transaction in which they change their feeds, and somebody
    who reads the log, while partitions come and go below them."""
    feeds = [rows.feed(bare) for _ in range(2)]
    over = threading.Event()

    def shard(feed_id: int) -> int:
        polls = 0
        with connect(database) as session:
            while not over.is_set():
                with session.transaction():
                    session.execute(
                        "update news.feed set failures = failures + 1 where feed_id = %s",
                        [feed_id],
                    )
                    poll(session, NOW + (polls % 400) * DAY)
                polls += 1
        return polls

    def reader() -> int:
        looks = 0
        with connect(with_role(database, "newswatch_analyst")) as session:
            while not over.is_set():
                session.execute("select * from ops.feed_failure").fetchall()
                looks += 1
        return looks

    def keeper() -> int:
        changed = 0
        try:
            for day in range(0, 400, 20):
                for table in LOGS:
                    changed += make_ahead(bare, table, NOW + day * DAY)
                    changed += drop_old(bare, table, NOW + (day - 40) * DAY)
        finally:
            over.set()
        return changed

    shards = [partial(shard, feed_id) for feed_id in feeds]
    assert min(side_by_side([*shards, reader, keeper])) > 0


@pytest.fixture
def looking(database: str) -> Iterator[Connection]:
    """An analyst in a transaction that has read the log."""
    with connect(with_role(database, "newswatch_analyst")) as analyst:
        analyst.execute("begin")
        analyst.execute("select * from ops.feed_failure")
        yield analyst


def test_who_reads_the_log_is_waited_for(
    bare: Connection,
    looking: Connection,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poll(bare, NOW)
    monkeypatch.setattr(partitions, "PATIENCE", 0.0)
    assert make_ahead(bare, "feed_fetch", NOW + 50 * DAY) == 0
    assert [record.message.partition(": others")[0] for record in caplog.records] == [
        "newswatch: partitions of feed_fetch are not made",
    ]
    poll(bare, NOW + 50 * DAY)
    monkeypatch.setattr(partitions, "PATIENCE", 30.0)
    monkeypatch.setattr(partitions, "PAUSE", 0.1)
    threading.Timer(2.5, looking.close).start()
    assert make_ahead(bare, "feed_fetch", NOW + 70 * DAY) == partitions.AHEAD


def test_what_could_not_be_dropped_is_not_deleted_row_by_row(
    connection: Connection,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    make_ahead(connection, "feed_fetch", NOW)
    poll(connection, NOW)
    monkeypatch.setattr(partitions, "PATIENCE", 0.0)
    with connect(with_role(database, "newswatch_analyst")) as analyst:
        analyst.execute("begin")
        analyst.execute("select * from ops.feed_failure")
        counts = maintain_at(connection, NOW + 100 * DAY)
        assert (counts["feed_fetches_partitions_dropped"], counts["feed_fetches_deleted"]) == (0, 0)
        assert "a partition of feed_fetch is not dropped" in caplog.text
        assert times(connection, "news.feed_fetch") == [NOW]
    assert maintain_at(connection, NOW + 100 * DAY)["feed_fetches_partitions_dropped"] > 0
    assert times(connection, "news.feed_fetch") == []
