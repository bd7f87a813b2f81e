"""`news.run` and `news.stage_run`: what was executed, when, and what it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newswatch.models import RunId
from newswatch.store import rows
from newswatch.store.server.database import Connection, scalar


@dataclass(frozen=True, slots=True)
class Run:
    run_id: RunId
    decided_at: datetime  # the `now` of every decision of the run


def ensure_run(connection: Connection, trigger: str, now: datetime) -> Run:
    """The run of this trigger. Whoever asks first makes it, and decides its `now`.

    The trigger `cli` always makes a new one.
    """
    run = rows.first(
        connection,
        Run,
        """
        with made as (
            insert into news.run (started_at, decided_at, trigger)
            values (clock_timestamp(), %(now)s, %(trigger)s)
            on conflict (trigger) where trigger <> 'cli' do nothing
            returning run_id, decided_at
        )
        select run_id, decided_at from made
        union all
        select run_id, decided_at from news.run
        where trigger = %(trigger)s and not exists (select from made) and trigger <> 'cli'
        """,
        {"now": now, "trigger": trigger},
    )
    if run is None:  # another session's insert was not yet visible to this statement
        return ensure_run(connection, trigger, now)
    return run


def restart(connection: Connection, run_id: RunId, now: datetime) -> None:
    """Let the run decide by another time from here on, and note that it was restarted then."""
    connection.execute(
        "update news.run set decided_at = %(now)s, restarted_at = %(now)s where run_id = %(run)s",
        {"now": now, "run": run_id},
    )


def begin_stage(connection: Connection, run_id: RunId, stage: str, shard: int | None) -> int:
    """A new row of `news.stage_run`; its id."""
    return int(
        scalar(
            connection,
            "insert into news.stage_run (run_id, stage, shard, started_at)"
            " values (%s, %s, %s, clock_timestamp()) returning stage_run_id",
            [run_id, stage, shard],
        )
    )


def end_stage(connection: Connection, stage_run_id: int, counts: Mapping[str, int]) -> float:
    """Write what the execution did, and that it ended; its duration in seconds."""
    return float(
        scalar(
            connection,
            "update news.stage_run set ended_at = clock_timestamp(), counts = %s"
            " where stage_run_id = %s"
            " returning extract(epoch from ended_at - started_at)",
            [dict(counts), stage_run_id],
        )
    )


@dataclass(frozen=True, slots=True)
class _StageCounts:
    stage: str
    counts: dict[str, int]


def stage_counts(connection: Connection, run_id: RunId) -> dict[str, dict[str, int]]:
    """Per stage of the run the sum of its executions' counts (shards and retries together)."""
    executions = rows.read(
        connection,
        _StageCounts,
        "select stage, counts from news.stage_run"
        " where run_id = %s and counts is not null order by stage_run_id",
        [run_id],
    )
    totals: dict[str, Counter[str]] = {}
    for execution in executions:
        totals.setdefault(execution.stage, Counter()).update(execution.counts)
    return {stage: dict(sorted(counter.items())) for stage, counter in totals.items()}


def finish_run(connection: Connection, run_id: RunId, summary: Mapping[str, Any]) -> None:
    """Write the summary; a second time replaces the first."""
    connection.execute(
        "update news.run set finished_at = clock_timestamp(), summary = %s where run_id = %s",
        [dict(summary), run_id],
    )


@dataclass(frozen=True, slots=True)
class StageRun:
    """A stage of the cycle, or one shard of it."""

    stage: str
    shard: int | None


def ended_stages(connection: Connection, trigger: str) -> set[StageRun]:
    """The stages and shards of a run that came to an end at least once."""
    return set(
        rows.read(
            connection,
            StageRun,
            "select stage, shard from news.stage_run join news.run using (run_id)"
            " where trigger = %s and ended_at is not null",
            [trigger],
        )
    )
