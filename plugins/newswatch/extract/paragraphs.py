"""Paragraphs, a line each: out of an article's markup, and without what is no part of them.

It imports no extractor, for who reads feeds alone.
"""

from __future__ import annotations

from lxml.etree import strip_elements
from lxml.html import HtmlElement, document_fromstring, tostring

from newswatch.extract.blocks import PROSE_CHARACTERS
from newswatch.text.furniture import is_furniture
from newswatch.text.invisible import as_typed
from newswatch.text.markup import plain_text


def tidy(text: str) -> str:
    """Paragraphs without furniture, each once, and without the same line twice in a row; letters
    as they are typed: composed (NFC), and no ligatures of print."""
    kept: list[str] = []
    paragraphs: set[str] = set()
    for line in as_typed(text).splitlines():
        line = " ".join(line.split()).strip(" |")
        if not line or is_furniture(line) or kept[-1:] == [line] or line in paragraphs:
            continue
        kept.append(line)
        if len(line) >= PROSE_CHARACTERS:  # a shorter one may be a refrain
            paragraphs.add(line)
    return "\n".join(kept)


def plain(markup: str) -> str:
    """The text of an article's markup, a line a block, without figures and asides."""
    if "<" in markup:
        tree: HtmlElement = document_fromstring(f"<div>{markup}</div>")
        strip_elements(tree, "script", "style", "figure", "aside", with_tail=False)
        markup = tostring(tree, encoding="unicode")
    return plain_text(markup)
