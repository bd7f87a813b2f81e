"""What is known of an article beside its words, and conditions on it.

where: {language: [ar, he], words: 200, original: true}
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from newswatch.text.language import primary_of
from newswatch.yamlfile import Node

Fact = Literal["outlet", "country", "language", "kind", "section", "agency"]
FACTS: tuple[Fact, ...] = get_args(Fact)
_WORDS, _ORIGINAL = "words", "original"
MOST_WORDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Facts:
    """Of an article: who published it where, and what kind it is; None where that is not known."""

    outlet: str | None = None
    country: str | None = None
    language: str | None = None
    kind: str | None = None  # article, live-blog ...
    section: str | None = None
    agency: str | None = None
    words: int | None = None  # of the text
    is_original: bool | None = None


UNKNOWN = Facts()


@dataclass(frozen=True, slots=True)
class Condition:
    """What an article must be. A fact that is not known meets no condition on it."""

    one_of: tuple[tuple[Fact, frozenset[str]], ...] = ()  # small letters
    words: int = 0
    original: bool | None = None

    def holds(self, facts: Facts) -> bool:
        if self.words and (facts.words is None or facts.words < self.words):
            return False
        if self.original is not None and facts.is_original is not self.original:
            return False
        return all(_plain(getattr(facts, fact), fact) in among for fact, among in self.one_of)


ANYTHING = Condition()


def read_condition(node: Node) -> Condition:
    """The value of `where:`. Raises `InputError`."""
    row = node.mapping(optional=(*FACTS, _WORDS, _ORIGINAL))
    return Condition(
        one_of=tuple((fact, _among(row[fact], fact)) for fact in FACTS if fact in row),
        words=row[_WORDS].integer(0, MOST_WORDS) if _WORDS in row else 0,
        original=row[_ORIGINAL].boolean() if _ORIGINAL in row else None,
    )


def _among(node: Node, fact: Fact) -> frozenset[str]:
    found = {_plain(text, fact) for text in node.texts()}
    if not found:
        node.fail("nothing is one of nothing", f"name some, as in {fact}: [a, b], or leave it out")
    return frozenset(value for value in found if value is not None)


def _plain(value: str | None, fact: Fact) -> str | None:
    if value is None:
        return None
    return primary_of(value) if fact == "language" else value.strip().casefold()
