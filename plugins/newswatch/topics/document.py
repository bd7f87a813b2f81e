"""A text cut into what rules speak of: words, sentences, paragraphs, title and lead."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from newswatch.models import Field
from newswatch.topics.fold import Folded, fold

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”]?|[؟۔।]|\n+")
# What ends in a full stop and ends no sentence: titles, initials, months, "U.S.".
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|sen|rep|gen|lt|col|gov|st|jr|sr|inc|ltd|co|corp|vs|no|jan|feb|mar|"
    r"apr|jun|jul|aug|sep|sept|oct|nov|dec|approx|est|fig|art|nr|bzw|ca|etc|usw|z\.b|u\.a|"
    r"г|гг|им|ул|т\.е|т\.д)|\b[^\W\d_]|\b(?:[^\W\d_]\.)+[^\W\d_]|\b\d{1,2})$",
    re.IGNORECASE,
)
LEAD_WORDS = 40


@dataclass(frozen=True, slots=True)
class Part:
    """The title or the text, folded and cut. Spans are of the folded text."""

    field: Field
    folded: Folded
    words: tuple[int, ...]  # where each begins
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]

    def word_at(self, offset: int) -> int:
        return bisect_right(self.words, offset) - 1

    def sentence_at(self, offset: int) -> int:
        return bisect_right(self.sentences, offset) - 1

    def paragraph_at(self, offset: int) -> int:
        return bisect_right(self.paragraphs, offset) - 1

    def sentence_text(self, offset: int) -> str:
        """The original sentence around an offset, stripped."""
        number = self.sentence_at(offset)
        start = self.sentences[number]
        text = self.folded.text
        end = self.sentences[number + 1] if number + 1 < len(self.sentences) else len(text)
        if start == end:
            return ""
        first, last = self.folded.span(start, end)
        return self.folded.original[first:last].strip()


@dataclass(frozen=True, slots=True)
class Document:
    title: Part
    text: Part

    @property
    def parts(self) -> tuple[Part, Part]:
        return self.title, self.text


def document(title: str, text: str) -> Document:
    return Document(_part("title", title), _part("text", text))


def _part(field: Field, original: str) -> Part:
    folded = fold(original)
    text = folded.text
    paragraphs = (0, *(found.end() for found in re.finditer(r"\n+", text)))
    return Part(
        field,
        folded,
        tuple(found.start() for found in _WORD.finditer(text)),
        tuple(_sentence_starts(text)),
        paragraphs,
    )


def _sentence_starts(text: str) -> list[int]:
    starts = [0]
    for found in _SENTENCE_END.finditer(text):
        if found.group().startswith(".") and _ABBREVIATION.search(
            text, max(0, found.start() - 12), found.start()
        ):
            rest = text[found.end() : found.end() + 2]
            if not rest.startswith("\n"):
                continue
        if found.end() > starts[-1]:
            starts.append(found.end())
    return starts
