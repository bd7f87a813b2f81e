"""Lines that a host puts above or below the text of page after page: no part of any article.

They are learnt: a line that stood at the edge of so many articles of one host is taken off the
edges of later ones. A line in the middle stays; agencies repeat whole sentences of background.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import xxhash

from newswatch.models import ExtractedArticle
from newswatch.text.scripts import words_in

SEEN = 5  # articles of one host with the line at an edge
FIRST, LAST = 2, 4  # lines of an edge
LEAST_WORDS = 3  # a shorter line is a name or a heading


def edge_lines(text: str) -> dict[int, str]:
    """The lines at the edges of a body, by hash (a signed 64-bit integer)."""
    lines = text.split("\n")
    edges = lines if len(lines) <= FIRST + LAST else lines[:FIRST] + lines[-LAST:]
    return {_hash(line): line for line in edges if words_in(line) >= LEAST_WORDS}


def without_boilerplate(article: ExtractedArticle, known: Collection[int]) -> ExtractedArticle:
    """The article without the known lines at its edges, which it keeps as `boilerplate`.

    One that would have no text left stays as it is.
    """
    lines = article.text.split("\n")
    first = 0
    while first < min(FIRST, len(lines)) and _hash(lines[first]) in known:
        first += 1
    last = len(lines)
    while last > max(first, len(lines) - LAST) and _hash(lines[last - 1]) in known:
        last -= 1
    if first == last or len(lines) == last - first:
        return article
    text = "\n".join(lines[first:last])
    removed = (*lines[:first], *lines[last:])
    return replace(article, text=text, word_count=words_in(text), boilerplate=removed)


def _hash(line: str) -> int:
    return xxhash.xxh3_64_intdigest(line.casefold().encode()) - 2**63
