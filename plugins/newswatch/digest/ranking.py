"""How much a story matters to a reader: who tells it, how freshly, and how much of the topic."""

from __future__ import annotations

from collections.abc import Sized
from datetime import datetime
from math import log2
from typing import Protocol

from newswatch.digest.edition import ShownStory
from newswatch.models import Salience

SALIENCE: dict[Salience, float] = {"headline": 1.5, "lead": 1.0, "body": 0.5, "passing": 0.0}
_OUTLETS = 2.0  # for each doubling
_INDEPENDENT = 0.5  # for each doubling of the reports that were written from no other
_NEW_OUTLETS = 0.5  # for each doubling of those that took up a developing story
_HOURS = 12.0  # since the last report, that cost one
_OLDEST = 2.0  # what age costs at most


class Rankable(Protocol):
    """A story as far as it is ranked: in a brief, or on a page."""

    @property
    def outlets(self) -> Sized: ...
    @property
    def new_outlets(self) -> int: ...
    @property
    def independent(self) -> int: ...
    @property
    def salience(self) -> Salience: ...
    @property
    def score(self) -> float: ...
    @property
    def last_seen_at(self) -> datetime: ...


def importance(story: Rankable, newest: datetime) -> float:
    """A sum of signs; `newest` is the time of the edition's last report."""
    age = (newest - story.last_seen_at).total_seconds() / 3_600
    return (
        _OUTLETS * log2(max(1, len(story.outlets)))
        + _INDEPENDENT * log2(max(1, story.independent))
        + _NEW_OUTLETS * log2(1 + story.new_outlets)
        + SALIENCE[story.salience]
        + story.score
        - min(_OLDEST, age / _HOURS)
    )


def order(story: ShownStory) -> tuple[float, float, str, str]:
    """A key by which the most important is first; of equals the newest. No number of a row counts:
    those only tell what was stored first."""
    return -story.importance, -story.last_seen_at.timestamp(), story.title, story.url
