"""A figure that rose or fell: what a newer report says where earlier ones said another number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from newswatch.copies.facts import Fact
from newswatch.copies.wording import Sentence, Wording
from newswatch.text.scripts import is_spaceless

_ALIKE = 0.5  # of the telling words of both sentences, those that both have
_NEAR = 2  # words beside a number, among which stands what it counts
_LEAD = 3  # sentences of the newer report that are looked at, beside its headline


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A sentence of the newer report, and the number that stood in its place."""

    sentence: str
    before: str


def renumbered(told: Sequence[Wording], newer: Wording) -> NumberChange | None:
    """The first sentence of the headline and the lead that gives a number where an earlier report
    gave another: of the same words, in a sentence alike. What one of them gave is nothing new."""
    known = frozenset().union(*(wording.numbers for wording in told))
    earlier = [
        (sentence, fact)
        for wording in reversed(told)
        for sentence in (wording.headline, *wording.sentences)
        for fact in _figures(sentence)
        if fact.key not in newer.numbers
    ]
    for sentence in (newer.headline, *newer.sentences[:_LEAD]):
        for fact in _figures(sentence):
            if fact.key in known:
                continue
            for other, before in earlier:
                if (
                    _currency(other, before) == _currency(sentence, fact)
                    and _counted(other, before) & _counted(sentence, fact)
                    and _are_alike(other, sentence)
                ):
                    return NumberChange(sentence.text, before.form)
    return None


def _figures(sentence: Sentence) -> Iterator[Fact]:
    """Its numbers that count something: no years, and none beside the name of a day or a month."""
    dates = [fact for fact in sentence.facts if fact.kind == "day"]
    for fact in sentence.facts:
        is_year = fact.key.isdigit() and len(fact.key) == 4 and fact.key[:2] in ("19", "20")
        is_of_date = any(date.end == fact.first or fact.end == date.first for date in dates)
        if fact.kind == "number" and not is_year and not is_of_date:
            yield fact


def _currency(sentence: Sentence, fact: Fact) -> str:
    """The sign before a sum of money; empty before any other number."""
    sign = sentence.text[: sentence.tokens.starts[fact.first]][-1:]
    return sign if unicodedata.category(sign or " ") == "Sc" else ""


def _counted(sentence: Sentence, fact: Fact) -> set[tuple[str, str]]:
    """The telling words beside a number, one on each side, with the side."""
    sides = {
        "before": reversed(sentence.words[max(0, fact.first - _NEAR) : fact.first]),
        "after": sentence.words[fact.end : fact.end + _NEAR],
    }
    return {
        (side, word)
        for side, words in sides.items()
        for word in islice(
            (word for word in words if word in sentence.content or is_spaceless(word)), 1
        )
    }


def _are_alike(one: Sentence, other: Sentence) -> bool:
    shared = len(one.content & other.content)
    return shared >= _ALIKE * len(one.content | other.content)
