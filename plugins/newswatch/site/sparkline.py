"""A row of bars, one a day, as numbers for SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT, STEP, WIDTH = 24, 6, 4


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Sparkline:
    bars: tuple[Bar, ...]
    width: int
    height: int


def sparkline(counts: Sequence[int], height: int = HEIGHT) -> Sparkline:
    """The highest count takes the whole height; a day without any has a bar of one pixel."""
    most = max([*counts, 1])
    bars = []
    for place, count in enumerate(counts):
        tall = max(round(count / most * height, 1), 1.0)
        bars.append(Bar(place * STEP, round(height - tall, 1), tall, count))
    return Sparkline(tuple(bars), len(counts) * STEP - (STEP - WIDTH), height)
