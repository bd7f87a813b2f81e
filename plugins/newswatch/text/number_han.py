"""Numbers in Han signs: 两万四千."""

from __future__ import annotations

from newswatch.text.number_parts import Number
from newswatch.text.number_tables import HAN_MYRIADS, MOST_FIGURES
from newswatch.text.words import Tokens

_HAN = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "兩": 2,
}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
HAN_SIGNS = frozenset((*_HAN, *_HAN_TENS, *HAN_MYRIADS))


def in_han(tokens: Tokens, at: int) -> Number | None:
    """The number that begins there; a sign that is also a word is none alone."""
    end = at
    while (
        end < min(len(tokens.words), at + MOST_FIGURES)
        and tokens.words[end] in HAN_SIGNS
        and (end == at or tokens.starts[end] == tokens.ends[end - 1])
    ):
        end += 1
    signs = tokens.words[at:end]
    if not signs or signs in (("一",), ("千",), ("万",), ("百",)):
        return None
    total = section = digit = 0
    for sign in signs:
        if sign in _HAN:
            digit = digit * 10 + _HAN[sign] if digit else _HAN[sign]
        elif sign in _HAN_TENS:
            section += (digit or 1) * _HAN_TENS[sign]
            digit = 0
        else:
            total += ((section + digit) or 1) * HAN_MYRIADS[sign]
            section = digit = 0
    return Number(str(total + section + digit), at, end)
