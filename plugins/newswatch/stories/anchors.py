"""What reports of one event have in common in any language: names, places and numbers.

A name is known by its skeleton, so that it is one in all scripts: see `text.names`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from newswatch.stories.rules import StoryRules
from newswatch.text.limits import LONGEST_WORD
from newswatch.text.names import marks_names, skeleton_of
from newswatch.text.places import place_of, places_in
from newswatch.text.scripts import is_spaceless
from newswatch.text.words import is_number, tokenize, words_of

_BEFORE_SENTENCE = re.compile(r"[.!?:;…\n\"“”„«»‘][\s\"“”„«»'‘’(\[]*$")
_NEAR = 3  # characters before a word that tell whether it begins a sentence
_KATAKANA = re.compile("[\u30a1-\u30fa][\u30a1-\u30fa\u30fc]{2,}")
_YEAR = re.compile("(?:19|20)\\d\\d")


@dataclass(frozen=True, slots=True)
class Anchor:
    """How often an anchor stands in a text, and the first word that it is written as."""

    count: int
    form: str


def anchors_of(title: str, text: str, language: str | None, rules: StoryRules) -> dict[str, Anchor]:
    """Names (`~slnsk`), places (`@UA`) and numbers (`#41`) of a text's beginning.

    Anchors of the headline count if the text has them too: in a headline any word may have a
    capital letter.
    Of several names in a row the last stands for all. Where writing does not mark names, all words
    that could be one are among them.
    """
    found: dict[str, Anchor] = {}
    for key, form in _found(text, language, rules):
        _count(found, key, form)
    for word in words_of(title) if found else ():
        in_title = (
            _number(word),
            place_of(word, language),
            _name(word, language, rules.name_consonants),
        )
        for known in found.keys() & set(in_title):
            _count(found, known, word)
    return found


def headline_anchors(title: str, language: str | None, rules: StoryRules) -> dict[str, Anchor]:
    """Numbers, places and whatever may be a name in a headline: each word with a capital letter, or
    all where writing does not mark names. What is none is among them."""
    found: dict[str, Anchor] = {}
    tokens = tokenize(title)
    marked = marks_names(language)
    for word, start in zip(tokens.words, tokens.starts, strict=True):
        if len(word) > LONGEST_WORD:
            continue
        key = _number(word) if is_number(word) else place_of(word, language)
        if key is None and not is_number(word) and not (marked and title[start].islower()):
            key = _name(word, language, rules.name_consonants)
        if key:
            _count(found, key, word)
    return found


def _count(found: dict[str, Anchor], key: str, form: str) -> None:
    before = found.get(key)
    found[key] = Anchor(before.count + 1, before.form) if before else Anchor(1, form)


def _found(text: str, language: str | None, rules: StoryRules) -> Iterator[tuple[str, str]]:
    """Key and form of each occurrence, the names last."""
    tokens = tokenize(text)
    small: set[str] = set()
    alone: set[str] = set()  # words that stand as a name, and not only before another
    inside: set[str] = set()  # words that have a capital letter within a sentence
    names: list[tuple[str, str]] = []
    spaceless = False
    marked = marks_names(language)
    end_of_last = -1
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        if start > rules.anchored_characters:
            break
        if len(word) > LONGEST_WORD:
            continue
        first = text[start]
        if first.islower():
            small.add(word)
        elif is_number(word):
            if number := _number(word):
                yield number, word
        elif is_spaceless(word):
            spaceless = True
        else:
            if names and not (marked and start == end_of_last + 1 and text[end_of_last] == " "):
                alone.add(names[-1][0])
            names.append((word, text[start:end]))
            end_of_last = end
            if not first.isupper() or _is_inside(text, start):
                inside.add(word)
    if names:
        alone.add(names[-1][0])
    if spaceless:
        yield from _spaceless(text[: rules.anchored_characters], language, rules)
    for word, form in names:
        if word in small:
            continue
        if place := place_of(word, language):
            yield place, form
        elif (
            word in inside
            and word in alone
            and (name := _name(word, language, rules.name_consonants))
        ):
            yield name, form


def _is_inside(text: str, start: int) -> bool:
    """Whether what precedes a word tells that it does not begin a sentence."""
    if start and text[start - 1] == " " and (start == 1 or text[start - 2].isalnum()):
        return True
    return start > 0 and _BEFORE_SENTENCE.search(text[max(0, start - _NEAR) : start]) is None


def _spaceless(text: str, language: str | None, rules: StoryRules) -> Iterator[tuple[str, str]]:
    yield from places_in(text, language)
    for run in _KATAKANA.findall(text):
        if name := _name(run, language, rules.name_consonants):
            yield name, run


@lru_cache(maxsize=100_000)
def _name(word: str, language: str | None, consonants: int) -> str | None:
    skeleton = skeleton_of(word, language)
    return f"~{skeleton}" if len(skeleton) >= consonants else None


@lru_cache(maxsize=100_000)
def _number(word: str) -> str | None:
    """Digits of any script; one digit alone, or a year, tells nothing."""
    digits = "".join(str(unicodedata.digit(sign)) for sign in word if sign.isdigit())
    return None if len(digits) < 2 or _YEAR.fullmatch(digits) else f"#{digits}"
