"""What every stage and every tool is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newswatch.models import RunId
from newswatch.settings import Settings
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class Work:
    """Where something is written, and the `now` of every decision (aware UTC)."""

    connection: Connection
    settings: Settings
    now: datetime


@dataclass(frozen=True, slots=True)
class Job(Work):
    """One execution of a stage, as a part of its run.

    A stage is a function `(job, shard) -> counts` (`shard` only for poll and extract). It works on
    everything that waits, commits as it goes, and can be killed at any moment and run again.
    """

    run_id: RunId
    side_by_side: int = 1  # shards that run at the same time as this one, itself counted
