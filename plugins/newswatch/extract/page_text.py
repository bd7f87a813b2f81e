"""The text that a page shows as its article: by the model of its blocks, the engine as a vote.

trafilatura is the engine. It is asked where the model expects its own choice to be poor, on about
one page in ten; where it stays unsure with the vote, on one in a hundred, the engine's text is
taken as it is if it is the longer one, and so where the two have hardly a word in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Literal, Protocol

import numpy as np
from lxml.html import HtmlElement
from numpy.typing import NDArray
from trafilatura import bare_extraction

from newswatch.extract.asides import is_author_box
from newswatch.extract.blocks import (
    PROSE_CHARACTERS,
    Block,
    PageBlocks,
    ancestors_of,
    leads_elsewhere,
)
from newswatch.extract.choice import Choice, choose, choose_with_vote
from newswatch.extract.features import (
    About,
    Features,
    features_of,
    squeezed,
)
from newswatch.extract.forest import Forest
from newswatch.extract.walk import blocks_of
from newswatch.text.furniture import corrects, opens_comments
from newswatch.text.scripts import word_pattern

SURE = 0.93  # expected F1; below it the engine is asked
UNSURE = 0.7  # expected F1, with the vote; below it the engine's is as good, if longer
COVERS = 0.8  # of the chosen letters; of fewer in the engine's fast text, its slow one is asked
IN_COMMON = 0.3  # of the words of two readings of a page; with fewer the longer one is taken
NEAR = 2  # blocks before the first and behind the last that is chosen
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LEAST_PROSE = 300  # characters of the engine's text; with fewer there is no article to be found
MOST_BLOCKS = 4_000  # of a page, its first; no article has more, and 29,000 take eleven seconds

Method = Literal["blocks", "blocks-and-engine", "engine"]


@dataclass(frozen=True, slots=True)
class PageText:
    """Paragraphs joined by newlines, how they were chosen, the F1 (0..1) to expect of them, and the
    share of their words that stand in links."""

    text: str
    method: Method
    expected_f1: float
    linked: float = 0.0


NO_TEXT = PageText("", "blocks", 0.0)


class Engine(Protocol):
    """Another extractor's text of the same page."""

    def __call__(self, *, fast: bool) -> str: ...


def text_of_page(forest: Forest, tree: HtmlElement, about: About) -> PageText:
    """The article's text; the tree is used up. Empty where the page has no blocks."""
    cut = blocks_of(tree)
    if not cut.blocks:
        return NO_TEXT
    del cut.blocks[MOST_BLOCKS:]

    def engine(*, fast: bool) -> str:
        return ask_engine(tree, fast=fast)

    texts = article_texts(cut)
    return text_by_blocks(forest, texts, features_of(cut, about), engine)


def text_by_blocks(
    forest: Forest,
    texts: Sequence[str],
    features: Features,
    engine: Engine,
    *,
    sure: float = SURE,
) -> PageText:
    """The chosen ones of `texts`, the page's blocks as `article_texts` has them."""
    choice = choose(forest, features)
    if choice.expected_f1 >= sure:
        return _joined(texts, features, choice, "blocks")
    found = engine(fast=True)
    vote = squeezed(found)
    if len(vote) < COVERS * sum(map(len, compress(features.squeezed, choice.kept))):
        found = engine(fast=False) or found
        vote = squeezed(found)
    voted = choose_with_vote(forest, features, vote)
    chosen = _joined(texts, features, voted, "blocks-and-engine")
    if _strangers(chosen.text, found) and _prose(found) > _prose(chosen.text):
        return PageText(found, "engine", voted.expected_f1)
    if voted.expected_f1 < UNSURE:
        found = engine(fast=False)
        if _prose(found) > max(_prose(chosen.text), LEAST_PROSE):
            return PageText(found, "engine", voted.expected_f1)
    return chosen


