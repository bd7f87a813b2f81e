"""Combining marks: the signs that belong to the letter before them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

MOST_MARKS = 30  # in a row, as in the Stream-Safe Text Format (Unicode UAX 15, D4)


@cache
def marks() -> str:
    """Every combining mark, as the inside of a character class: `\\w` leaves them out."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x1F000):
        if unicodedata.category(chr(code)) in ("Mn", "Mc"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges)


def without_stacks(text: str) -> str:
    """`text` without the marks that no letter has so many of.

    Putting ten thousand marks on one letter in order, as every comparison does, takes a minute.
    """
    return text if text.isascii() else _stacks().sub(r"\1", text)


@cache
def _stacks() -> re.Pattern[str]:
    return re.compile(f"([{marks()}]{{{MOST_MARKS}}})[{marks()}]+")
