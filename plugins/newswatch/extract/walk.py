"""A page cut into blocks: one walk over its tree, no verdict.

Nothing that a reader may see is left out here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from lxml import etree
from lxml.html import HtmlElement

from newswatch.extract.asides import invitations_in
from newswatch.extract.blocks import LANDMARKS, Block, Container, PageBlocks
from newswatch.extract.class_words import HIDDEN, groups_of
from newswatch.extract.footnotes import drop_footnote_marks

_LANDMARK_BIT = {tag: 1 << place for place, tag in enumerate(LANDMARKS)}
_NEVER_TEXT = (
    *("script", "style", "template", "svg", "canvas", "iframe", "object", "embed", "audio"),
    *("video", "input", "select", "textarea", "map", "link", "meta", "head", "rt", "rp", "rtc"),
)
_Role = Literal["box", "link", "bold", "break", "word", "skipped"]
_ROLES: dict[str, _Role] = {
    **dict.fromkeys(
        (
            *("abbr", "acronym", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "font"),
            *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "sub"),
            *("sup", "time", "tt", "u", "var", "wbr", "ruby", "rb", "img", "picture", "source"),
            *("nobr", "del", "noscript"),
        ),
        "word",
    ),
    **dict.fromkeys(("b", "strong", "em", "i"), "bold"),
    "a": "link",
    "br": "break",
}  # what an element does to the line that it stands in; any other is a box
_NO_GROUPS: frozenset[int] = frozenset()
_Attributes = Sequence[tuple[str, str]]
# HTML's phrasing content: a control inside one of these is a word of its sentence.
_PHRASING_PARENTS = frozenset(
    ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dd", "dt", "figcaption")
)
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|"
    r"(?:left|top|text-indent)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
# Of the large style sheets (Bootstrap, Tailwind, WordPress): for screen readers only. Their classes
# for what is not shown yet ("hidden", "d-none") stand on answers that a reader opens as well.
_READ_OUT = frozenset(("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"))
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n")  # of preformatted text


def blocks_of(tree: HtmlElement) -> PageBlocks:
    """Cut a page into blocks; the tree is used up."""
    for template in list(tree.iter("template")):
        if template.get("shadowrootmode"):  # a browser shows it in place
            template.tag = "div"
    asking = invitations_in(tree)
    etree.strip_elements(tree, *_NEVER_TEXT, with_tail=False)
    drop_footnote_marks(tree)
    page = _Walk(asking).over(tree)
    page.blocks = _shown(page)
    return page


def _shown(page: PageBlocks) -> list[Block]:
    """The blocks that the page does not hide; all of them where it hides more than it shows, for
    then a script will show them."""
    shown = [block for block in page.blocks if not page.containers[block.container].hidden]
    size = sum(len(block.text) for block in page.blocks)
    return shown if 2 * sum(len(block.text) for block in shown) >= size else page.blocks


class _Walk:
    """The state of one walk over a tree."""

    def __init__(self, asking: frozenset[HtmlElement]) -> None:
        self._asking = asking
        self._page = PageBlocks()
        self._boxes: list[HtmlElement] = []  # the open elements that are not inline
        self._places: list[int] = []  # of each among the page's containers; -1 while it has no text
        self._texts: list[str] = []
        self._linked = self._anchors = self._bold = 0
        self._in_links = self._in_bold = self._in_pre = 0
        self._line_ended = False

    def over(self, tree: HtmlElement) -> PageBlocks:
        """The page's blocks; the tree loses its hidden words."""
        hidden_words: list[HtmlElement] = []
        roles: list[_Role] = []  # of the open elements
        walk = etree.iterwalk(tree, events=("start", "end"))
        # In one loop: a method for each event is dearer (bench-extract).
        for event, element in walk:
            if event == "start":
                tag = element.tag
                role = _ROLES.get(tag, "box")
                if role == "box":
                    if not isinstance(tag, str):
                        role = "skipped"
                    elif tag == "button" and self._is_in_phrase():
                        role = "word"
                    else:
                        self._part()
                        self._boxes.append(element)
                        self._places.append(-1)
                        self._in_pre += tag == "pre"
                elif (attributes := element.items()) and _is_hidden(attributes):
                    role = "skipped"
                    hidden_words.append(element)
                elif role == "link":
                    self._in_links += 1
                    self._anchors += 1
                elif role == "bold":
                    self._in_bold += 1
                roles.append(role)
                if role == "skipped":
                    walk.skip_subtree()  # its end comes all the same, with the text behind it
                    continue
                text = element.text
            else:
                role = roles.pop()
                if role == "box":
                    self._part()
                    self._places.pop()
                    self._in_pre -= self._boxes.pop().tag == "pre"
                elif role == "link":
                    self._in_links -= 1
                elif role == "bold":
                    self._in_bold -= 1
                elif role == "break":
                    self._end_line()
                text = element.tail
            if text:
                if not text.isspace():
                    self._add(text)
                elif self._texts:
                    self._texts.append(" ")
        self._part()
        for element in hidden_words:
            element.drop_tree()
        return self._page

    def _is_in_phrase(self) -> bool:
        return bool(self._boxes) and self._boxes[-1].tag in _PHRASING_PARENTS

    def _end_line(self) -> None:
        """A second line end in a row parts what stands around it."""
        if self._line_ended:
            self._part()
        self._texts.append("\n")
        self._line_ended = True

    def _add(self, text: str) -> None:
        paragraphs = _PARAGRAPHS.split(text) if self._in_pre else [text]
        for place, paragraph in enumerate(paragraphs):
            if place:
                self._part()
            self._texts.append(paragraph.replace("\n", " "))
            self._line_ended = False
            if self._in_links:
                self._linked += len(paragraph)
            if self._in_bold:
                self._bold += len(paragraph)

    def _part(self) -> None:
        """What was read since the last time is a block, if it is any text."""
        if not self._texts:
            self._anchors = 0
            return
        text = "".join(self._texts)
        if "\n" in text:
            lines = (" ".join(line.split()) for line in text.split("\n"))
            text = "\n".join(filter(None, lines))
        else:
            text = " ".join(text.split())
        if text:
            block = Block(text, self._linked, self._anchors, self._bold, self._container())
            self._page.blocks.append(block)
        self._texts = []
        self._linked = self._anchors = self._bold = 0
        self._line_ended = False

    def _container(self) -> int:
        """The place of the innermost open box. A box is listed when the first text in it comes, and
        what holds none never, as on many pages every fifth."""
        places = self._places
        if not places:
            return 0
        if places[-1] < 0:
            for depth in range(places.index(-1), len(places)):
                around = places[depth - 1] if depth else 0
                places[depth] = self._listed(self._boxes[depth], around)
        return places[-1]

    def _listed(self, element: HtmlElement, parent: int) -> int:
        containers = self._page.containers
        around = containers[parent]
        tag, attributes = element.tag, element.items()
        names, hidden = _names_in(attributes), _is_hidden_box(tag, attributes)
        depth = around.depth + 1
        named_at = around.named_at
        groups = groups_of(names) if names else _NO_GROUPS
        if hidden:
            groups |= {HIDDEN}
        if groups:
            depths = list(named_at)
            for group in groups:
                depths[group] = depth
            named_at = tuple(depths)
        place = len(containers)
        containers.append(
            Container(
                parent,
                tag,
                names,
                depth,
                around.landmarks | _LANDMARK_BIT.get(tag, 0),
                named_at,
                place if tag == "article" else around.article,
                hidden or around.hidden,
                around.asks or element in self._asking,
            )
        )
        return place


def _names_in(attributes: _Attributes) -> str:
    """What an element is called, by its class, id and the like."""
    if not attributes:
        return ""
    if len(attributes) == 1 and attributes[0][0] in ("class", "id"):
        return attributes[0][1]
    get = dict(attributes).get
    kind = get("data-testid") or get("data-component") or get("role")
    return " ".join(filter(None, (get("class"), get("id"), get("itemprop"), kind)))


def _is_hidden_box(tag: str, attributes: _Attributes) -> bool:
    """Of an element that is not inline."""
    if tag == "dialog" and all(name != "open" for name, _ in attributes):
        return True
    return bool(attributes) and (("aria-hidden", "true") in attributes or _is_hidden(attributes))


def _is_hidden(attributes: _Attributes) -> bool:
    """By an attribute, a style or a class."""
    for name, value in attributes:
        if name == "class":
            if _is_read_out(value):
                return True
        elif name == "hidden" or (name == "style" and _HIDING_STYLE.search(value)):
            return True
    return False


@lru_cache(maxsize=10_000)
def _is_read_out(names: str) -> bool:
    return not _READ_OUT.isdisjoint(names.split())
