"""The facts that a copy may not change: numbers, places, names, days, and what is denied."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import compress
from typing import Literal

from newswatch.copies.polarity import is_negation, spaceless_negations_in
from newswatch.text.days import day_of, days_in
from newswatch.text.names import marks_names, spaceless_names_in
from newswatch.text.numbers import numbers_in
from newswatch.text.places import place_of, place_of_name, places_in
from newswatch.text.words import Tokens

FactKind = Literal["number", "place", "name", "day", "negation"]
_POINTS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_DATELINE = re.compile(
    r"(?P<town>[^\W\d_][^\n()—–]{1,40}?)(?P<more>,[^\n()—–]{2,30}?)?"
    r"(?P<agency>\s*\([^)\n]{2,30}\))?\s*[—–-]{1,2}\s"
)
# Before a name, and no part of it.
_TITLE_WORDS = """
    mr mrs ms miss dr prof sir sen rep gov gen col president minister chancellor king queen
    monsieur madame mme herr frau señor señora don doña
"""
# Who wrote it first: attributed to one agency or to another, it is the same.
_AGENCY_WORDS = """
    reuters afp ap apa dpa kna tass тасс interfax интерфакс ria риа ukrinform укринформ unian efe
    ansa lusa anp belga apa-ots sda pap ctk mti tanjug xinhua kyodo jiji yonhap bernama antara pti
    ani anadolu irna isna wafa upi bloomberg
"""
_AGENCIES = frozenset(_AGENCY_WORDS.split())
_ZONES = frozenset(("gmt", "utc", "bst", "cet", "cest", "edt", "est", "msk"))
_NO_NAMES = frozenset(_TITLE_WORDS.split()) | _ZONES
_CAPITAL_NOUNS = frozenset(("de", "lb"))
_SENTENCE_ENDS = frozenset("?!.…")
_MANY_CAPITALS = 3  # words with a capital letter that tell how a sentence is written
_FEW_SMALL = 0.2  # words with a small one for each; fewer are a line in capitals


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a copy may not change, and the words of its sentence that say it.

    `key` is the same however it is written; of a name it is the last word.
    """

    kind: FactKind
    key: str
    form: str
    first: int
    end: int


def without_points(text: str) -> str:
    """U.S. is US."""
    return _POINTS.sub(lambda found: found[0].replace(".", "") + " ", text) if "." in text else text


def dateline_end(text: str) -> int:
    """Where the sentence begins after the town, and agency, that a report is from."""
    found = _DATELINE.match(text)
    if found is None or (found["agency"] is None and not found["town"].isupper()):
        return 0
    return found.end()


def facts_of(text: str, tokens: Tokens, language: str | None, names: frozenset[str]) -> list[Fact]:
    """Those of a sentence, in order; `names` are the words that are names in its text."""
    facts = [
        Fact(
            "number",
            number.value,
            text[tokens.starts[number.first] : tokens.ends[number.end - 1]],
            number.first,
            number.end,
        )
        for number in numbers_in(text, tokens, language)
        if not _is_of_name(text, tokens, number.first)
    ]
    taken = {place for fact in facts for place in range(fact.first, fact.end)}
    facts += _words_of_one_kind(text, tokens, language, names, taken)
    facts += _spaceless(text, tokens, language)
    return sorted(facts, key=lambda fact: fact.first)


def _is_of_name(text: str, tokens: Tokens, at: int) -> bool:
    """Whether a number is joined to the word before, as in F-16: it counts nothing then."""
    return (
        at > 0
        and text[tokens.ends[at - 1] : tokens.starts[at]] in ("-", "\u2011")
        and not tokens.words[at - 1][0].isdigit()
    )


def _words_of_one_kind(
    text: str, tokens: Tokens, language: str | None, names: frozenset[str], taken: set[int]
) -> Iterator[Fact]:
    at = 0
    before = ""
    while at < len(tokens.words):
        word = tokens.words[at]
        form = text[tokens.starts[at] : tokens.ends[at]]
        end = at + 1
        if at in taken:
            pass
        elif (day := day_of(word, language)) and not (language == "en" and form.islower()):
            yield Fact("day", day, form, at, end)
        elif is_negation(word, before, "".join(tokens.words[end : end + 1])):
            yield Fact("negation", word, form, at, end)
        elif word in names:
            end = _end_of_name(text, tokens, at, names)
            form = text[tokens.starts[at] : tokens.ends[end - 1]]
            if place := (
                place_of_name(" ".join(tokens.words[at:end]), language)
                or place_of(tokens.words[end - 1], language)
                or place_of(word, language)
            ):
                yield Fact("place", place, form, at, end)
            elif tokens.words[end - 1] not in _NO_NAMES and not _AGENCIES.issuperset(
                tokens.words[at:end]
            ):
                yield Fact("name", tokens.words[end - 1], form, at, end)
        elif not marks_names(language) and (place := place_of(word, language)):
            yield Fact("place", place, form, at, end)
        before = tokens.words[end - 1]
        at = end


