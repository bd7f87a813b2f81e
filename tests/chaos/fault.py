"""What a fault is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from chaos.trial import Trial

# The state that a trial begins in: everything before that stage of the second cycle is done.
Before = Literal["poll", "extract", "deduplicate", "flag", "load", "send_digest"]


@dataclass(frozen=True)
class Fault:
    """One fault: `strike` starts work on the trial's database and harms it, and returns when the
    harm is over. Whatever it raises is a failure of the trial, and its sentence is shown.

    `later` is for harm that a poller cannot tell from an outage of the network: the cycle after it
    runs hours later, and times are not compared.
    """

    kind: str  # a row of the table
    name: str
    before: Before
    strike: Callable[[Trial], None]
    later: bool = False
