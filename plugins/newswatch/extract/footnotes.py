"""Marks in a text that lead to a note on the same page."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from newswatch.extract.tree import elements_of

_FOOTNOTE = re.compile(r"\W*(\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[a-z*†‡])\W*")
_LONGEST_MARK = 12  # characters
_MAY_LEAD_TO_NOTE = etree.XPath("descendant::a[contains(@href, '#') or @role = 'doc-noteref']")
_TO_NOTE = re.compile(r"#(?:_?f(?:oot)?n|_?(?:cite|end)?_?note|ref)[\w-]*\d", re.IGNORECASE)


def drop_footnote_marks(tree: HtmlElement) -> None:
    """A mark that leads to a note on the page is no part of its word."""
    for raised in list(tree.iter("sup")):
        links = [*raised.iter("a"), *raised.iterancestors("a")]
        if any(map(_leads_to_note, links)) or (not links and _is_note_number(raised)):
            raised.drop_tree()
    for link in elements_of(_MAY_LEAD_TO_NOTE, tree):
        text = link.text or ""
        if (
            len(text) <= _LONGEST_MARK
            and _FOOTNOTE.fullmatch(text.strip())
            and _leads_to_note(link)
        ):
            link.drop_tree()


def _leads_to_note(link: HtmlElement) -> bool:
    href = link.get("href") or ""
    return href.startswith("#") or bool(_TO_NOTE.search(href)) or link.get("role") == "doc-noteref"


def _is_note_number(raised: HtmlElement) -> bool:
    """Whether a bare raised number follows a word or a stop: after a unit it is a power."""
    text = raised.text_content().strip()
    before = (raised.getprevious().tail if raised.getprevious() is not None else None) or ""
    before = before or (getattr(raised.getparent(), "text", None) or "")
    word = re.search(r"(\w+)\W?$", before)
    return bool(_FOOTNOTE.fullmatch(text)) and word is not None and len(word[1]) > 3
