"""Records of runs: what the stages and jobs did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

StageName = Literal["poll", "extract", "deduplicate", "flag", "load"]
JobName = Literal["send_digest", "send_alerts", "maintain", "reflag", "export"]
ParkedKind = Literal[
    "raised",  # our code raised an exception
    "refused",  # the database refused it
    "time",  # its CPU time was used up
    "memory",
    "killed",  # its worker ended in the middle of it, again and again
    "wrong",  # a row of the watchlist that a person has to mend
]
STAGES: tuple[StageName, ...] = ("poll", "extract", "deduplicate", "flag", "load")


@dataclass(frozen=True, slots=True)
class StageReport:
    """What one execution of a stage did. `counts` is JSON-ready: name to number."""

    stage: str
    shard: int | None
    counts: Mapping[str, int]
    seconds: float
