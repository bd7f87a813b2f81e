"""A text cut where marks begin and end, whatever overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of code points, end exclusive; `kind` says what it looks like, `note` what it says."""

    start: int
    end: int
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text with the marks that all of it bears."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def kinds(self) -> str:
        return " ".join(dict.fromkeys(mark.kind for mark in self.marks))

    @property
    def note(self) -> str:
        return " · ".join(dict.fromkeys(mark.note for mark in self.marks if mark.note))


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """The text in pieces; together they are the text. What lies beyond its end marks nothing."""
    known = [
        Mark(max(mark.start, 0), min(mark.end, len(text)), mark.kind, mark.note)
        for mark in marks
        if mark.start < len(text) and mark.end > max(mark.start, 0)
    ]
    cuts = sorted({0, len(text), *(edge for mark in known for edge in (mark.start, mark.end))})
    return [
        Segment(
            text[start:end],
            tuple(mark for mark in known if mark.start <= start and end <= mark.end),
        )
        for start, end in pairwise(cuts)
    ]


def paragraphs(text: str, marks: Sequence[Mark]) -> list[list[Segment]]:
    """The same by paragraphs, which newlines separate; empty ones are left out."""
    found: list[list[Segment]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            inside = [
                Mark(mark.start - start, mark.end - start, mark.kind, mark.note)
                for mark in marks
                if mark.start < end and mark.end > start
            ]
            found.append(segments(line, inside))
        start = end + 1
    return found
