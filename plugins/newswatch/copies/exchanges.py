"""Names in writing that does not mark them, known by what stands in their place.

Two texts of the same words that call somebody, or somewhere, by other words throughout, or by two
words for two, are about others: a synonym is one word, once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newswatch.copies.alignment import are_alike, opcodes
from newswatch.copies.polarity import is_negation
from newswatch.copies.rules import Rules
from newswatch.copies.wording import Sentence
from newswatch.models import ChangePlace, FactChange
from newswatch.text.scripts import is_spaceless

_SHORTEST = 3  # letters of a word of a name


@dataclass(frozen=True, slots=True)
class AlteredSentence:
    """A sentence of a newer text, its place there, and its counterpart in the earlier one."""

    place: ChangePlace
    earlier: Sentence
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class _AlteredWords:
    place: ChangePlace
    before: tuple[str, ...]
    after: tuple[str, ...]
    form_before: str
    form_after: str


def other_names(altered: Sequence[AlteredSentence], rules: Rules) -> Iterator[FactChange]:
    """The words that stand where others stood and must be names, in a script without capitals."""
    found = [exchange for pair in altered for exchange in _exchanges(pair, rules)]
    times = Counter((exchange.before, exchange.after) for exchange in found)
    for exchange in found:
        is_full_name = min(len(exchange.before), len(exchange.after)) > 1
        if is_full_name or times[exchange.before, exchange.after] > 1:
            yield FactChange("name", exchange.form_before, exchange.form_after, exchange.place)


def _exchanges(pair: AlteredSentence, rules: Rules) -> Iterator[_AlteredWords]:
    before, after = pair.earlier.words, pair.sentence.words
    for tag, start, end, new_start, new_end in opcodes(before, after):
        gone, come = before[start:end], after[new_start:new_end]
        if (
            tag == "replace"
            and max(len(gone), len(come)) <= rules.name_words
            and all(map(_may_be_name, (*gone, *come)))
            and not any(are_alike(word, other, rules) for word in gone for other in come)
        ):
            yield _AlteredWords(
                pair.place,
                gone,
                come,
                pair.earlier.form(start, end),
                pair.sentence.form(new_start, new_end),
            )


def _may_be_name(word: str) -> bool:
    return (
        len(word) >= _SHORTEST
        and word.isalpha()
        and not is_spaceless(word)
        and not is_negation(word, "")
    )
