"""How much a story matters to a reader: who tells it, how much of it is new, and how fresh."""

from __future__ import annotations

from collections.abc import Sized
from datetime import datetime
from math import log2
from typing import Protocol

from newswatch.digest.edition import ShownStory
from newswatch.models import Salience

# `make eval` measures these beside plain orders: docs/decisions.md has the figures.
SALIENCE: dict[Salience, float] = {"headline": 1.5, "lead": 1.0, "body": 0.5, "passing": 0.0}
_HOURS = 12.0  # since the last report, that cost one
_OLDEST = 2.0  # what age costs at most


def salience_in_brief(salience: Salience, *, has_text: bool) -> Salience:
    """Nothing is said in passing where there is a headline and a summary only: a summary is what
    its outlet says that the article is about."""
    return "body" if salience == "passing" and not has_text else salience


class Rankable(Protocol):
    """A story as far as it is ranked: in a brief, or on a page."""

    @property
    def outlets(self) -> Sized: ...
    @property
    def reports(self) -> int: ...
    @property
    def salience(self) -> Salience: ...
    @property
    def last_seen_at(self) -> datetime: ...


def importance(story: Rankable, newest: datetime) -> float:
    """A sum of signs; `newest` is the time of the edition's last report."""
    age = (newest - story.last_seen_at).total_seconds() / 3_600
    return (
        log2(max(1, len(story.outlets)))
        + log2(max(1, story.reports))
        + SALIENCE[story.salience]
        - min(_OLDEST, age / _HOURS)
    )


def order(story: ShownStory) -> tuple[float, float, float, str, str]:
    """A key by which the most important is first; of equals the surest, then the newest. No number
    of a row counts: those only tell what was stored first."""
    return (
        -story.importance,
        -story.score,
        -story.last_seen_at.timestamp(),
        story.title,
        story.url,
    )
