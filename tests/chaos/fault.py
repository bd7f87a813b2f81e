"""What a fault is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from chaos.trial import Trial

# The state that a trial begins in: everything before that stage of the second cycle is done.
Before = Literal["poll", "extract", "deduplicate", "flag", "load", "send_digest"]

# What a fault may cost. Nothing: the next cycle is of the same time, and all is as in the
# reference. Hours: it comes hours later, and all is as where the harmed one had not begun.
# Hours for some: the feeds or pages that it met wait for a later cycle, the others do not.
Cost = Literal["nothing", "hours", "hours for some"]


@dataclass(frozen=True)
class Fault:
    """One fault: `strike` starts work on the trial's database and harms it, and returns when the
    harm is over. Whatever it raises is a failure of the trial, and its sentence is shown."""

    kind: str  # a row of the table
    name: str
    before: Before
    strike: Callable[[Trial], None]
    cost: Cost = "nothing"
