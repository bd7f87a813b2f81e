"""What every stage is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newswatch.models import RunId
from newswatch.settings import Settings
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class Job:
    """One execution of a stage: where it writes, and the `now` of every decision (aware UTC).

    A stage is a function `(job, shard) -> counts` (`shard` only for poll and extract). It works on
    everything that waits, commits as it goes, and can be killed at any moment and run again.
    """

    connection: Connection
    settings: Settings
    now: datetime
    run_id: RunId
