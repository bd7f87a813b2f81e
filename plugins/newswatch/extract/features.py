"""What can be said of each block of a page, as numbers: a matrix with a row a block.

No column knows a language, an outlet or an address. Shares are of the page's sum; `prose` is the
text of blocks that are long enough for a sentence and not made of links.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from newswatch.extract.blocks import (
    FAR,
    LANDMARKS,
    PROSE_CHARACTERS,
    Block,
    PageBlocks,
    captions_of,
    ends_sentence,
)
from newswatch.extract.branches import branch_columns, held_by, run_columns
from newswatch.extract.forest import Matrix
from newswatch.extract.surroundings import (
    article_columns,
    container_columns,
    lookalike_columns,
    neighbour_columns,
    window_columns,
)
from newswatch.text.scripts import spaceless_in

Numbers = NDArray[np.float64]
PROSE_LINKED = 0.35  # of a block's characters, at most
_LISTED_LINKED = 0.2  # of an item's characters, at most; a menu has more
_HEAD = 400  # characters of a block whose punctuation is counted
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CELLS = frozenset(("td", "th", "dt", "dd"))
_PARTS = frozenset(("div", "section", "article", "main", "body"))
_CAPTIONS = frozenset(("figcaption", "figure"))
_CONTROLS = frozenset(("button", "label", "form", "option", "summary", "legend"))
_PUNCTUATION = re.compile("[.,;:!?。，、！？؛،؟।…]")
_MARKS, _DIGITS, _CAPITALS = b".,;:!?", string.digits.encode(), string.ascii_uppercase.encode()
_WORD = re.compile(r"\w+")
_ASCII = re.compile(r"[\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of its article beside the text."""

    title: str = ""
    description: str = ""
    body: str = ""  # JSON-LD's articleBody


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The matrix of a page and what else of its blocks the choice needs."""

    rows: Matrix
    squeezed: list[str]  # each block's letters and digits in small letters
    words: Numbers  # how many each block has
    linked: Numbers  # how many of them stand in links of their own
    listed: NDArray[np.bool_]  # an item of a list or a cell of a table, not made of links
    captions: NDArray[np.bool_]  # what stands below a picture


def squeezed(text: str) -> str:
    """Letters and digits alone, so that texts are compared whatever lies between the words."""
    return _key(_WORD.findall(text))


def _key(words: list[str]) -> str:
    return "".join(words).replace("_", "").casefold()


def features_of(page: PageBlocks, about: About) -> Features:
    """The rows of a page that has at least one block; the vote's columns say "not asked"."""
    found = [_WORD.findall(block.text) for block in page.blocks]
    keys = [_key(words) for words in found]
    own = _own_columns(page, about, keys, found)
    size, linked = own[:, 0].copy(), own[:, 2]
    prose = np.where((size >= PROSE_CHARACTERS) & (linked < PROSE_LINKED), size, 0.0)
    heading = own[:, 14].astype(int)
    title_at = _title_place(heading, keys, squeezed(about.title))
    in_sentences = size * (own[:, 5] > 0)
    weights = np.column_stack([prose, size, size * linked, np.ones(len(size)), in_sentences])
    sums = held_by(page, weights)
    containers = container_columns(page, size, linked, sums)
    columns = [
        np.log1p(size),
        *own[:, 1:].T,
        *_place_columns(size, title_at),
        *_page_columns(size, prose),
        *lookalike_columns(page, size, linked, prose),
        *_landmark_columns(page),
        *containers.columns,
        *neighbour_columns(page, size, linked, own[:, 11]),
        *article_columns(page, containers, size, heading, title_at),
        *window_columns(size, linked, prose),
        *branch_columns(page, sums),
        *run_columns(page, weights),
        _times(keys),
        *_claim_columns(len(keys), about.body),
    ]
    # By columns, as the forest reads it: stacking them costs ten times as much (bench-extract).
    rows = np.empty((len(keys), len(columns) + 2), dtype=np.float32, order="F")
    for place, column in enumerate(columns):
        rows[:, place] = column
    rows[:, -2:] = -1.0
    words = np.array([len(words) for words in found], dtype=np.float64)
    listed = ((own[:, 12] > 0) | (own[:, 15] > 0)) & (linked < _LISTED_LINKED)
    in_links = np.where(own[:, 3] > 0, words * linked, 0.0)
    captions = np.array(captions_of(page), dtype=np.bool_)
    return Features(rows, keys, words, in_links, listed, captions)


def with_vote(rows: Matrix, said: NDArray[np.bool_], length: int) -> Matrix:
    """The rows, told which blocks another extractor took and how many letters it took in all."""
    voted = rows.copy(order="K")
    voted[:, -2] = said
    voted[:, -1] = np.log1p(length)
    return voted


