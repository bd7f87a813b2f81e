"""A wording read for its facts: sentences with their words, numbers, names and days."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from newswatch.copies.facts import (
    Fact,
    dateline_end,
    facts_of,
    names_of,
    names_of_headline,
    without_points,
)
from newswatch.text.language import language_of
from newswatch.text.numbers import numbers_in
from newswatch.text.places import long_places_in, place_of, places_in
from newswatch.text.scripts import is_spaceless, spaceless_in
from newswatch.text.sentences import sentence_starts
from newswatch.text.words import Tokens, tokenize

_STOP = re.compile(r"[.…。।۔:,;][\"'”’»)]*$")
# What agencies and outlets put before a headline, and what is no news of its own.
_SLUG = re.compile(
    r"(?:update|wrapup|corrected|correction|refile|rpt|live|breaking|exclusive)\s*\d*\s*[-–—:|]\s+",
    re.IGNORECASE,
)
_CONTENT = 4  # letters of a word that tells something, in scripts that part words


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence with its folded words; `wording` tells which of them are names.

    A first line without a full stop is a headline that stands in the text: outlets write their own.
    """

    text: str
    tokens: Tokens
    wording: Wording = field(repr=False)
    is_headline: bool = False
    is_first: bool = False  # of the text

    @property
    def words(self) -> tuple[str, ...]:
        return self.tokens.words

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Numbers, places, names, days and negations, in order."""
        names = self.wording.names
        begin = dateline_end(self.text) if self.is_first else 0
        if self.is_headline:
            names |= names_of_headline(
                self.text, self.tokens, self.wording.small, self.wording.code
            )
        found = facts_of(self.text, self.tokens, self.wording.code, names)
        return tuple(fact for fact in found if self.tokens.starts[fact.first] >= begin)

    @cached_property
    def units(self) -> Sequence[str]:
        """What is counted when sentences are compared: words, and pairs of characters of scripts
        that put no spaces between words."""
        words = self.words
        if not self.wording.is_spaceless:
            return words
        return [
            word + words[place + 1]
            if is_spaceless(word) and place + 1 < len(words) and is_spaceless(words[place + 1])
            else word
            for place, word in enumerate(words)
        ]

    @cached_property
    def content(self) -> frozenset[str]:
        """The units that tell something: short words of scripts that part words do not."""
        found = frozenset(unit for unit in self.units if len(unit) >= _CONTENT or unit[0].isdigit())
        if not self.wording.is_spaceless:
            return found
        return found.union(unit for unit in self.units if len(unit) > 1 and is_spaceless(unit))

    def facts_between(self, start: int, end: int) -> list[Fact]:
        """Those that have a word in this span of words."""
        return [fact for fact in self.facts if fact.first < end and fact.end > start]

    def form(self, start: int, end: int) -> str:
        """How it writes this span of words."""
        return self.text[self.tokens.starts[start] : self.tokens.ends[end - 1]]

    def followed_by(self, other: Sentence) -> Sentence:
        """Both as one."""
        text = f"{self.text} {other.text}"
        return Sentence(text, tokenize(text), self.wording)


@dataclass(frozen=True, eq=False)
class Wording:
    """Headline and text of an article, or a seed's text. Language is a BCP 47 tag or None."""

    title: str
    text: str
    language: str | None = None
    outlet: str = ""

    @cached_property
    def code(self) -> str | None:
        """The language without its region; of a text whose language nobody told, a guess."""
        language = self.language or language_of(self.text or self.title)
        return language.partition("-")[0].lower() if language else None

    @cached_property
    def plain_text(self) -> str:
        return without_points(self.text)

    @cached_property
    def tokens(self) -> Tokens:
        return tokenize(self.plain_text)

    @cached_property
    def is_spaceless(self) -> bool:
        """Whether a part of it is in a script that puts no spaces between words."""
        return spaceless_in(self.plain_text) > 0 or spaceless_in(self.title) > 0

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        found: list[Sentence] = []
        text, tokens = self.plain_text, self.tokens
        starts = sentence_starts(text)
        first = 0
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            after = bisect_left(tokens.starts, end, lo=first)
            part = text[start:end]
            if stripped := part.strip():
                start += len(part) - len(part.lstrip())
                is_first = not found
                is_line = is_first and text[end - 1] == "\n" and not _STOP.search(stripped)
                moved = _moved(tokens, first, after, start)
                found.append(Sentence(stripped, moved, self, is_line, is_first))
            first = after
        return tuple(found)

    @cached_property
    def headline(self) -> Sentence:
        title = _SLUG.sub("", _without_site(without_points(self.title)))
        return Sentence(title, tokenize(title), self, is_headline=True)

    @cached_property
    def small(self) -> frozenset[str]:
        """The words of the text that it writes with a small letter somewhere."""
        text, tokens = self.plain_text, self.tokens
        return frozenset(
            word
            for word, start in zip(tokens.words, tokens.starts, strict=True)
            if text[start].islower()
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of the text that are names."""
        sentences = [(sentence.text, sentence.tokens) for sentence in self.sentences]
        return names_of(sentences, self.small, self.code)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All words, and all that sentences are compared by."""
        found = {*self.headline.words, *self.tokens.words}
        if self.is_spaceless:
            for sentence in (self.headline, *self.sentences):
                found.update(sentence.units)
        return frozenset(found)

    @cached_property
    def places(self) -> frozenset[str]:
        """The keys of all that may be a place."""
        found = {place for place, _ in places_in(f"{self.title}\n{self.plain_text}", self.code)}
        found.update(filter(None, (place_of(word, self.code) for word in self.vocabulary)))
        found |= long_places_in((*self.headline.words, *self.tokens.words), self.code)
        return frozenset(found)

    @cached_property
    def numbers_of_text(self) -> frozenset[str]:
        """The values of all numbers of the text."""
        found = numbers_in(self.plain_text, self.tokens, self.code)
        return frozenset(number.value for number in found)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The values of all numbers of headline and text."""
        title = numbers_in(self.headline.text, self.headline.tokens, self.code)
        return self.numbers_of_text.union(number.value for number in title)

    @cached_property
    def sentences_with(self) -> Mapping[str, Sequence[int]]:
        """Of each telling unit the places of the sentences that have it."""
        found: dict[str, list[int]] = {}
        for place, sentence in enumerate(self.sentences):
            for unit in sentence.content:
                found.setdefault(unit, []).append(place)
        return found


def _without_site(title: str) -> str:
    """A headline without the names of section and outlet that pages put behind bars."""
    parts = [part for part in title.split(" | ") if part]
    return max(parts, key=len) if len(parts) > 1 else title


def _moved(tokens: Tokens, first: int, after: int, start: int) -> Tokens:
    """A part of a text's tokens, as those of a sentence that begins at `start`."""
    return Tokens(
        tokens.words[first:after],
        tuple(begin - start for begin in tokens.starts[first:after]),
        tuple(end - start for end in tokens.ends[first:after]),
    )
