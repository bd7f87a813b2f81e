"""How much more than usual: a topic's last day against the fourteen before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

SURGE = 3.5  # robust z; Iglewicz and Hoaglin (1993) call what is beyond it an outlier
LEAST = 4  # articles; fewer are no surge, whatever was usual
ENOUGH = 7  # days before; of fewer nobody can say what is usual
_OF_NORMAL = 1.4826  # times the median absolute deviation is the deviation of a normal variable


@dataclass(frozen=True, slots=True)
class Attention:
    """The last day's count, what is usual, and how far it is from that; None: nobody knows yet."""

    days: tuple[int, ...]  # the oldest first, the last day last
    usual: float | None
    z: float | None

    @property
    def last(self) -> int:
        return self.days[-1]

    @property
    def is_surge(self) -> bool:
        return self.z is not None and self.z >= SURGE and self.last >= LEAST


def attention_of(days: Sequence[int], known: int) -> Attention:
    """Of counts by day, the oldest first; `known` is how many days before the last one there is
    news of at all.

    The deviation is that of the days before, and not less than that of a count that comes by
    chance (Poisson): a topic that is always told three times has not surged when it is told four
    times.
    """
    last, before = days[-1], days[-1 - known : -1]
    if len(before) < ENOUGH:
        return Attention(tuple(days), None, None)
    usual = median(before)
    spread = _OF_NORMAL * median(abs(count - usual) for count in before)
    return Attention(tuple(days), usual, (last - usual) / max(spread, usual**0.5, 1.0))
