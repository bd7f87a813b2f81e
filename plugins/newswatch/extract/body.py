"""The article's own text: trafilatura's, JSON-LD's where that is evidently better, and tidied."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from lxml.etree import strip_elements
from lxml.html import HtmlElement, document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import use_config

from newswatch.extract.confidence import Expectation, confidence_of
from newswatch.extract.tree import clear, narrowed
from newswatch.models import BodySource, ExtractionMethod
from newswatch.text.furniture import is_furniture
from newswatch.text.invisible import without_unseen
from newswatch.text.scripts import spaceless_in, words_in

SUSPICIOUS = 500  # characters
ENOUGH_WORDS = 60  # of a body in JSON-LD
FAR_MORE = 1.6  # times the text of the page
MOST_POSTS = 50
_CONFIG = use_config()
_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "100")


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article, where it comes from, and how sure that is (0..1)."""

    text: str
    source: BodySource
    method: ExtractionMethod
    confidence: float


def body_of(tree: HtmlElement, article: Mapping[str, Any], summaries: Sequence[str]) -> Body:
    """Paragraphs joined by newlines; the tree is cleared on the way.

    trafilatura's own rules on the article's part of the page come first. The whole page, and then
    its slow comparison with other extractors, only where that left too little, or a text that is
    not made of the page's paragraphs: on one page in thirty.

    `article` is the page's JSON-LD node. Its articleBody is right on most pages that have one, but
    cut or flattened on a fifth of them: it is taken only where it holds far more than the page, or
    where the page has no paragraphs and its text holds far more than that. `summaries` are what the
    page and the feed say it is about; they tell how sure the result is.
    """
    claimed = tidy(plain(article["articleBody"])) if _is_text(article.get("articleBody")) else ""
    clear(tree)
    part, prose = narrowed(tree)
    text, method = _of_page(tree, part, prose, claimed)
    source: BodySource = "page"
    if words_in(claimed) > ENOUGH_WORDS and (
        len(claimed) > FAR_MORE * len(text)
        or (_is_shapeless(text, prose) and len(text) > 1.3 * len(claimed))
    ):
        text, source, method = claimed, "json-ld", "json-ld"
    posts = newest_posts(article)
    if words_in(posts) > ENOUGH_WORDS and len(posts) > FAR_MORE * len(text):
        text, source, method = posts, "json-ld", "live-posts"
    evidence = Expectation(prose, claimed, tuple(summaries))
    return Body(text, source, method, confidence_of(text, evidence))


def _of_page(
    tree: HtmlElement, part: HtmlElement, prose: int, claimed: str
) -> tuple[str, ExtractionMethod]:
    shown = len(tree.text_content())

    def is_too_little(text: str) -> bool:
        return _weight(text) < min(SUSPICIOUS, shown / 2) or len(text) < max(
            0.7 * len(claimed), 0.3 * prose
        )

    text = _extracted(part, fast=True)
    if is_too_little(text) and part is not tree:
        text = max(text, _extracted(tree, fast=True), key=len)
    too_little = is_too_little(text)
    if too_little or (_is_shapeless(text, prose) and len(text) > shown / 2 and not claimed):
        compared = _extracted(tree, fast=False)
        if len(compared) > (len(text) if too_little else len(text) / 2):
            return compared, "comparison"
    return text, "rules"


def _weight(text: str) -> int:
    """Characters, those of scripts without spaces counted as what they say in Latin letters."""
    return len(text) + 2 * spaceless_in(text)


def _is_shapeless(text: str, prose: int) -> bool:
    """Whether it is not made of paragraphs: then it may be everything that the page shows."""
    return prose < 0.6 * len(text)


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str)


def newest_posts(article: Mapping[str, Any]) -> str:
    """The posts that a live blog carries in its JSON-LD, the newest first."""
    posts = article.get("liveBlogUpdate")
    found = [
        post for post in (posts if isinstance(posts, list) else [posts]) if isinstance(post, dict)
    ]
    found.sort(key=lambda post: str(post.get("datePublished", "")), reverse=True)
    texts = [
        tidy(plain(post[name]))
        for post in found[:MOST_POSTS]
        for name in ("headline", "articleBody")
        if _is_text(post.get(name))
    ]
    return "\n".join(filter(None, texts))


def _extracted(tree: HtmlElement, *, fast: bool) -> str:
    found = bare_extraction(tree, fast=fast, include_comments=False, config=_CONFIG)
    return tidy(getattr(found, "text", None) or "")


def tidy(text: str) -> str:
    """Paragraphs without furniture and without the same line twice in a row."""
    kept: list[str] = []
    for line in without_unseen(text).splitlines():
        line = re.sub(r"\s+", " ", line).strip(" \t|")
        if line and not is_furniture(line) and (not kept or kept[-1] != line):
            kept.append(line)
    return "\n".join(kept)


def plain(markup: str) -> str:
    """The text of a piece of HTML, a line a block; text without markup stays as it is."""
    if "<" not in markup:
        return html.unescape(markup)
    tree: HtmlElement = document_fromstring(f"<div>{markup}</div>")
    strip_elements(tree, "script", "style", "figure", "aside", with_tail=False)
    for element in tree.iter("p", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "div", "tr"):
        element.tail = "\n" + (element.tail or "")
    return str(tree.text_content())
