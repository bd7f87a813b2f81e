"""The one way to run a stage: its run, its `now`, its record, and what a red run must not hide."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import rows
from newswatch.errors import InputError
from newswatch.settings import HOME, Settings, read_settings
from newswatch.stages.cycle import begin, missing_executions, run_cycle, run_job, run_stage
from newswatch.stages.job import Job
from newswatch.stages.maintain import maintain
from newswatch.store import parked
from newswatch.store.parked import Fault, Subject, Tries
from newswatch.store.server.database import Connection

NOW = datetime(2026, 1, 14, 9, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for folder in ("topics", "names"):
        (tmp_path / folder).symlink_to(HOME / "dags" / "watchlist" / folder)
    (tmp_path / "feeds.yaml").write_text("feeds: []\n")
    return read_settings({}, watchlist_dir=tmp_path, shards=2)


def test_the_first_stage_of_a_run_decides_its_now(
    connection: Connection, settings: Settings
) -> None:
    first = begin(connection, settings, "watch_news/1", NOW)
    second = begin(connection, settings, "watch_news/1", NOW + timedelta(hours=1))
    assert (second.run_id, second.now) == (first.run_id, NOW)
    assert begin(connection, settings, "watch_news/2", NOW).run_id != first.run_id


def test_a_run_that_is_cleared_long_after_takes_the_present_time(
    connection: Connection, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    now = datetime.now(UTC)
    for trigger, age in (("watch_news/old", 61), ("watch_news/retried", 59)):
        begin(connection, settings, trigger, now - timedelta(minutes=age))
    retried = begin(connection, settings, "watch_news/retried")
    assert retried.now == now - timedelta(minutes=59)
    assert caplog.text == ""
    cleared = begin(connection, settings, "watch_news/old")
    assert cleared.now >= now
    assert "run watch_news/old began at" in caplog.text
    assert begin(connection, settings, "watch_news/old").now == cleared.now
    query = "select trigger from ops.run where restarted_at is not null"
    assert connection.execute(query).fetchall() == [("watch_news/old",)]


def test_each_run_from_the_shell_is_one_of_its_own(
    connection: Connection, settings: Settings
) -> None:
    ids = {begin(connection, settings, "cli", NOW).run_id for _ in range(3)}
    assert len(ids) == 3


def test_an_empty_cycle_runs_every_stage_and_says_so(
    connection: Connection, settings: Settings
) -> None:
    cycle = run_cycle(connection, settings, now=NOW)
    assert list(cycle.counts) == ["poll", "extract", "deduplicate", "flag", "load"]
    (summary,) = connection.execute("select summary from ops.run").fetchall()[0]
    assert summary["load"] == {
        "articles": 0,
        "copies": 0,
        "flagged": 0,
        "flags": 0,
        "originals": 0,
    }


def test_a_run_names_the_shards_that_never_ended(
    connection: Connection, settings: Settings
) -> None:
    """load publishes what there is, then fails the run by this: a red shard is not hidden."""
    trigger = "watch_news/1"
    run_stage(connection, settings, trigger, "poll", shard=0, now=NOW)
    run_stage(connection, settings, trigger, "extract", shard=1)
    run_stage(connection, settings, trigger, "flag")
    assert missing_executions(connection, settings, trigger) == [
        "poll 1",
        "extract 0",
        "deduplicate",
    ]


def test_a_stage_that_raises_is_on_record_as_not_ended(
    connection: Connection, settings: Settings
) -> None:
    def broken(job: Job) -> dict[str, int]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_job(connection, settings, "cli", "maintain", broken, now=NOW)
    query = "select stage, ended_at, counts from ops.stage_run"
    assert connection.execute(query).fetchall() == [("maintain", None, None)]


def test_a_broken_watchlist_is_an_input_error_and_changes_nothing(
    connection: Connection, settings: Settings
) -> None:
    (settings.watchlist_dir / "feeds.yaml").write_text("fedes:\n  - url: x\n")
    with pytest.raises(InputError, match=r"feeds\.yaml:1:1: unknown key 'fedes'"):
        run_stage(connection, settings, "watch_news/1", "poll", shard=0, now=NOW)
    assert connection.execute("select count(*) from news.feed").fetchone() == (0,)


def test_maintain_forgets_what_is_old(connection: Connection, settings: Settings) -> None:
    feed_id = rows.feed(connection, at=NOW)
    entry_id = rows.entry(connection, feed_id, at=NOW - timedelta(days=20))
    rows.page(connection, entry_id, at=NOW - timedelta(days=20))
    for days, subject in (
        (100, Subject("an item that its feed dropped", feed_id=feed_id, name="a")),
        (100, Subject("an entry that waits", entry_id=entry_id)),
        (2, Subject("an item", feed_id=feed_id, name="b")),
    ):
        tries = Tries(NOW - timedelta(days=days), "")
        parked.park(connection, "poll", subject, Fault("raised", "ValueError"), tries)
    counts = maintain(rows.job(connection, settings, NOW))
    assert (counts["page_bodies_deleted"], counts["parked_forgotten"]) == (1, 1)
    left = connection.execute("select what from ops.parked order by what").fetchall()
    assert left == [("an entry that waits",), ("an item",)]
    again = maintain(rows.job(connection, settings, NOW))
    assert set(again.values()) == {0}
