"""The article's own text: trafilatura's, JSON-LD's where that is evidently better, and tidied."""

from __future__ import annotations

import html
import re
from copy import deepcopy

from lxml.etree import strip_elements
from lxml.html import HtmlElement, document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import use_config

from newswatch.extract.kind import words_in
from newswatch.models import BodySource

SUSPICIOUS = 900  # characters
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


def body_of(tree: HtmlElement, url: str, claimed: str | None) -> tuple[str, BodySource]:
    """Paragraphs joined by newlines, and where they come from.

    `claimed` is JSON-LD's articleBody. It is right on most pages that have one, but cut or
    flattened on a fifth of them: it is taken only where it holds far more than the page gave.
    """
    tree = _without_layout_tables(tree)
    other = tidy(plain(claimed)) if claimed else ""
    text = _extracted(tree, url, fast=True)
    if len(text) < SUSPICIOUS or len(text) < 0.7 * len(other):
        text = max(text, _extracted(tree, url, fast=False), key=len)
    if words_in(other) > 60 and len(other) > 1.6 * len(text):
        return other, "json-ld"
    return text, "page"


def _extracted(tree: HtmlElement, url: str, *, fast: bool) -> str:
    """trafilatura's own heuristics first; its slow comparison with other extractors only if they
    leave too little: it helps one page in twenty."""
    found = bare_extraction(
        deepcopy(tree), url=url, fast=fast, include_comments=False, config=_CONFIG
    )
    return tidy(getattr(found, "text", None) or "")


def _without_layout_tables(tree: HtmlElement) -> HtmlElement:
    """A cell with paragraphs is a column of the page, not a figure: its table becomes divs."""
    for cell in list(tree.iter("td")):
        if sum(1 for _ in cell.iter("p")) >= 2:
            for element in (cell, *cell.iterancestors("tr", "tbody", "table")):
                element.tag = "div"
    return tree


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