def _end_of_name(text: str, tokens: Tokens, at: int, names: frozenset[str]) -> int:
    end = at + 1
    while (
        end < len(tokens.words)
        and tokens.words[end] in names
        and text[tokens.ends[end - 1] : tokens.starts[end]] in (" ", "-")
    ):
        end += 1
    return end


def _spaceless(text: str, tokens: Tokens, language: str | None) -> Iterator[Fact]:
    """Those of writing that puts no spaces between words; none overlaps with one before."""
    if language is None or text.isascii():
        return
    found: list[tuple[FactKind, str, str]] = [
        *(("place", place, form) for place, form in places_in(text, language)),
        *(("day", day, form) for day, form in days_in(text, language)),
        *(("name", form, form) for form in spaceless_names_in(text, language)),
        *(("negation", form, form) for form in spaceless_negations_in(text, language)),
    ]
    after: dict[tuple[FactKind, str], int] = {}
    taken: set[int] = set()
    for kind, key, form in found:
        start = text.index(form, after.get((kind, form), 0))
        after[kind, form] = start + len(form)
        first = bisect_left(tokens.starts, start)
        end = bisect_left(tokens.starts, start + len(form))
        if first < end and taken.isdisjoint(range(first, end)):
            taken.update(range(first, end))
            yield Fact(kind, key, form, first, end)


def names_of(
    sentences: Iterable[tuple[str, Tokens]], small: AbstractSet[str], language: str | None
) -> frozenset[str]:
    """Words that have a capital letter inside a sentence, and nowhere a small one (`small` are
    those that have). A sentence that gives a capital letter to all its words marks no names. Where
    nouns have one, two such words in a row are a name."""
    if not (marks_names(language) or language in _CAPITAL_NOUNS):
        return frozenset()
    found: set[str] = set()
    for text, tokens in sentences:
        letters = [text[start] for start in tokens.starts]
        capital = sum(map(str.isupper, letters))
        if capital >= _MANY_CAPITALS and sum(map(str.islower, letters)) < _FEW_SMALL * capital:
            continue
        is_name = [
            letter.isupper() and len(word) > 1 and word not in small and _is_inside(text, start)
            for word, start, letter in zip(tokens.words, tokens.starts, letters, strict=True)
        ]
        if language in _CAPITAL_NOUNS:
            is_name = _in_a_row(is_name, text, tokens)
        found.update(compress(tokens.words, is_name))
    return frozenset(found)


def _in_a_row(is_name: Sequence[bool], text: str, tokens: Tokens) -> list[bool]:
    """Those that stand beside another, with nothing but a blank between."""
    beside = [
        is_name[at - 1] and is_name[at] and text[tokens.ends[at - 1] : tokens.starts[at]] == " "
        for at in range(1, len(is_name))
    ]
    return [
        before or after for before, after in zip([False, *beside], [*beside, False], strict=True)
    ]


def _is_inside(text: str, start: int) -> bool:
    """Whether a blank and a word, or a comma, stand before: then no sentence begins here."""
    return (
        start > 1
        and text[start - 1] == " "
        and (text[start - 2].isalnum() or text[start - 2] == ",")
    )


def names_of_headline(
    title: str, tokens: Tokens, small: AbstractSet[str], language: str | None
) -> frozenset[str]:
    """Words with a capital letter that are not among the `small`, which the text writes small
    somewhere; none of a headline that gives one to most words. A first word may have it as such, of
    a second sentence as well, unless it is a place."""
    if not marks_names(language):
        return frozenset()
    letters = [title[start] for start in tokens.starts if title[start].isalpha()]
    if 2 * sum(letter.isupper() for letter in letters) > len(letters) + 1:
        return frozenset()
    return frozenset(
        word
        for place, (word, start) in enumerate(zip(tokens.words, tokens.starts, strict=True))
        if title[start].isupper()
        and len(word) > 1
        and word not in small
        and (_begins_no_sentence(title, tokens, place) or place_of(word, language))
    )


def _begins_no_sentence(title: str, tokens: Tokens, place: int) -> bool:
    """Whether the word at that place begins no sentence of a headline."""
    return place > 0 and _SENTENCE_ENDS.isdisjoint(
        title[tokens.ends[place - 1] : tokens.starts[place]]
    )
