"""Words, folded so that two writings of the same text give the same words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, compress

from newswatch.text.scripts import JOINERS, word_pattern

# Vowel marks of Hebrew and Arabic, which a reader leaves out, and letters that are written for one
# another: alef with or without hamza, final ya and ta marbuta, the Persian and Urdu forms, the
# Russian yo, the Turkish i without its dot, and the Greek accents that capitals do not bear.
_UNREAD = (
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
)
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیېےئ", "ي"),
        **dict.fromkeys("ةھہۀۃە", "ه"),
        "ؤ": "و",
        "ک": "ك",
        "ё": "е",
        "ı": "i",
        "\u0307": "",
        **dict(zip("άέήίϊΐόύϋΰώ", "αεηιιιουυυω", strict=True)),
    }
)
_STRIP = re.compile(f"[{JOINERS}{_UNREAD}]")
_SPELLED = {
    **{"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7"},
    **{"eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12"},
}
_DIGIT = re.compile(r"\d")
_LEADING_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Folded words, and where each stands in the text (code points, end exclusive)."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def words_of(text: str) -> tuple[str, ...]:
    """Words of any script: NFKC, case-folded, without punctuation, accents kept."""
    return tuple(filter(None, map(fold, word_pattern(text).findall(text))))


@lru_cache(maxsize=4)  # a text's terms and passages are asked for in turn
def tokenize(text: str) -> Tokens:
    """`words_of` a text, with their places in it."""
    parts = _cut(word_pattern(text)).split(text)  # at each even place what is between two words
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
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return _STRIP.sub("", folded).translate(_ALIKE)


@cache
def _cut(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"({pattern.pattern})")


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
