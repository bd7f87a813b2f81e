"""Names in writing that does not mark them, known by what stands in their place.

Two texts of the same words that call somebody, or somewhere, by other words throughout, or by two
words for two, are about others: a synonym is one word, once. Where no spaces part words, three
characters are more than one word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newswatch.copies.alignment import are_alike, opcodes
from newswatch.copies.polarity import is_negation
from newswatch.copies.rules import Rules
from newswatch.copies.wording import Sentence
from newswatch.models import ChangePlace, FactChange
from newswatch.text.names import marks_names
from newswatch.text.scripts import is_spaceless

_SHORTEST = 3  # letters of a word of a name
_LONGEST_HAN = 4  # characters of a name in Han
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff々]")


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
    is_marked: bool  # the language gives names a capital letter, and all these words have it


def other_names(altered: Sequence[AlteredSentence], rules: Rules) -> Iterator[FactChange]:
    """The words that stand where others stood and must be names: in a script without capitals, or
    where a sentence begins with them, and a capital letter tells nothing."""
    found = [exchange for pair in altered for exchange in _exchanges(pair, rules)]
    times = Counter((exchange.before, exchange.after) for exchange in found)
    for exchange in found:
        if exchange.is_marked:
            if times[exchange.before, exchange.after] > 1:
                yield FactChange("name", exchange.form_before, exchange.form_after, exchange.place)
            continue
        is_han = is_spaceless(exchange.before[0])
        is_full_name = min(len(exchange.before), len(exchange.after)) > (2 if is_han else 1)
        if is_full_name or times[exchange.before, exchange.after] > 1:
            yield FactChange("name", exchange.form_before, exchange.form_after, exchange.place)


def _exchanges(pair: AlteredSentence, rules: Rules) -> Iterator[_AlteredWords]:
    before, after = pair.earlier.words, pair.sentence.words
    marks = marks_names(pair.sentence.wording.code)
    for tag, start, end, new_start, new_end in opcodes(before, after):
        gone, come = before[start:end], after[new_start:new_end]
        if (
            tag == "replace"
            and _may_be_names(gone, come, rules)
            and not any(are_alike(word, other, rules) for word in gone for other in come)
            and not (
                marks
                and any(
                    _is_small(sentence, place)
                    for sentence, places in (
                        (pair.earlier, range(start, end)),
                        (pair.sentence, range(new_start, new_end)),
                    )
                    for place in places
                )
            )
        ):
            yield _AlteredWords(
                pair.place,
                gone,
                come,
                pair.earlier.form(start, end),
                pair.sentence.form(new_start, new_end),
                marks,
            )


def _is_small(sentence: Sentence, place: int) -> bool:
    """Whether the text writes the word at that place, or anywhere, with a small letter."""
    is_capital = sentence.text[sentence.tokens.starts[place]].isupper()
    return not is_capital or sentence.words[place] in sentence.wording.small


def _may_be_names(gone: Sequence[str], come: Sequence[str], rules: Rules) -> bool:
    longest = max(len(gone), len(come))
    if all(map(_HAN.fullmatch, (*gone, *come))):
        return longest <= _LONGEST_HAN and not set(gone) & set(come)
    return longest <= rules.name_words and all(map(_may_be_name, (*gone, *come)))


def _may_be_name(word: str) -> bool:
    return (
        len(word) >= _SHORTEST
        and not any(map(str.isdigit, word))
        and not is_spaceless(word)
        and not is_negation(word, "")
    )
