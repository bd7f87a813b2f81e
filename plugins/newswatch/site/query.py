"""What somebody writes into the box of search, as clauses.

peace talks          both words
"peace talks"        the phrase
ceasefire OR truce   either
-hockey              not that
negotiat*            any word that begins so
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newswatch.store.site.search_words import Clause
from newswatch.topics.fold import fold
from newswatch.topics.names import load_names

LONGEST = 500  # characters of a query
MOST_CLAUSES, MOST_FORMS = 20, 80
MOST_WORDS = 4  # of a name
_PART = re.compile(r'(?P<not>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
Variants = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A word or a phrase as it is written; `joins`: OR stands before it."""

    written: str
    negated: bool
    is_open: bool
    joins: bool


def clauses_of(text: str, variants: Variants) -> tuple[Clause, ...]:
    """The clauses, at most twenty. Words in a row, or a phrase, that are a form of a known name
    stand for all of its forms, in every script."""
    parts = list(_parts(text[:LONGEST].replace("\x00", " ")))
    found: list[Clause] = []
    place = 0
    while place < len(parts):
        length, forms = _name_at(parts[place : place + MOST_WORDS], variants)
        part = parts[place]
        clause = Clause(forms or (part.written,), part.negated, part.is_open or bool(forms))
        if part.joins and found and not clause.negated and not found[-1].negated:
            earlier = found.pop()
            phrases = (*earlier.phrases, *clause.phrases)
            clause = Clause(phrases, is_open=earlier.is_open or clause.is_open)
        found.append(clause)
        place += length
    return tuple(found[:MOST_CLAUSES])


def _parts(text: str) -> Iterator[_Part]:
    joins = False
    for part in _PART.finditer(text):
        phrase, word = part["phrase"], part["word"]
        if word in ("OR", "|"):
            joins = True
            continue
        written = phrase if word is None else word.rstrip("*")
        if re.search(r"\w", written):
            is_open = word is not None and word.endswith("*")
            yield _Part(written, part["not"] is not None, is_open, joins)
            joins = False


def _name_at(parts: Sequence[_Part], variants: Variants) -> tuple[int, tuple[str, ...]]:
    """How many of the parts are a name together, the most of them, and its forms; else one."""
    for length in range(len(parts), 0, -1):
        row = parts[:length]
        if length > 1 and any(part.negated or part.is_open or part.joins for part in row[1:]):
            continue
        if length > 1 and (row[0].negated or row[0].is_open):
            continue
        if forms := variants.get(fold(" ".join(part.written for part in row)).text):
            return length, tuple(forms)
    return 1, ()


def variants_of(watchlist: Path) -> Variants:
    """Of each form of a person's name in the library, folded, all forms of that name. They are
    open: languages put endings to names."""
    files = sorted((watchlist / "names").glob("*.yaml"))
    return _variants(watchlist, tuple(file.stat().st_mtime for file in files))


@cache
def _variants(watchlist: Path, _: tuple[float, ...]) -> Variants:
    found: dict[str, tuple[str, ...]] = {}
    for name in load_names(watchlist / "topics").by_id.values():
        if not name.offices:
            continue  # a place, or a word, stands with what else means it: too much for a search
        written = [name.name, *(form.written for form in name.forms)]
        forms = tuple(dict.fromkeys(text.strip("*=") for text in written if "*" not in text[:-1]))
        for form in forms:
            found.setdefault(fold(form).text, forms[:MOST_FORMS])
    return found
