"""What is measured of the database, against rows that say what it must be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import rows
from newswatch.models.health import (
    Alert,
    BacklogHealth,
    FlagsHealth,
    JobHealth,
    RunFailure,
    StageHealth,
)
from newswatch.store import alerts
from newswatch.store.health import count_volumes, measure
from newswatch.store.server.database import Connection

NOW = datetime(2026, 1, 14, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def ran(
    connection: Connection,
    stage: str,
    at: datetime,
    seconds: float | None,
    *,
    shards: int = 1,
    flagged: int | None = None,
) -> None:
    run_id = rows.run(connection, now=at)
    for shard in range(shards):
        took = None if seconds is None else timedelta(seconds=seconds / (shard + 1))
        connection.execute(
            "insert into news.stage_run (run_id, stage, shard, started_at, ended_at)"
            " values (%s, %s, %s, %s, %s)",
            [run_id, stage, shard, at, None if took is None else at + took],
        )
    if flagged is not None:
        connection.execute(
            "update news.run set finished_at = %s, summary = %s where run_id = %s",
            [at, {"load": {"flagged": flagged}}, run_id],
        )


def test_an_empty_database_says_nothing(connection: Connection) -> None:
    found = measure(connection, NOW, shards=4)
    assert found.jobs == tuple(
        JobHealth(job, None, None) for job in ("load", "send_digest", "maintain")
    )
    assert (found.stages, found.feeds, found.failures, found.offline_since) == ((), (), (), None)
    assert found.flags == FlagsHealth(0, ())


def test_a_job_is_as_old_as_the_end_of_its_newest_execution(connection: Connection) -> None:
    for minutes, seconds in ((60, 30.0), (30, 30.0), (15, None)):
        ran(connection, "load", NOW - minutes * MINUTE, seconds)
    assert measure(connection, NOW, shards=4).jobs[0] == JobHealth(
        "load", NOW - 60 * MINUTE, NOW - 30 * MINUTE + timedelta(seconds=30)
    )


def test_after_a_clock_was_set_back_the_newest_execution_is_the_one_stored_last(
    connection: Connection,
) -> None:
    ran(connection, "load", NOW + 2 * HOUR, 30)
    assert measure(connection, NOW, shards=4).last_end == NOW + 2 * HOUR + timedelta(seconds=30)
    ran(connection, "load", NOW - MINUTE, 30)
    found = measure(connection, NOW, shards=4)
    end = NOW - MINUTE + timedelta(seconds=30)
    assert (found.last_end, found.jobs[0].finished_at) == (end, end)


def test_a_stage_is_as_slow_as_its_slowest_shard(connection: Connection) -> None:
    for hour in range(3, 13):
        ran(connection, "poll", NOW - hour * HOUR, 60, shards=3)
    for hour, seconds in ((2, 500.0), (1, 400.0), (0, 900.0)):
        ran(connection, "poll", NOW - hour * HOUR, seconds)
    ran(connection, "poll", NOW - 8 * DAY, 5_000)
    ran(connection, "reflag", NOW - HOUR, 5_000)
    assert measure(connection, NOW, shards=4).stages == (StageHealth("poll", 400, 60, 10),)


def test_entries_that_are_not_due_do_not_wait(connection: Connection) -> None:
    feed_id = rows.feed(connection)
    rows.entry(connection, feed_id, at=NOW - 3 * HOUR)
    rows.entry(connection, feed_id, at=NOW - 9 * HOUR, next_attempt_at=NOW + HOUR)
    rows.article(connection, at=NOW - 2 * HOUR)
    waiting = {stage.stage: stage for stage in measure(connection, NOW, shards=4).backlog}
    assert waiting["extract"] == BacklogHealth("extract", 1, NOW - 3 * HOUR)
    assert waiting["deduplicate"] == BacklogHealth("deduplicate", 1, NOW - 2 * HOUR)
    assert "parked" not in waiting


def test_flags_are_those_of_the_same_day_in_the_weeks_before(connection: Connection) -> None:
    for days_ago, flagged in ((0, 3), (0.5, 2), (1.5, 99), (7, 10), (14.5, 20), (21, 0), (40, 99)):
        ran(connection, "load", NOW - days_ago * DAY, 1, flagged=flagged)
    assert measure(connection, NOW, shards=4).flags == FlagsHealth(5, (10, 20, 0))


def test_an_outage_of_a_shard_that_is_none_any_more_says_nothing(connection: Connection) -> None:
    for shard in (1, 3):
        connection.execute(
            "insert into news.outage (shard, began_at, hosts_polled, hosts_failed)"
            " values (%s, %s, 9, 9)",
            [shard, NOW - shard * HOUR],
        )
    assert measure(connection, NOW, shards=2).offline_since == NOW - HOUR
    assert measure(connection, NOW, shards=4).offline_since == NOW - 3 * HOUR


def test_entries_are_counted_by_day_from_the_first_whole_day_of_the_feed(
    connection: Connection,
) -> None:
    midnight = NOW.replace(hour=0)
    old = rows.feed(connection, at=NOW - 90 * DAY)
    young = rows.feed(connection, at=midnight - 3 * DAY - HOUR)
    rows.feed(connection, at=midnight - HOUR)
    for feed_id, days in ((old, (-0.1, 0.5, 1.2, 1.9, 27.9, 28.5)), (young, (0.1, 2.9, 3.02))):
        for back in days:
            rows.entry(connection, feed_id, at=midnight - back * DAY)
    assert count_volumes(connection, NOW) == 28 + 3
    assert count_volumes(connection, NOW + HOUR) == 0
    assert daily(connection) == [(), (1, 0, 1), (1, *(0,) * 25, 2, 1)]
    rows.entry(connection, young, at=NOW)
    assert count_volumes(connection, NOW + DAY) == 3
    assert daily(connection) == [(0,), (1, 0, 1, 1), (*(0,) * 25, 2, 1, 1)]


def daily(connection: Connection) -> list[tuple[int, ...]]:
    feeds = measure(connection, NOW, shards=4).feeds
    return sorted((feed.daily for feed in feeds), key=len)


def test_a_failure_lasts_until_the_dag_runs_well(connection: Connection) -> None:
    alerts.note_failure(connection, "watch_news", "failed", "first", NOW)
    alerts.note_failure(connection, "watch_news", "failed", "second", NOW + HOUR)
    alerts.note_failure(connection, "maintain", "late", "slow", NOW)
    assert measure(connection, NOW, shards=4).failures == (
        RunFailure("maintain", "late", "slow", NOW),
        RunFailure("watch_news", "failed", "second", NOW),
    )
    alerts.note_success(connection, "watch_news", NOW + HOUR)
    assert [known.dag for known in measure(connection, NOW, shards=4).failures] == ["maintain"]
    alerts.note_failure(connection, "watch_news", "failed", "third", NOW + 2 * HOUR)
    assert measure(connection, NOW, shards=4).failures[1].what == "third"


@pytest.mark.parametrize("ended_at", [None, NOW + HOUR])
def test_an_alert_is_known_as_it_was_saved(
    connection: Connection, ended_at: datetime | None
) -> None:
    alert = Alert(
        *("feed-silent", "https://a.example", "warning", "Paper: nothing", NOW, NOW),
        told=frozenset({"mail", "webhook 1 (a)"}),
        told_severity="warning",
        ended_at=ended_at,
        told_over=frozenset({"mail"} if ended_at else ()),
    )
    alerts.save(connection, [alert])
    alerts.save(connection, [alert])
    assert alerts.known(connection, NOW) == (alert,)
    assert alerts.known(connection, NOW + DAY) == ((alert,) if ended_at is None else ())
