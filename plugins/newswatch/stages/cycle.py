"""The one way to run a stage: find its run, claim its shard, do it, record what it did."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import assert_never

from newswatch.models import STAGES, JobName, RunId, StageName, StageReport
from newswatch.settings import Settings
from newswatch.stages.job import Job
from newswatch.store import runs
from newswatch.store.server.database import Connection, claimed, end_overdue_sessions

CLI_TRIGGER = "cli"
LONG_AFTER = timedelta(hours=1)  # the retries of a task are over long before
COLLECT_AFTER = 50_000  # objects made and not gone again; what a batch makes lives as long as it
log = logging.getLogger(__name__)
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cycle:
    """What one cycle did: per stage its counts and seconds."""

    run_id: RunId
    now: datetime
    counts: Mapping[str, Counts]
    seconds: Mapping[str, float]


def run_stage(
    connection: Connection,
    settings: Settings,
    trigger: str,
    stage: StageName,
    *,
    shard: int | None = None,
    now: datetime | None = None,
) -> StageReport:
    """Run one stage, or one shard of poll or extract, as part of the run of `trigger`.

    The first stage of a run decides its `now` (the clock, unless given); the others take that.
    Raises `ShardBusy` if another process is at the same shard, `InputError` for a broken watchlist.
    """
    job = begin(connection, settings, trigger, now)
    if shard is not None:
        job = replace(job, side_by_side=settings.shards)
    return _execute(job, stage, shard)


def run_job(
    connection: Connection,
    settings: Settings,
    trigger: str,
    name: JobName,
    function: Callable[[Job], Counts],
    *,
    now: datetime | None = None,
) -> Counts:
    """Run a job that is no stage of the cycle (digest, re-flag, maintenance), recorded alike."""
    return _recorded(begin(connection, settings, trigger, now), name, None, function).counts


def run_cycle(
    connection: Connection,
    settings: Settings,
    *,
    now: datetime | None = None,
    stages: Sequence[StageName] = STAGES,
    report: Callable[[StageReport], None] = lambda _: None,
) -> Cycle:
    """One cycle in this process, shard after shard; `report` hears of each execution."""
    job = begin(connection, settings, CLI_TRIGGER, now)
    seconds: dict[str, float] = {}
    for stage in stages:
        for shard in shards_of(stage, settings):
            done = _execute(job, stage, shard)
            seconds[stage] = seconds.get(stage, 0.0) + done.seconds
            report(done)
    return Cycle(job.run_id, job.now, runs.stage_counts(connection, job.run_id), seconds)


def shards_of(stage: StageName, settings: Settings) -> Iterator[int | None]:
    """The shards that the stage is run over; just None for a stage that runs as one."""
    match stage:
        case "poll" | "extract":
            yield from range(settings.shards)
        case "deduplicate" | "flag" | "load":
            yield None
        case _:
            assert_never(stage)


def begin(
    connection: Connection, settings: Settings, trigger: str, now: datetime | None = None
) -> Job:
    """What a stage of the run of `trigger` works with.

    A run that is taken up again long after it began, as by clearing an old one, decides by the
    present time, and says so; a retry keeps the time of its run, and so does a `now` that is given.
    """
    present = now or datetime.now(UTC)
    run = runs.ensure_run(connection, trigger, present)
    if now is None and present - run.decided_at > LONG_AFTER:
        log.warning(
            "newswatch: run %s began at %s: it decides by the present time from here on",
            trigger,
            run.decided_at.isoformat(),
        )
        runs.restart(connection, run.run_id, present)
        return Job(connection, settings, present, run.run_id)
    return Job(connection, settings, run.decided_at, run.run_id)


def _execute(job: Job, stage: StageName, shard: int | None) -> StageReport:
    # A stage is imported when it runs: a task is a process of one stage, and all five together
    # take a second of CPU more than the one (`make bench-pipeline`).
    match stage:
        case "poll":
            from newswatch.stages.poll.poll import poll, sync_watchlist

            with claimed(job.connection, "watchlist", 0):
                wrong = sync_watchlist(job)
            # Counts of the shards are added up: the file's are told once.
            told = {"feeds_wrong": wrong} if wrong and not shard else {}
            return _recorded(job, stage, shard, lambda job: {**poll(job, shard or 0), **told})
        case "extract":
            from newswatch.stages.extract.extract import extract

            return _recorded(job, stage, shard, lambda job: extract(job, shard or 0))
        case "deduplicate":
            from newswatch.stages.deduplicate.deduplicate import deduplicate, sync_seeds

            with claimed(job.connection, "seeds", 0):
                wrong = sync_seeds(job)
            told = {"seeds_wrong": wrong} if wrong else {}
            return _recorded(job, stage, shard, lambda job: {**deduplicate(job), **told})
        case "flag":
            from newswatch.stages.flag.flag import flag

            return _recorded(job, stage, shard, flag)
        case "load":
            from newswatch.stages.load import load

            return _recorded(job, stage, shard, load)
        case _:
            assert_never(stage)


def _recorded(
    job: Job, name: str, shard: int | None, function: Callable[[Job], Counts]
) -> StageReport:
    end_overdue_sessions(job.connection)
    stage_run_id = runs.begin_stage(job.connection, job.run_id, name, shard)
    with claimed(job.connection, name, shard or 0), _seldom_collected():
        counts = function(job)
    seconds = runs.end_stage(job.connection, stage_run_id, counts)
    return StageReport(name, shard, counts, seconds)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """At Python's own threshold, looking for cycles in what a batch holds is an eighth of
    deduplication (`make bench-dedupe`)."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def missing_executions(connection: Connection, settings: Settings, trigger: str) -> list[str]:
    """The stages and shards of a run that never came to an end, but for load."""
    done = runs.ended_stages(connection, trigger)
    return [
        stage if shard is None else f"{stage} {shard}"
        for stage in STAGES[:-1]
        for shard in shards_of(stage, settings)
        if runs.StageRun(stage, shard) not in done
    ]
