"""Combining marks: the signs that belong to the letter before them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_STRIDE = 5
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
    # Of so many in a row that many stand at every fifth place; hardly a text has those.
    sample = text[::_STRIDE]
    if sample.isascii() or not _mark().search("".join(set(sample))):  # each letter is asked once
        return text
    if _sampled().search(sample) is None:
        return text
    return _stacks().sub(r"\1", text)


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(f"[{marks()}]")


@cache
def _sampled() -> re.Pattern[str]:
    return re.compile(f"[{marks()}][{marks()}]{{{MOST_MARKS // _STRIDE - 1}}}")


@cache
def _stacks() -> re.Pattern[str]:
    # The first mark stands alone: `re` then looks for a mark, and tries nothing elsewhere.
    return re.compile(f"([{marks()}][{marks()}]{{{MOST_MARKS - 1}}})[{marks()}]+")