def _own_columns(
    page: PageBlocks, about: About, keys: list[str], found: list[list[str]]
) -> Numbers:
    """What a block says of itself; column 0 is its size, 2 its linked share, 14 its heading."""
    title_key, body_key = squeezed(about.title), squeezed(about.body)
    title = frozenset(_WORD.findall(about.title.lower()))
    description = frozenset(_WORD.findall(about.description.lower()))
    seen: Counter[str] = Counter()
    rows: list[tuple[float, ...]] = []
    for block, key, every in zip(page.blocks, keys, found, strict=True):
        words = frozenset(map(str.lower, every)) if len(block.text) < 600 else None
        rows.append(
            (
                *_shape(block),
                *_tag_kind(page.containers[block.container].tag),
                *_overlap(words, title),
                *_overlap(words, description),
                bool(title_key) and key == title_key,
                seen[key],
                bool(body_key) and key in body_key,
            )
        )
        seen[key] += 1
    return np.array(rows, dtype=np.float64)


def _shape(block: Block) -> tuple[float, ...]:
    text = block.text
    length = len(text)
    head = text[:_HEAD]
    # Counted in bytes: asking each character costs six times as much (bench-extract).
    letters = head.encode("ascii", "ignore")
    digits, capitals = _count(letters, _DIGITS), _count(letters, _CAPITALS)
    if len(letters) == len(head):
        spaceless, marks = 0, _count(letters, _MARKS)
    else:
        spaceless = spaceless_in(head) * length // len(head)
        marks = len(_PUNCTUATION.findall(head))
        others = _ASCII.sub("", head)
        digits += sum(map(str.isdigit, others))
        capitals += sum(map(str.isupper, others))
    return (
        length + 1.5 * spaceless,  # as many characters as the same takes in Latin letters
        min(text.count(" ") + 1 + spaceless // 2, 300),
        min(1.0, block.linked / length),
        min(block.anchors, 20),
        100 * marks / len(head),
        ends_sentence(text),
        text[0].isupper(),
        digits / len(head),
        capitals / len(head),
        min(1.0, block.bold / length),
        text.count("\n"),
    )


def _count(letters: bytes, wanted: bytes) -> int:
    return len(letters) - len(letters.translate(None, wanted))


@lru_cache(maxsize=1_000)
def _tag_kind(tag: str) -> tuple[float, ...]:
    heading = _HEADINGS.get(tag, 0)
    return (
        tag == "p",
        tag == "li",
        heading > 0,
        heading,
        tag in _CELLS,
        tag in _PARTS,
        tag == "blockquote",
        tag in _CAPTIONS,
        tag in _CONTROLS,
    )


def _overlap(words: frozenset[str] | None, other: frozenset[str]) -> tuple[float, float]:
    """The share of the words that stand in the other, and the other's share that stands here."""
    if not words or not other:
        return 0.0, 0.0
    shared = len(words & other)
    return shared / len(words), shared / len(other)


def _title_place(heading: NDArray[np.int_], keys: list[str], title: str) -> int:
    """The h1 that says the title, else the first h1; -1 where there is none."""
    places = [int(place) for place in np.flatnonzero(heading == 1)]
    for place in places:
        if not title or keys[place] in title or title in keys[place]:
            return place
    return places[0] if places else -1


def _place_columns(size: Numbers, title_at: int) -> list[Numbers]:
    count = len(size)
    place = np.arange(count, dtype=np.float64)
    before = np.cumsum(size) - size
    total = max(1.0, size.sum())
    after_title = np.full(count, -2.0)
    if title_at >= 0:
        after_title = (before - before[title_at]) / total
    return [place / count, before / total, after_title, place - title_at]


def _page_columns(size: Numbers, prose: Numbers) -> list[Numbers]:
    count, total, in_prose = len(size), max(1.0, size.sum()), max(1.0, prose.sum())
    figures = (count, np.log1p(total), np.log1p(in_prose), in_prose / total)
    return [np.full(count, figure, dtype=np.float64) for figure in figures]


def _landmark_columns(page: PageBlocks) -> list[Numbers]:
    """Which landmarks stand around a block, and how far up each group of class words is named."""
    around = [page.containers[block.container] for block in page.blocks]
    bits = np.array([container.landmarks for container in around])
    depth = np.array([container.depth for container in around])
    named = np.array([container.named_at for container in around])
    distance = np.minimum(depth[:, None] - named, FAR).astype(np.float64)
    landmarks = [((bits >> place) & 1).astype(np.float64) for place in range(len(LANDMARKS))]
    hidden = np.array([container.hidden for container in around], dtype=np.float64)
    return [*landmarks, *distance.T, hidden]


def _times(keys: list[str]) -> Numbers:
    counts = Counter(keys)
    return np.array([counts[key] for key in keys], dtype=np.float64)


def _claim_columns(count: int, body: str) -> list[Numbers]:
    length = len(squeezed(body))
    return [np.full(count, float(length > 0)), np.full(count, np.log1p(length))]
