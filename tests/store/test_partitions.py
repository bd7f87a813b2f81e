"""Logs in partitions: what is kept, what is missing, who stands in the way, who may do it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rows
from newswatch.models import FetchResult
from newswatch.store import articles, partitions
from newswatch.store.partitions import WIDTHS, Log, beginning, make_ahead, parts
from newswatch.store.server.database import Connection, connect, scalar, with_role
from store.logs import DAY, LOGS, NOW, maintain_at, poll, times, without_partitions

KEPT: dict[Log, timedelta] = {"feed_fetch": 40 * DAY, "page_body": 5 * DAY}
HOUR = timedelta(hours=1)


@pytest.fixture
def bare(connection: Connection) -> Connection:
    without_partitions(connection)
    return connection


# --- what is kept ---------------------------------------------------------------------------------

HOURS = st.integers(-24 * 150, 24 * 150)
EVENTS = st.lists(
    st.tuples(st.sampled_from(("poll", "poll", "poll", "maintain")), HOURS), max_size=12
)


@given(EVENTS, HOURS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_is_what_deletion_by_rows_keeps(
    bare: Connection, events: list[tuple[str, int]], last: int
) -> None:
    """By a clock that jumps as it will: all that was fetched since the partition began in which the
    time is over."""
    model: dict[Log, list[datetime]] = {table: [] for table in LOGS}
    without_partitions(bare)
    for event, hours in (*events, ("maintain", last)):
        at = NOW + hours * HOUR
        if event == "poll":
            poll(bare, at)
            model = {table: [*held, at] for table, held in model.items()}
        else:
            maintain_at(bare, at)
            for table, held in model.items():
                before = beginning(table, at - KEPT[table])
                model[table] = [known for known in held if not known < before]
    assert {table: times(bare, f"news.{table}") for table in LOGS} == {
        table: sorted(held) for table, held in model.items()
    }


def test_nothing_goes_before_its_time_and_all_goes_a_partition_later(bare: Connection) -> None:
    for hours in range(0, 24 * 60, 6):
        poll(bare, NOW - hours * HOUR)
    maintain_at(bare, NOW)
    for table in LOGS:
        left = times(bare, f"news.{table}")
        assert {NOW - hours * HOUR for hours in range(0, KEPT[table] // HOUR, 6)} <= set(left)
        assert min(left) > NOW - KEPT[table] - WIDTHS[table]


def test_partitions_begin_on_mondays_and_at_midnight() -> None:
    moment = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
    assert beginning("feed_fetch", moment) == datetime(2026, 11, 23, tzinfo=UTC)
    assert beginning("page_body", moment) == datetime(2026, 11, 27, tzinfo=UTC)
    assert beginning("page_body", datetime(1999, 12, 31, 1, tzinfo=UTC)).day == 31


def test_old_partitions_go_whole_and_the_next_are_there(bare: Connection) -> None:
    for days in range(400):
        if days % 7 == 0:
            for table in LOGS:
                make_ahead(bare, table, NOW + days * DAY)
        poll(bare, NOW + days * DAY)
    now = NOW + 400 * DAY
    counts = maintain_at(bare, now)
    assert counts["feed_fetches_deleted"] == counts["page_bodies_deleted"] == 0
    weeks = beginning("feed_fetch", now - 40 * DAY) - beginning("feed_fetch", NOW)
    assert counts["feed_fetches_partitions_dropped"] == weeks // WIDTHS["feed_fetch"] == 51
    for table in LOGS:
        known = [part for part in parts(bare, table) if part.until]
        assert known[0].since == beginning(table, now - KEPT[table])
        assert known[-1].until == beginning(table, now) + partitions.AHEAD * WIDTHS[table]
        assert times(bare, f"news.{table}_rest") == []
    assert set(maintain_at(bare, now).values()) == {0}


# --- what has no partition ------------------------------------------------------------------------


@pytest.mark.parametrize("year", [1970, 2025, 2026, 2300])
def test_no_row_lacks_a_partition(bare: Connection, year: int) -> None:
    at = datetime(year, 2, 3, 4, tzinfo=UTC)
    poll(bare, at)
    maintain_at(bare, at)
    assert times(bare, "news.feed_fetch") == times(bare, "news.feed_fetch_rest") == [at]
    counts = maintain_at(bare, at + 90 * DAY)
    assert (counts["feed_fetches_deleted"], counts["page_bodies_deleted"]) == (1, 1)
    assert times(bare, "news.feed_fetch") == times(bare, "news.page_body") == []


def test_a_clock_that_was_ahead_stops_nothing(bare: Connection) -> None:
    """What was polled then lies with the rest, and partitions are made around it."""
    ahead = NOW + 20 * DAY
    poll(bare, ahead)
    maintain_at(bare, NOW)
    poll(bare, NOW)
    weeks = [part.since for part in parts(bare, "feed_fetch") if part.since]
    assert len(weeks) == partitions.AHEAD - 1
    assert beginning("feed_fetch", ahead) not in weeks
    assert times(bare, "news.feed_fetch_rest") == [ahead]
    maintain_at(bare, ahead)
    poll(bare, ahead + HOUR)
    assert times(bare, "news.feed_fetch") == [NOW, ahead, ahead + HOUR]
    maintain_at(bare, ahead + 100 * DAY)
    assert times(bare, "news.feed_fetch") == []


def test_a_body_is_stored_beside_its_fetch(connection: Connection) -> None:
    entry_id = rows.entry(connection, rows.feed(connection))
    for body in (b"<p>\x00 A page.</p>", b""):
        result = FetchResult("https://a.example", "https://a.example", "ok", 200, body=body)
        articles.insert_page(connection, entry_id, rows.run(connection), result, None, "", NOW)
    stored = connection.execute(
        "select bytes, body from news.page left join news.page_body using (page_id, fetched_at)"
        " order by page_id"
    )
    assert stored.fetchall() == [(16, b"<p>\x00 A page.</p>"), (0, None)]


# --- who may, and what is read --------------------------------------------------------------------


def test_the_program_drops_by_the_function_alone(bare: Connection, database: str) -> None:
    make_ahead(bare, "feed_fetch", NOW)
    part = parts(bare, "feed_fetch")[0].part
    for statement in (f"drop table {part}", f"truncate {part}", f"alter table {part} rename to x"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            bare.execute(statement.encode())
    with connect(with_role(database, "newswatch_analyst")) as analyst:
        for call in (
            "news.drop_part('news.feed_fetch', now())",
            "news.make_parts('news.feed_fetch', '7 days', now(), 1)",
            f"count(*) from {part}",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                analyst.execute(f"select {call}".encode())


@pytest.mark.parametrize("table", ["news.article", "pg_catalog.pg_class"])
def test_no_other_table_is_dropped_or_partitioned(bare: Connection, table: str) -> None:
    oid = scalar(bare, "select %s::regclass::oid", [table])
    assert scalar(bare, "select news.drop_part(%s, now())", [oid]) is False
    with pytest.raises(psycopg.Error):
        bare.execute("select news.make_parts(%s, '7 days', now(), 1)", [oid])


def read_tables(connection: Connection, query: str) -> set[str]:
    (plan,) = connection.execute(f"explain (format json) {query}".encode()).fetchone() or ()

    def below(node: dict[str, Any]) -> Iterator[str]:
        if "Relation Name" in node:
            yield node["Relation Name"]
        for child in node.get("Plans", ()):
            yield from below(child)

    return set(below((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]))


def test_a_question_with_a_time_reads_the_partitions_of_that_time(bare: Connection) -> None:
    for table in LOGS:
        make_ahead(bare, table, datetime(2026, 1, 12, tzinfo=UTC))
    since = "fetched_at >= '2026-01-14 00:00Z' and fetched_at < '2026-01-15 00:00Z'"
    assert read_tables(bare, f"select * from news.feed_fetch where {since} and feed_id = 1") == {
        "feed_fetch_20260112"
    }
    assert read_tables(bare, f"select body from news.page_body where {since}") == {
        "page_body_20260114"
    }
    assert len(read_tables(bare, "select * from news.feed_fetch")) == partitions.AHEAD + 1