def _is_aside(page: PageBlocks, place: int) -> bool:
    """Whether a container asks for something, or it or the one around it is an author's box."""
    box = page.containers[place]
    around = page.containers[max(0, box.parent)]
    return box.asks or is_author_box(box.names) or is_author_box(around.names)


def _strangers(text: str, other: str) -> bool:
    """Whether two readings of one page have hardly a word in common: one of them is of a box beside
    the article."""
    ours, others = (Counter(word_pattern(of, syllables=2).findall(of)) for of in (text, other))
    return (ours & others).total() * 2 < IN_COMMON * (ours.total() + others.total())


def _prose(text: str) -> int:
    """Characters in lines long enough to be sentences; those of a menu are not."""
    return sum(len(line) for line in text.splitlines() if len(line) >= PROSE_CHARACTERS)


def article_texts(page: PageBlocks) -> list[str]:
    """Each block's text, empty for what no article says whatever the model makes of it: an
    invitation, who the author is, a line that leads to another article, and what readers write
    below a heading for it."""
    prose = [len(block.text) if len(block.text) >= PROSE_CHARACTERS else 0 for block in page.blocks]
    boxes = {block.container for block in page.blocks}
    asides = {place for place in boxes if _is_aside(page, place)}
    aside = [block.container in asides for block in page.blocks]
    total = sum(prose)
    if 2 * sum(size for size, out in zip(prose, aside, strict=True) if out) > total:
        aside = [False] * len(aside)  # what holds most of the page is not beside it
    texts = []
    before = 0
    remarks: int | None = None  # the container below whose heading readers write
    for block, size, out in zip(page.blocks, prose, aside, strict=True):
        inside = remarks is not None and remarks in ancestors_of(page, block)
        if not inside and _opens_remarks(page, block, before, total):
            remarks, inside = page.containers[block.container].parent, True
        texts.append("" if inside or out or leads_elsewhere(page, block) else block.text)
        before += size
    return texts


def _opens_remarks(page: PageBlocks, block: Block, before: int, prose: int) -> bool:
    """Whether it heads what readers write: behind some prose as a heading, behind most of it as
    any line. "12 comments" below a headline only leads there."""
    if not before or not opens_comments(block.text):
        return False
    is_heading = page.containers[block.container].tag in _HEADINGS
    return is_heading or (not block.linked and 2 * before >= prose)


def ask_engine(tree: HtmlElement, *, fast: bool) -> str:
    """trafilatura's text; `fast` leaves out its comparison with other extractors."""
    found = bare_extraction(tree, fast=fast, include_comments=False, with_metadata=False)
    return getattr(found, "text", None) or ""


def _joined(texts: Sequence[str], features: Features, choice: Choice, method: Method) -> PageText:
    kept = (choice.kept & ~_captions(features, choice)) | _corrections(texts, choice)
    places = [int(place) for place in np.flatnonzero(kept) if texts[int(place)]]
    linked = features.linked[places].sum() / max(1.0, float(features.words[places].sum()))
    text = "\n".join(texts[place] for place in places)
    return PageText(text, method, choice.expected_f1, float(linked))


def _captions(features: Features, choice: Choice) -> NDArray[np.bool_]:
    """What stands below pictures is no part of the text, but for a story told in pictures."""
    captions = choice.kept & features.captions
    of_text = features.words[choice.kept].sum()
    in_pictures = 2 * features.words[captions].sum() > of_text
    return np.zeros_like(captions) if in_pictures else captions


def _corrections(texts: Sequence[str], choice: Choice) -> NDArray[np.bool_]:
    """The lines next to the chosen ones that say what was wrong before: no model learns them, since
    one page in a hundred has one."""
    found = np.zeros(len(texts), dtype=np.bool_)
    places = np.flatnonzero(choice.kept)
    if len(places):
        first, last = max(0, int(places[0]) - NEAR), int(places[-1]) + NEAR
        for place, text in enumerate(texts[first : last + 1], first):
            found[place] = corrects(text)
    return found
