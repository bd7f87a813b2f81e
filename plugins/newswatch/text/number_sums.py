"""Number words one after another: which make one number, and what it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

_UNITS_FIRST = ("ar", "he")  # five-and-twenty, three-ten
_TENS_AND_UNITS = ("fr", "es", "pt", "ro", "el", "fa", "ar", "he")  # vingt et un
_TENS_BEFORE_TEENS = (60, 80)  # soixante-dix, quatre-vingt-dix


def sum_of(values: Sequence[float]) -> float:
    """Twenty, one: 21; four, hundred: 400; quatre, vingts: 80; dos, mil, millones: 2e9."""
    total = current = 0.0
    for value in values:
        if value >= 1_000:
            is_of_it = 0 < total < value
            total = (total + current) * value if is_of_it else total + max(1, current) * value
            current = 0
        elif value == 100:
            current = max(1, current) * value
        elif value == 20 and current % 100 == 4:
            current += 76
        else:
            current += value
    return total + current


def goes_on(values: Sequence[float], value: float, is_after_and: bool, language: str) -> bool:
    """Whether a word of that value goes on with the number of those before: "one" with twenty, and
    not with four."""
    sizes = [size for size in values if size >= 1_000]
    if value >= 1_000:
        return not sizes or value < sizes[-1] or (len(sizes) == 1 and value > sizes[0])
    current = int(sum_of([*takewhile(lambda size: size < 1_000, reversed(values))][::-1]))
    if value < 1:
        return values[-1] >= 1
    if value == 100:
        return current < 100
    below, units = current % 100, current % 10
    if is_after_and and below and language not in _TENS_AND_UNITS:
        return False
    if value < 10:
        return units == 0
    if value < 20 and below in _TENS_BEFORE_TEENS:
        return True
    if 0 < below < 10 and value % 10 == 0 and value < 100:
        return language in _UNITS_FIRST or (below == 4 and value == 20)
    return below == 0 if value < 100 else current == 0
