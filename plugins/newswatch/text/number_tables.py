"""The tables of number words as a folded text has them, each read once."""

from __future__ import annotations

import re
from functools import cache

from newswatch.text.number_words import HALVES, NUMBER_WORDS, PARTS, VAGUE_NUMBERS
from newswatch.text.words import fold

PREFIX = re.compile("^(?:وال|بال|ال|و|ב|ו|ה|ל)(?=..)")  # Arabic, Hebrew: and, the, in
AT_THE = "بال"  # Arabic
AND = {  # "en" is a word of many; one of another script is that language's alone
    **{"en": "and", "de": "und", "fr": "et", "es": "y e", "it": "e ed", "pt": "e", "nl": "en"},
    **{"tr": "ve", "sv": "och", "pl": "i", "ro": "și"},
}
OWN_AND = ("и", "і", "و", "και")
ARTICLES = ("a", "an")  # English; those of others are their "one"
ABBREVIATED = {
    **dict.fromkeys(("k", "тыс", "mila", "tys"), 1_000),
    **dict.fromkeys(("m", "mn", "mln", "mio", "млн"), 1_000_000),
    **dict.fromkeys(("bn", "b", "mrd", "md", "mld", "млрд"), 1_000_000_000),
}
MOST_FIGURES = 30  # longer is no number that anybody says, and could take minutes to read
HAN_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}


@cache
def table(code: str) -> dict[str, float]:
    parts = NUMBER_WORDS[code].split()
    values = (float(value) if "." in value else int(value) for value in parts[1::2])
    return dict(zip(map(fold, parts[::2]), values, strict=True))


@cache
def magnitudes() -> dict[str, int]:
    """What a number before a word is multiplied by, in any language."""
    written = {
        word: int(value)
        for code in NUMBER_WORDS
        for word, value in table(code).items()
        if value >= 1_000
    }
    abbreviated = {word: value for word, value in ABBREVIATED.items() if len(word) > 1}
    return written | abbreviated | HAN_MYRIADS | {"千": 1_000}


def power_of_ten(word: str) -> int:
    """What a number before the word is multiplied by; 0 if it is no such word."""
    return magnitudes().get(word) or magnitudes().get(PREFIX.sub("", word), 0)


@cache
def joining(language: str) -> frozenset[str]:
    """What stands between two words of one number."""
    return frozenset(map(fold, (*AND.get(language, AND["en"]).split(), *OWN_AND)))


@cache
def ones() -> frozenset[str]:
    """One, or an article, in any language."""
    words = (word for code in NUMBER_WORDS for word, value in table(code).items() if value == 1)
    return frozenset((*words, *map(fold, ["1", "a", "an", "o", "eines"])))


@cache
def hundreds() -> frozenset[str]:
    """A hundred, with or without an article at the word, in any language."""
    words = {word for code in NUMBER_WORDS for word, value in table(code).items() if value == 100}
    return frozenset((*words, *(f"ال{word}" for word in words)))


@cache
def parts() -> dict[str, str]:
    return {fold(word): part for part, words in PARTS.items() for word in words.split()}


@cache
def halves() -> frozenset[str]:
    of_a_whole = (word for word, part in parts().items() if part == "half")
    return frozenset((*map(fold, HALVES.split()), *of_a_whole))


@cache
def vague_stems() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((size, tuple(map(fold, stems.split()))) for size, stems in VAGUE_NUMBERS.items())
