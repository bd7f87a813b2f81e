"""The article's own text: trafilatura's, JSON-LD's where that is evidently better, and tidied."""

from __future__ import annotations

import html
import re

from lxml.etree import strip_elements
from lxml.html import HtmlElement, document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import use_config

from newswatch.extract.kind import words_in
from newswatch.extract.tree import clear, narrowed
from newswatch.models import BodySource

SUSPICIOUS = 500  # characters
_CONFIG = use_config()
_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "100")

# Lines that outlets put between or behind paragraphs and that are no part of the article.
_FURNITURE = re.compile(
    r"^(?:(?:read|see|watch|listen)\s+(?:also|more|next|now|on)\b.{0,120}|related:?.{0,80}|"
    r"advertisement|anzeige|publicité|publicidad|реклама|share(?: this)?(?: article| story)?|"
    r"follow us on .{0,60}|sign up (?:for|to) .{0,120}|subscribe to .{0,100}newsletter.{0,40}|"
    r"(?:photo|image|foto|picture)(?: credit)?:.{0,120}|\(?(?:ap|afp|reuters) photo.{0,80}|"
    r"lesen sie auch:?.{0,120}|mehr zum thema:?.{0,80}|lire aussi\s*:?.{0,120}|"
    r"lee también:?.{0,120}|leggi anche:?.{0,120}|читайте также:?.{0,120}|"
    r"all rights reserved\.?|copyright ©?.{0,80}|comments?|loading\.{0,3}|"
    r"most read|more on this story)$",
    re.IGNORECASE,
)


def body_of(tree: HtmlElement, claimed: str | None) -> tuple[str, BodySource]:
    """Paragraphs joined by newlines, and where they come from; the tree is cleared on the way.

    trafilatura's own rules on the article's part of the page come first. The whole page, and its
    slow comparison with other extractors, only where that left too little: on one page in twenty.

    `claimed` is JSON-LD's articleBody. It is right on most pages that have one, but cut or
    flattened on a fifth of them: it is taken only where it holds far more than the page gave.
    """
    other = tidy(plain(claimed)) if claimed else ""
    clear(tree)
    part, prose = narrowed(tree)
    text = _extracted(part, fast=True)
    if len(text) < SUSPICIOUS or len(text) < 0.7 * len(other) or len(text) < 0.3 * prose:
        text = max(text, _extracted(tree, fast=False), key=len)
    if words_in(other) > 60 and len(other) > 1.6 * len(text):
        return other, "json-ld"
    return text, "page"


def _extracted(tree: HtmlElement, *, fast: bool) -> str:
    found = bare_extraction(tree, fast=fast, include_comments=False, config=_CONFIG)
    return tidy(getattr(found, "text", None) or "")


def tidy(text: str) -> str:
    """Paragraphs without furniture and without the same line twice in a row."""
    kept: list[str] = []
    for line in text.splitlines():
        line = re.sub(r"\s+", " ", line).strip(" \t|")
        if line and not _FURNITURE.match(line) and (not kept or kept[-1] != line):
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
