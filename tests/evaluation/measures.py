"""Precision, recall and F1 with bootstrap intervals, over weeks, and whether probabilities hold."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, pstdev

RESAMPLES = 1_000
BINS = (0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0001)
FEWEST = 3  # positives of a week, below which its F1 says nothing


@dataclass(frozen=True, slots=True)
class Verdict:
    """What annotators and we say of one article and one topic."""

    wanted: bool
    said: bool
    week: str


@dataclass(frozen=True, slots=True)
class Quality:
    """Counts, and what follows from them."""

    right: int
    wrong: int
    missed: int

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> Quality:
        counts = Counter((verdict.wanted, verdict.said) for verdict in verdicts)
        return cls(counts[True, True], counts[False, True], counts[True, False])

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def interval(verdicts: Sequence[Verdict]) -> tuple[float, float]:
    """The middle 95 % of F1 over resampled weeks: articles of one week are not independent."""
    weeks: defaultdict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        weeks[verdict.week].append(verdict)
    qualities = [Quality.of(members) for _, members in sorted(weeks.items())]
    draw = random.Random(0)
    found = sorted(_sum(draw.choices(qualities, k=len(qualities))).f1 for _ in range(RESAMPLES))
    return found[int(0.025 * RESAMPLES)], found[int(0.975 * RESAMPLES) - 1]


def more_by_week(verdicts: Sequence[Verdict], others: Sequence[Verdict]) -> tuple[float, float]:
    """The middle 95 % of how much higher their F1 is than that of others on the same articles, over
    resampled weeks."""
    weeks = sorted({verdict.week for verdict in verdicts})
    ours, theirs = (
        [Quality.of(verdict for verdict in each if verdict.week == week) for week in weeks]
        for each in (verdicts, others)
    )
    draw = random.Random(0)
    found = []
    for _ in range(RESAMPLES):
        drawn = draw.choices(range(len(weeks)), k=len(weeks))
        found.append(_sum([ours[at] for at in drawn]).f1 - _sum([theirs[at] for at in drawn]).f1)
    found.sort()
    return found[int(0.025 * RESAMPLES)], found[int(0.975 * RESAMPLES) - 1]


def over_weeks(verdicts: Sequence[Verdict]) -> tuple[float, float, int]:
    """Mean and spread of F1 over the weeks that have some positives, and how many those are."""
    weeks: defaultdict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        weeks[verdict.week].append(verdict)
    scores = [
        Quality.of(members).f1
        for members in weeks.values()
        if sum(verdict.wanted for verdict in members) >= FEWEST
    ]
    return (fmean(scores), pstdev(scores), len(scores)) if scores else (0.0, 0.0, 0)


def reliability(scored: Sequence[tuple[float, bool]]) -> list[str]:
    """A line a bin: how many articles, what was said on average, how many were right."""
    lines = [f"{'said':>12} {'articles':>9} {'mean':>6} {'true':>6}"]
    for low, high in pairwise(BINS):
        members = [(said, wanted) for said, wanted in scored if low <= said < high]
        if members:
            mean = fmean(said for said, _ in members)
            true = fmean(wanted for _, wanted in members)
            bar = "#" * round(20 * true)
            lines.append(
                f"{low:5.2f}-{min(1, high):5.2f}  {len(members):9} {mean:6.3f} {true:6.3f} {bar}"
            )
    return lines


def _sum(qualities: Sequence[Quality]) -> Quality:
    return Quality(
        sum(quality.right for quality in qualities),
        sum(quality.wrong for quality in qualities),
        sum(quality.missed for quality in qualities),
    )
