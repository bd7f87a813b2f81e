"""What a page is cut into: blocks of text, and the containers that they stand in.

A block is what a browser sets as one run of lines: the text between two tags that are not inline,
or between two empty lines. `walk` cuts; which blocks are the article is decided by `choice`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from newswatch.extract.class_words import GROUPS
from newswatch.text.scripts import words_in

PROSE_CHARACTERS = 60  # a block or line with fewer may be of a menu
FAR = 12  # a landmark or a group further up than this counts as so far
LANDMARKS = (
    *("article", "main", "nav", "aside", "footer", "header", "figure", "form", "table", "ul"),
    *("ol", "button", "a", "blockquote", "section", "details"),
)
_LABEL_WORDS = 4
_COLON_AND_BLANKS = 4  # characters
_ALL_LINKED = 0.95
_LEAST_HEADLINE = 3  # words
_PARAGRAPHS_OR_PARTS = frozenset(("p", "div", "aside", "section"))
_CAPTION_DEPTH = 3
_SENTENCE_END = re.compile("[.!?。！？؟।…][\\s\"'”“»’)\\]]*$")
_LABEL = re.compile(r"(?P<label>[^:：|»→►▶]{0,60})[:：|»→►▶]")


class Block(NamedTuple):
    """One run of text; counts are in characters but for `anchors`, the links in it."""

    text: str
    linked: int
    anchors: int
    bold: int
    container: int  # place of its innermost container in `PageBlocks.containers`


class Container(NamedTuple):  # a page has thousands: made in a fifth of a dataclass's time
    """An element that holds blocks; parents come before their children."""

    parent: int  # -1 for the page itself
    tag: str
    names: str  # class, id, itemprop, role
    depth: int
    landmarks: int  # bit i: LANDMARKS[i] is its tag, or that of a container around it
    named_at: tuple[int, ...]  # per group of class words the depth at which it was last named
    article: int  # place of the nearest <article>; -1: none
    hidden: bool  # the page says that no browser shows it
    asks: bool  # it asks its reader to type something


_PAGE = Container(-1, "", "", 0, 0, (-FAR,) * len(GROUPS), -1, hidden=False, asks=False)


@dataclass(slots=True)
class PageBlocks:
    """The blocks of a page in the order of its markup."""

    blocks: list[Block] = field(default_factory=list)
    containers: list[Container] = field(default_factory=lambda: [_PAGE])


def ancestors_of(page: PageBlocks, block: Block) -> Iterator[int]:
    """The places of the containers that a block stands in, the innermost first."""
    place = block.container
    while place >= 0:
        yield place
        place = page.containers[place].parent


def captions_of(page: PageBlocks) -> list[bool]:
    """Of each block whether it stands below a picture, as HTML has it."""
    below = {place for place, box in enumerate(page.containers) if box.tag == "figcaption"}
    if not below:
        return [False] * len(page.blocks)
    return [
        not below.isdisjoint(islice(ancestors_of(page, block), _CAPTION_DEPTH))
        for block in page.blocks
    ]


def leads_elsewhere(page: PageBlocks, block: Block) -> bool:
    """Whether it is the headline of another article: a label and one link ("Trending: Storm nears
    the coast"), or a paragraph that is one link and no sentence."""
    if block.anchors != 1:
        return False
    if block.linked >= _ALL_LINKED * len(block.text):
        words = len(block.text.split())
        in_paragraph = page.containers[block.container].tag in _PARAGRAPHS_OR_PARTS
        return in_paragraph and words >= _LEAST_HEADLINE and not ends_sentence(block.text)
    return _is_labelled_link(block)


def ends_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text[-12:]) is not None


def _is_labelled_link(block: Block) -> bool:
    found = _LABEL.match(block.text)
    if found is None or not block.linked:
        return False
    unlinked = len(block.text) - block.linked
    label = len(found["label"])
    return (
        label <= unlinked <= label + _COLON_AND_BLANKS and words_in(found["label"]) <= _LABEL_WORDS
    )
