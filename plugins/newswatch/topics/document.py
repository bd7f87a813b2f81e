"""An article cut into what rules speak of: words, sentences, paragraphs, title and lead."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from newswatch.models import Field
from newswatch.text.scripts import word_starts
from newswatch.text.sentences import sentence_starts
from newswatch.topics.furniture import furniture

LEAD_WORDS = 50  # what `lead:` means in a rule


class Part:
    """The title or the text. What is asked for is computed once, when it is first asked for."""

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
    def furniture(self) -> list[tuple[int, int]]:
        return furniture(self.text) if self.field == "text" else []

    def word_at(self, offset: int) -> int:
        return bisect_right(self.words, offset) - 1

    def sentence_at(self, offset: int) -> int:
        return bisect_right(self.sentences, offset) - 1

    def paragraph_at(self, offset: int) -> int:
        return bisect_right(self.paragraphs, offset) - 1

    def is_furniture(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self.furniture)

    def sentence_text(self, offset: int) -> str:
        """The sentence around an offset, stripped."""
        number = self.sentence_at(offset)
        after = self.sentences[number + 1 : number + 2]
        end = after[0] if after else len(self.text)
        return self.text[self.sentences[number] : end].strip()


class Article:
    """Title and text; `parts[0]` is the title."""

    def __init__(self, title: str, text: str) -> None:
        self.parts = (Part("title", title), Part("text", text))

    @property
    def text(self) -> Part:
        return self.parts[1]
