"""An article cut into what rules speak of: words, sentences, paragraphs, title and lead."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from newswatch.models import Field
from newswatch.text.excerpt import beginning, ending
from newswatch.text.limits import LONGEST_SENTENCE, LONGEST_TEXT
from newswatch.text.scripts import word_starts
from newswatch.text.sentences import sentence_starts
from newswatch.topics.facts import UNKNOWN, Facts
from newswatch.topics.furniture import furniture

_CLAUSE = re.compile(r"[,;:](?=\s)|[—–()،؛，；：、]|(?<=\s)-(?=\s)")
LEAD_WORDS = 50  # what `lead:` means in a rule
_BEFORE_SUBTITLE = 200  # characters of a text: a dateline, a caption
TITLE, TEXT, SUBTITLE = range(3)  # the parts of an article


class Part:
    """Title, text or subtitle. What is asked for is computed once, when it is first asked for."""

    def __init__(self, field: Field, text: str) -> None:
        self.field = field
        self.text = text

    @cached_property
    def words(self) -> list[int]:
        """Where each word begins."""
        return word_starts(self.text)

    @cached_property
    def sentences(self) -> list[int]:
        return sentence_starts(self.text)

    @cached_property
    def paragraphs(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(r"\n+", self.text))]

    @cached_property
    def clauses(self) -> list[int]:
        """Where a comma, a dash or the like parts clauses; not the comma in a number."""
        return [found.start() for found in _CLAUSE.finditer(self.text)]

    @cached_property
    def furniture(self) -> list[tuple[int, int]]:
        return furniture(self.text) if self.field == "text" else []

    def word_at(self, offset: int) -> int:
        return bisect_right(self.words, offset) - 1

    def sentence_at(self, offset: int) -> int:
        return bisect_right(self.sentences, offset) - 1

    def paragraph_at(self, offset: int) -> int:
        return bisect_right(self.paragraphs, offset) - 1

    def is_furniture(self, offset: int) -> bool:
        """Does the offset stand in a line that is not the article's own?"""
        line = bisect_right(self.furniture, (offset, len(self.text))) - 1
        return line >= 0 and offset < self.furniture[line][1]

    def sentence_with(self, start: int, end: int) -> str:
        """The sentence around a span, stripped; of an endless one what stands near the span."""
        number = self.sentence_at(start)
        following = self.sentences[number + 1 : number + 2]
        first, last = self.sentences[number], following[0] if following else len(self.text)
        if last - first <= LONGEST_SENTENCE:
            return self.text[first:last].strip()
        room = max(0, LONGEST_SENTENCE - (end - start)) // 2
        before = ending(self.text[max(first, start - 2 * room) : start].lstrip(), room)
        after = beginning(self.text[end : end + 2 * room].rstrip(), room)
        return f"{before}{self.text[start:end]}{after}"


class Article:
    """Title, text and subtitle, as far as they are looked at, and what else is known.

    A subtitle that the text begins with is read there.
    """

    def __init__(
        self, title: str, text: str, subtitle: str = "", facts: Facts = UNKNOWN, /
    ) -> None:
        beginning = text[: len(subtitle) + _BEFORE_SUBTITLE]
        below = "" if subtitle in beginning else subtitle
        self.facts = facts
        self.parts = (
            Part("title", title[:LONGEST_TEXT]),
            Part("text", text[:LONGEST_TEXT]),
            Part("subtitle", below[:LONGEST_TEXT]),
        )

    @property
    def text(self) -> Part:
        return self.parts[TEXT]
