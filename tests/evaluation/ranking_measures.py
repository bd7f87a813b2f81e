"""How well an order of stories puts first what mattered; intervals over days and topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from math import comb, log2
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newswatch.models import Salience

FIRST = 3  # places that every reader looks at
RESAMPLES = 1_000
_MIDDLE = (2.5, 97.5)
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SectionStory:
    """A story as far as it is ranked, and what no ranking sees: how many outlets more took it up
    within so many hours after the edition."""

    outlets: frozenset[str]
    new_outlets: int
    reports: int  # that the edition tells, no copies
    salience: Salience
    score: float
    last_seen_at: datetime
    later: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Section:
    """All stories that an edition has of one topic, but for mentions in passing."""

    topic: str
    sent: datetime
    stories: Sequence[SectionStory]


# Of each story of a section a key: the lower, the earlier. Equals follow one another by chance.
Keys = Sequence[Any]
Ranking = Callable[[Section], Keys]
Measure = Callable[[Section, Keys], float | None]  # None: the section says nothing


def biggest_is_first(section: Section, keys: Keys) -> float | None:
    """The chance that a story with most outlets is among the first three; None if all stories
    are."""
    if len(section.stories) <= FIRST:
        return None
    most = max(len(story.outlets) for story in section.stories)
    biggest = {at for at, story in enumerate(section.stories) if len(story.outlets) == most}
    room, missed = FIRST, 1.0
    for equals in _in_order(keys):
        shown = min(len(equals), room)
        others = len(set(equals) - biggest)
        missed *= comb(others, shown) / comb(len(equals), shown)
        room -= shown
    return 1.0 - missed


def gain(hours: int) -> Measure:
    """NDCG, the gain of a story being the logarithm of how many outlets came to tell it; of equals
    the mean of all their orders. None if no story grew."""

    def measure(section: Section, keys: Keys) -> float | None:
        gains = [log2(1 + story.later[hours]) for story in section.stories]
        if len(gains) < 2 or not any(gains):
            return None
        discounts = [1.0 / log2(2 + place) for place in range(len(gains))]
        found, place = 0.0, 0
        for equals in _in_order(keys):
            shares = discounts[place : place + len(equals)]
            found += fmean(gains[at] for at in equals) * sum(shares)
            place += len(equals)
        ideal = zip(sorted(gains, reverse=True), discounts, strict=True)
        return found / sum(best * discount for best, discount in ideal)

    return measure


def agreement(hours: int) -> Measure:
    """Of the pairs of stories of which one grew more, how many stand in that order; equals are
    half right. None if there is no such pair."""

    def measure(section: Section, keys: Keys) -> float | None:
        right = [
            0.5 if keys[one] == keys[other] else float((keys[one] < keys[other]) == (grew > grown))
            for (one, grew), (other, grown) in combinations(
                enumerate(story.later[hours] for story in section.stories), 2
            )
            if grew != grown
        ]
        return fmean(right) if right else None

    return measure


def _in_order(keys: Keys) -> Iterator[list[int]]:
    """The places of the stories, those of equal keys together."""
    equals: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        equals[key].append(at)
    for key in sorted(equals):
        yield equals[key]


class Resampled:
    """Sections drawn anew by their days and, apart from that, by their topics: those of one day
    tell the same news, those of one topic the same stories."""

    def __init__(self, sections: Sequence[Section]) -> None:
        draw = np.random.default_rng(0)
        self._weights = np.ones((RESAMPLES, len(sections)))
        for labels in (
            [section.sent.date() for section in sections],
            [section.topic for section in sections],
        ):
            names = sorted(set(labels))
            own = np.array([names.index(label) for label in labels])
            drawn = draw.multinomial(len(names), [1 / len(names)] * len(names), RESAMPLES)
            self._weights *= drawn[:, own]

    def mean(self, values: Sequence[float | None]) -> tuple[float, float, float]:
        """The mean of what is known, and its middle 95 %."""
        found = numbers(values)
        low, high = np.percentile(self._means(found[None, :])[0], _MIDDLE)
        return float(np.nanmean(found)), float(low), float(high)

    def lowest(self, values: Numbers) -> Numbers:
        """Of each row the lower end of that."""
        return np.percentile(self._means(values), _MIDDLE[0], axis=1)

    def _means(self, values: Numbers) -> Numbers:
        """Of each row, in each sample that has some of what is known: that is in all rows the same
        sections."""
        known = ~np.isnan(values[0])
        total = self._weights[:, known].sum(axis=1)
        sums = values[:, known] @ self._weights[:, known].T
        return sums[:, total > 0] / total[total > 0]


def numbers(values: Sequence[float | None]) -> Numbers:
    return np.array([np.nan if value is None else value for value in values])


def difference(ours: Sequence[float | None], theirs: Sequence[float | None]) -> list[float | None]:
    """Of each section by how much ours is better."""
    return [
        None if one is None or other is None else one - other
        for one, other in zip(ours, theirs, strict=True)
    ]
