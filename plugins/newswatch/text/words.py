"""Words, folded so that two writings of the same text give the same words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, compress

# Scripts written without spaces: one token a character.
_SPACELESS = (
    "\u0e01-\u0e2e\u0e40-\u0e44\u0e81-\u0eae\u0ec0-\u0ec4\u1000-\u102a\u1780-\u17b3"
    "\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
# Vowels that Thai and Lao write after a letter stay with it: the compatibility forms cut one of
# them in two, of which the first is a mark and would go with the letter alone.
_VOWELS = "\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3"
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff\u0640"  # soft hyphen, joiners, tatweel
_STRIP = re.compile(f"[{_INVISIBLE}]")
_SPELLED = {
    **{"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7"},
    **{"eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12"},
}
_DIGIT = re.compile(r"\d")
_LEADING_DIGITS = re.compile(r"\d+")
_PLAIN = re.compile(r"\w+")
_SPACELESS_WORD = re.compile(f"[{_SPACELESS}]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Folded words, and where each stands in the text (code points, end exclusive)."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def words_of(text: str) -> tuple[str, ...]:
    """Words of any script: NFKC, case-folded, without punctuation, accents kept."""
    return tuple(filter(None, map(fold, _pattern_for(text).findall(text))))


@lru_cache(maxsize=4)  # a text's terms and passages are asked for in turn
def tokenize(text: str) -> Tokens:
    """`words_of` a text, with their places in it."""
    parts = _cut(_pattern_for(text)).split(text)  # at each even place what is between two words
    words = tuple(map(fold, parts[1::2]))
    ends = list(accumulate(map(len, parts)))
    starts, ends = ends[:-1:2], ends[1::2]
    if all(words):
        return Tokens(words, tuple(starts), tuple(ends))
    return Tokens(
        tuple(filter(None, words)), tuple(compress(starts, words)), tuple(compress(ends, words))
    )


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """One spelling of a word, whatever its Unicode form and case."""
    word = _STRIP.sub("", word)
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())


def _pattern_for(text: str) -> re.Pattern[str]:
    """What a word of the text looks like; a text of plain letters is cut ten times as fast."""
    return _PLAIN if text.isascii() or not _special().search(text) else _pattern()


@cache
def _cut(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"({pattern.pattern})")


@cache
def _special() -> re.Pattern[str]:
    """What `_PLAIN` would get wrong: marks, invisible characters, scripts without spaces."""
    return re.compile(f"[{_marks()}{_INVISIBLE}{_SPACELESS}]")


@cache
def _pattern() -> re.Pattern[str]:
    marks = _marks()
    inner = f"[^\\W{_SPACELESS}]|[{marks}{_INVISIBLE}]"
    syllable = f"[{_SPACELESS}](?:[{_INVISIBLE}]*[{marks}{_VOWELS}])*"
    return re.compile(f"{syllable}|[^\\W{_SPACELESS}](?:{inner})*")


@cache
def _marks() -> str:
    """Every combining mark as ranges of a character class: `\\w` leaves them out."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x1F000):
        if unicodedata.category(chr(code)) in ("Mn", "Mc"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges)


def is_number(word: str) -> bool:
    return not word.isalpha() and _DIGIT.search(word) is not None


def figures_of(words: Iterable[str]) -> frozenset[str]:
    """The numbers among folded words, in digits or as English words up to twelve.

    However written: "three" and "3" are one figure, "90bn" and "90" as well.
    """
    return frozenset(
        _SPELLED.get(word) or (digits.group() if (digits := _LEADING_DIGITS.match(word)) else word)
        for word in words
        if word in _SPELLED or is_number(word)
    )


def is_spaceless(word: str) -> bool:
    """Is it a character of a script that writes no spaces, and so less than a word?"""
    return not word.isascii() and _SPACELESS_WORD.match(word) is not None
