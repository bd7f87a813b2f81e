"""Where a text is not the article's own: lines that point elsewhere, and lists of links.

Extraction should have dropped them; who matches topics distrusts what it has left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newswatch.text.furniture import may_be_furniture
from newswatch.text.scripts import words_in

Span = tuple[int, int]

_HEADING_WORDS = 4  # a line that points elsewhere with so few is the heading of a list
_LINK_WORDS = range(3, 26)
_LIST_LINES = 3  # so many headline-like lines at the end are a list of links
_PROSE_END = re.compile(r"[.!?…:;,。！？؟۔।॥។៕။][\"'”’»)\]」』\s■]*$")
_LAST = 8  # characters of a line in which its stop is looked for


def furniture(text: str) -> list[Span]:
    """The spans of `text` that are not the article's own, in order."""
    lines = [
        (found.start(), found.end())
        for found in re.finditer(r"[^\n]+", text)
        if found.group().strip()
    ]
    odd = [may_be_furniture(text[start:end]) for start, end in lines]
    under_heading = False
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        if odd[number] and words_in(line) <= _HEADING_WORDS:
            under_heading = True
        elif under_heading:
            under_heading = _is_link(line)
            odd[number] = odd[number] or under_heading
    tail = _tail_of_links(text, lines, odd)
    return [line for number, line in enumerate(lines) if odd[number] or number >= tail]


def _is_prose(line: str) -> bool:
    return _PROSE_END.search(line[-_LAST:]) is not None


def _is_link(line: str) -> bool:
    return not _is_prose(line) and words_in(line) in _LINK_WORDS


def _tail_of_links(text: str, lines: Sequence[Span], odd: Sequence[bool]) -> int:
    """From which line on nothing but links comes, after at least as much prose; or past the end."""
    first = len(lines)
    while first > 0 and (odd[first - 1] or not _is_prose(text[slice(*lines[first - 1])])):
        first -= 1
    prose = sum(_is_prose(text[slice(*line)]) for line in lines[:first])
    links = len(lines) - first
    return first if links >= _LIST_LINES and prose >= links else len(lines)
