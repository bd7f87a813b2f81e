"""The part of a text where what was looked for stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newswatch.site.marks import Mark, Segment, segments
from newswatch.store.site.search_words import Clause
from newswatch.text.excerpt import beginning, ending

BEFORE, AFTER = 90, 190  # characters


def snippet(text: str, clauses: Sequence[Clause]) -> list[Segment]:
    """Around the first place, with what was looked for marked; the beginning, where no place is
    found that is written the same way."""
    flat = " ".join(text.split())
    pattern = _pattern(clauses)
    first = pattern.search(flat) if pattern else None
    if pattern is None or first is None:
        return segments(beginning(flat, BEFORE + AFTER), [])
    shown = ending(flat[: first.start()], BEFORE) + beginning(flat[first.start() :], AFTER)
    return marked(shown, clauses)


def marked(text: str, clauses: Sequence[Clause]) -> list[Segment]:
    """All of the text, with what was looked for marked."""
    pattern = _pattern(clauses)
    places = pattern.finditer(text) if pattern else ()
    return segments(text, [Mark(place.start(), place.end(), "found") for place in places])


def _pattern(clauses: Sequence[Clause]) -> re.Pattern[str] | None:
    phrases = [
        r"\W+".join(map(re.escape, re.findall(r"\w+", phrase)))
        for clause in clauses
        if not clause.negated
        for phrase in clause.phrases
    ]
    longest = sorted(filter(None, phrases), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(longest)})", re.IGNORECASE) if longest else None
