"""The tree of a page as a browser would build it, and what it shows first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree
from lxml.html import HtmlComment, HtmlElement

_HIDDEN = frozenset(("head", "script", "style", "noscript", "template", "svg"))
_VISIBLE = 4_000  # characters
# What HTML forbids and libxml2 stumbles over: C0 controls but tab, LF and CR.
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")


def parse(text: str) -> HtmlElement | None:
    """The tree of a page, however deep; None if there is nothing in it."""
    if not text.strip():
        return None
    parser = etree.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    # lxml.html's own lookup calls Python for each element that is touched
    parser.set_element_class_lookup(
        etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment)
    )
    markup = text.encode("utf-8", "replace").translate(None, _CONTROLS)
    try:
        tree: HtmlElement | None = etree.fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if tree is not None:
        _mend_head(tree)
    return tree


def _mend_head(tree: HtmlElement) -> None:
    """libxml2 puts the elements of HTML 5 into the head where the body tag is left out."""
    misplaced = tree.xpath("head/*[self::article or self::header or self::main or self::section]")
    if not misplaced:
        return
    body = tree.find("body")
    if body is None:
        body = etree.SubElement(tree, "body")
    for place, element in enumerate(misplaced):
        body.insert(place, element)


def short_text(element: HtmlElement, longest: int) -> str | None:
    """The text of an element as marked up; None, without reading on, if it is longer."""
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(str(part))
        size += len(part)
        if size > longest:
            return None
    return "".join(parts)


def visible_text(tree: HtmlElement | None) -> str:
    """The first few thousand characters that a browser would show of a page as parsed."""
    return " ".join(_pieces(tree)) if tree is not None else ""


def text_outside_of_chrome(tree: HtmlElement | None) -> str:
    """The first of what a page shows from its headline on, without menus, header and footer; a
    line a piece of text."""
    if tree is None:
        return ""
    for box in list(tree.iter("nav", "header", "footer", "aside")):
        if next(box.iterancestors("article"), None) is None and next(box.iter("h1"), None) is None:
            box.drop_tree()
    heading = next(tree.iter("h1"), None)
    return "\n".join(_pieces(tree, heading))


def _pieces(tree: HtmlElement, start: HtmlElement | None = None) -> Iterator[str]:
    size = 0
    begun = start is None
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag in _HIDDEN:
            walk.skip_subtree()
            continue
        begun = begun or element is start
        piece = ((element.text if event == "start" else element.tail) or "").strip()
        if piece and begun:
            yield piece
            size += len(piece)
        if size > _VISIBLE:
            break


def elements_of(path: etree.XPath, tree: HtmlElement) -> list[HtmlElement]:
    """What a compiled path finds, in the order of the page; the path must lead to elements."""
    return cast("list[HtmlElement]", path(tree))
