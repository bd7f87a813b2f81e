"""What a reader without topics would type: the words in one article, or within ten words."""

from __future__ import annotations

import re
from bisect import bisect_left

NEAR_WORDS = 10
_WORD = re.compile(r"\w+")
_QUERIES = {
    "witkoff": (r"witkoff\w*",),
    "gaza-mediators": (r"gaza\w*|hamas", r"mediat\w*|qatar\w*|egypt\w*|turk\w*|doha|cairo"),
    "ukraine-talks": (
        r"ukrain\w*|ucrani\w*|kyiv|kiev|kiew|україн\w*|украин\w*",
        r"peace|talks|negoti\w*|negoci\w*|ceasefire|truce|frieden\w*|verhandl\w*|paix|paz|"
        r"переговор\w*|мирн\w*",
    ),
}


def keywords(topic: str, title: str, text: str) -> bool:
    """Does each part of the query stand somewhere in the article?"""
    return all(_places(part, title, text) for part in _QUERIES[topic])


def near(topic: str, title: str, text: str) -> bool:
    """Do the parts of the query stand within ten words of one another?"""
    first, *rest = (_places(part, title, text) for part in _QUERIES[topic])
    return any(all(_within(place, other) for other in rest) for place in first)


def _places(part: str, title: str, text: str) -> list[int]:
    """The numbers of the words that match; between title and text no ten words are enough."""
    wanted = re.compile(part)
    words = [*_words(title), *[""] * NEAR_WORDS, *_words(text)]
    return [number for number, word in enumerate(words) if wanted.fullmatch(word)]


def _words(text: str) -> list[str]:
    return [found.group() for found in _WORD.finditer(text.lower())]


def _within(place: int, others: list[int]) -> bool:
    after = bisect_left(others, place - NEAR_WORDS)
    return after < len(others) and others[after] <= place + NEAR_WORDS
