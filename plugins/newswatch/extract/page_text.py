"""The text that a page shows as its article: by the model of its blocks, the engine as a vote.

trafilatura is the engine. It is asked where the model expects its own choice to be poor, on about
one page in four; where it stays unsure with the vote, on one in a hundred, the engine's text is
taken as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from newswatch.extract.blocks import blocks_of
from newswatch.extract.choice import Choice, choose, choose_with_vote
from newswatch.extract.features import About, Features, features_of, squeezed
from newswatch.extract.forest import Forest

SURE = 0.95  # expected F1; below it the engine is asked
UNSURE = 0.7  # expected F1, with the vote; below it the engine's own text is as good
COVERS = 0.8  # of the chosen words; where the engine's fast text has fewer, its slow one is asked
MOST_BLOCKS = 4_000  # no article has more, and the features of 29,000 take eleven seconds


Method = Literal["blocks", "blocks-and-engine", "engine"]


@dataclass(frozen=True, slots=True)
class PageText:
    """Paragraphs joined by newlines, how they were chosen, and the F1 (0..1) to expect of them."""

    text: str
    method: Method
    expected_f1: float


NO_TEXT = PageText("", "blocks", 0.0)


class Engine(Protocol):
    """Another extractor's text of the same page."""

    def __call__(self, *, fast: bool) -> str: ...


def text_of_page(forest: Forest, tree: HtmlElement, about: About) -> PageText:
    """The article's text; the tree is used up. Empty where the page has no blocks or too many."""
    cut = blocks_of(tree)
    if not 0 < len(cut.blocks) <= MOST_BLOCKS:
        return NO_TEXT

    def engine(*, fast: bool) -> str:
        return ask_engine(tree, fast=fast)

    texts = [block.text for block in cut.blocks]
    return text_by_blocks(forest, texts, features_of(cut, about), engine)


def text_by_blocks(
    forest: Forest, texts: Sequence[str], features: Features, engine: Engine
) -> PageText:
    """The chosen ones of `texts`, the page's blocks."""
    choice = choose(forest, features)
    if choice.expected_f1 >= SURE:
        return _joined(texts, choice, "blocks")
    found = engine(fast=True)
    if len(found.split()) < COVERS * features.words[choice.kept].sum():
        found = engine(fast=False) or found
    voted = choose_with_vote(forest, features, squeezed(found))
    if voted.expected_f1 < UNSURE and (found := engine(fast=False)):
        return PageText(found, "engine", voted.expected_f1)
    return _joined(texts, voted, "blocks-and-engine")


def ask_engine(tree: HtmlElement, *, fast: bool) -> str:
    """trafilatura's text; `fast` leaves out its comparison with other extractors."""
    found = bare_extraction(tree, fast=fast, include_comments=False, with_metadata=False)
    return getattr(found, "text", None) or ""


def _joined(texts: Sequence[str], choice: Choice, method: Method) -> PageText:
    chosen = "\n".join(texts[int(place)] for place in np.flatnonzero(choice.kept))
    return PageText(chosen, method, choice.expected_f1)
