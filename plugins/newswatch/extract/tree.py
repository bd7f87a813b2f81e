"""The tree of a page: parsed once, cleared of what is never read, narrowed to the article."""

from __future__ import annotations

from collections import Counter
from copy import copy

from lxml import etree
from lxml.html import HtmlComment, HtmlElement

_NOISE = (
    *("head", "script", "style", "noscript", "template", "link", "meta", "svg", "canvas", "map"),
    *("iframe", "object", "embed", "video", "audio", "dialog"),
    *("button", "input", "select", "textarea", "nav", "menu", "footer", "aside"),
)
_HIDDEN = frozenset(("head", "script", "style", "noscript", "template", "svg"))
_CONTAINERS = frozenset(("article", "div", "main", "section"))
_LEAST_PARAGRAPH = 40  # characters; a shorter one is a label
_LEAST_PROSE = 600  # characters; with less of it no part of the page stands out
_SHARE = 0.7  # of the page's prose that the article's part must hold
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


def clear(tree: HtmlElement) -> None:
    """Drop, in place, what holds no article text: it would be copied and searched many times."""
    etree.strip_elements(tree, *_NOISE, with_tail=False)
    for figure in list(tree.iter("figure")):
        if figure.find(".//table") is None:
            figure.drop_tree()
    _dissolve_layout_tables(tree)


def _dissolve_layout_tables(tree: HtmlElement) -> None:
    """A cell with paragraphs is a column of the page, not a figure: its table becomes divs."""
    for cell in list(tree.iter("td")):
        if sum(1 for _ in cell.iter("p")) >= 2:
            for element in (cell, *cell.iterancestors("tr", "tbody", "table")):
                element.tag = "div"


def narrowed(tree: HtmlElement) -> tuple[HtmlElement, int]:
    """A page of the article's part alone, and the characters of prose on the whole page.

    The part is the innermost container of most paragraphs. The tree itself comes back where
    nothing stands out; it stays as it is.
    """
    prose: Counter[HtmlElement] = Counter()
    for paragraph in tree.iter("p"):
        size = len(paragraph.text_content())
        parent = paragraph.getparent()
        if size >= _LEAST_PARAGRAPH and parent is not None:
            prose[parent] += size
    total = prose.total()
    for parent, size in list(prose.items()):
        for ancestor in parent.iterancestors():
            prose[ancestor] += size
    body = tree.find("body")
    if body is None or total < _LEAST_PROSE:
        return tree, total
    part = body
    while True:
        inner = next((child for child in part if prose[child] >= _SHARE * total), None)
        if inner is None or inner.tag not in _CONTAINERS:
            break
        part = inner
    return (tree if part is body else _page_of(part)), total


def _page_of(part: HtmlElement) -> HtmlElement:
    page = part.makeelement("html")
    body = part.makeelement("body")
    page.append(body)
    body.append(copy(part))
    body[0].tail = None
    return page


def visible_text(tree: HtmlElement | None) -> str:
    """The first few thousand characters that a browser would show of a page as parsed."""
    if tree is None:
        return ""
    parts: list[str] = []
    size = 0
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag in _HIDDEN:
            walk.skip_subtree()
            continue
        piece = ((element.text if event == "start" else element.tail) or "").strip()
        if piece:
            parts.append(piece)
            size += len(piece)
        if size > _VISIBLE:
            break
    return " ".join(parts)
