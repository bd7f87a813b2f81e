"""Which new stories a reader is told of at once, and at which hours they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from newswatch.digest.edition import ShownStory
from newswatch.digest.ranking import SALIENCE

# An alert tells what began within so long; older news is for the brief.
NEW_WITHIN = timedelta(hours=24)
AlertSalience = Literal["headline", "lead", "body"]
OF_ALERTS: Sequence[AlertSalience] = ("headline", "lead", "body")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local times, from the first up to the second; over midnight, where that is the earlier."""

    start: time
    end: time

    def have(self, moment: datetime, zone: ZoneInfo) -> bool:
        clock = moment.astimezone(zone).time()
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


@dataclass(frozen=True, slots=True)
class Marks:
    """What a story has to reach, all of it, before its reader is told at once."""

    outlets: int = 1
    score: float = 0.0
    salience: AlertSalience = "body"
    quiet: QuietHours | None = None

    def are_reached(self, story: ShownStory) -> bool:
        """A story that names a topic in passing reaches none, and one that was told is not new."""
        return (
            story.state == "new"
            and len(story.outlets) >= self.outlets
            and story.score >= self.score
            and SALIENCE[story.salience] >= SALIENCE[self.salience]
        )

    def are_quiet(self, moment: datetime, zone: ZoneInfo) -> bool:
        return self.quiet is not None and self.quiet.have(moment, zone)
