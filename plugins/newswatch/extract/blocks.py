"""A page cut into blocks of text, each with the containers that it stands in: one walk, no verdict.

A block is what a browser sets as one run of lines: the text between two tags that are not inline,
or between two empty lines. Nothing that a reader may see is left out here; which blocks are the
article is decided by `choice`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from newswatch.extract.asides import invitations_in
from newswatch.extract.class_words import GROUPS, HIDDEN, groups_of
from newswatch.text.scripts import words_in

FAR = 12  # a landmark or a group further up than this counts as so far
LANDMARKS = (
    *("article", "main", "nav", "aside", "footer", "header", "figure", "form", "table", "ul"),
    *("ol", "button", "a", "blockquote", "section", "details"),
)
_LANDMARK_BIT = {tag: 1 << place for place, tag in enumerate(LANDMARKS)}
_NEVER_TEXT = (
    *("script", "style", "template", "svg", "canvas", "iframe", "object", "embed", "audio"),
    *("video", "input", "select", "textarea", "map", "link", "meta", "head", "rt", "rp", "rtc"),
)
_LABEL_WORDS = 4
_COLON_AND_BLANKS = 4  # characters
_ALL_LINKED = 0.95
_LEAST_HEADLINE = 3  # words
_PARAGRAPHS_OR_PARTS = frozenset(("p", "div", "aside", "section"))
_CAPTION_DEPTH = 3
_SENTENCE_END = re.compile("[.!?。！？؟।…][\\s\"'”“»’)\\]]*$")
_LABEL = re.compile(r"(?P<label>[^:：|»→►▶]{0,60})[:：|»→►▶]")
_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em"),
        *("font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span"),
        *("strong", "strike", "sub", "sup", "time", "tt", "u", "var", "wbr", "ruby", "rb", "img"),
        *("picture", "source", "nobr", "del", "noscript"),
    )
)
_BOLD = frozenset(("b", "strong", "em", "i"))
_NO_GROUPS: frozenset[int] = frozenset()
_Close = Callable[[], None]
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
_FOOTNOTE = re.compile(r"\W*(\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[a-z*†‡])\W*")
_LONGEST_MARK = 12  # characters
_TO_NOTE = re.compile(r"#(?:_?f(?:oot)?n|_?(?:cite|end)?_?note|ref)[\w-]*\d", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n")  # of preformatted text


class Block(NamedTuple):
    """One run of text; counts are in characters but for `anchors`, the links in it."""

    text: str
    linked: int
    anchors: int
    bold: int
    container: int  # place of its innermost container in `PageBlocks.containers`


class Container(NamedTuple):  # a page has thousands: made in a fifth of a dataclass's time
    """An element that holds blocks; parents come before their children."""

    parent: int  # -1 for the page itself
    tag: str
    names: str  # class, id, itemprop, role
    depth: int
    landmarks: int  # bit i: LANDMARKS[i] is its tag, or that of a container around it
    named_at: tuple[int, ...]  # per group of class words the depth at which it was last named
    article: int  # place of the nearest <article>; -1: none
    hidden: bool  # the page says that no browser shows it
    asks: bool  # it asks its reader to type something


_PAGE = Container(-1, "", "", 0, 0, (-FAR,) * len(GROUPS), -1, hidden=False, asks=False)


@dataclass(slots=True)
class PageBlocks:
    """The blocks of a page in the order of its markup."""

    blocks: list[Block] = field(default_factory=list)
    containers: list[Container] = field(default_factory=lambda: [_PAGE])


def blocks_of(tree: HtmlElement) -> PageBlocks:
    """Cut a page into blocks; the tree is used up."""
    for template in list(tree.iter("template")):
        if template.get("shadowrootmode"):  # a browser shows it in place
            template.tag = "div"
    asking = invitations_in(tree)
    etree.strip_elements(tree, *_NEVER_TEXT, with_tail=False)
    _drop_footnote_marks(tree)
    for words in list(tree.iter(*_INLINE)):
        attributes = words.items()
        if attributes and _is_hidden(words.tag, dict(attributes)):
            words.drop_tree()
    page = _Walk(asking).over(tree)
    page.blocks = _shown(page)
    return page


def ancestors_of(page: PageBlocks, block: Block) -> Iterator[int]:
    """The places of the containers that a block stands in, the innermost first."""
    place = block.container
    while place >= 0:
        yield place
        place = page.containers[place].parent


def is_caption(page: PageBlocks, block: Block) -> bool:
    """Whether it stands below a picture, as HTML has it."""
    boxes = islice(ancestors_of(page, block), _CAPTION_DEPTH)
    return any(page.containers[place].tag == "figcaption" for place in boxes)


def leads_elsewhere(page: PageBlocks, block: Block) -> bool:
    """Whether it is the headline of another article: a label and one link ("Trending: Storm nears
    the coast"), or a paragraph that is one link and no sentence."""
    if block.anchors != 1:
        return False
    if block.linked >= _ALL_LINKED * len(block.text):
        words = len(block.text.split())
        in_paragraph = page.containers[block.container].tag in _PARAGRAPHS_OR_PARTS
        return in_paragraph and words >= _LEAST_HEADLINE and not ends_sentence(block.text)
    return _is_labelled_link(block)


def ends_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text[-12:]) is not None


def _is_labelled_link(block: Block) -> bool:
    found = _LABEL.match(block.text)
    if found is None or not block.linked:
        return False
    unlinked = len(block.text) - block.linked
    label = len(found["label"])
    return (
        label <= unlinked <= label + _COLON_AND_BLANKS and words_in(found["label"]) <= _LABEL_WORDS
    )


def _shown(page: PageBlocks) -> list[Block]:
    """The blocks that the page does not hide; all of them where it hides more than it shows, for
    then a script will show them."""
    shown = [block for block in page.blocks if not page.containers[block.container].hidden]
    size = sum(len(block.text) for block in page.blocks)
    return shown if 2 * sum(len(block.text) for block in shown) >= size else page.blocks


def _drop_footnote_marks(tree: HtmlElement) -> None:
    """A mark that leads to a note on the page is no part of its word."""
    for raised in list(tree.iter("sup")):
        links = [*raised.iter("a"), *raised.iterancestors("a")]
        if any(map(_leads_to_note, links)) or (not links and _is_note_number(raised)):
            raised.drop_tree()
    for link in list(tree.iter("a")):
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


class _Walk:
    """The state of one walk over a tree."""

    def __init__(self, asking: frozenset[HtmlElement]) -> None:
        self._asking = asking
        self._page = PageBlocks()
        self._here = 0
        self._texts: list[str] = []
        self._linked = self._anchors = self._bold = 0
        self._in_links = self._in_bold = self._in_pre = 0
        self._line_ended = False

    def over(self, tree: HtmlElement) -> PageBlocks:
        walk = etree.iterwalk(tree, events=("start", "end"))
        open_elements: list[_Close | None] = []  # what is to be done at the end of each
        for event, element in walk:
            if event == "end":
                close = open_elements.pop()
                if close is not None:
                    close()
                text = element.tail
            else:
                tag = element.tag
                if not isinstance(tag, str):
                    walk.skip_subtree()  # its end comes all the same, with the text behind it
                    open_elements.append(None)
                    continue
                open_elements.append(self._open(element, tag))
                text = element.text
            if text:
                self._add(text)
        self._flush()
        return self._page

    def _open(self, element: HtmlElement, tag: str) -> _Close | None:
        if tag == "a":
            self._in_links += 1
            self._anchors += 1
            return self._close_link
        if tag in _BOLD:
            self._in_bold += 1
            return self._close_bold
        if tag == "br":
            if self._line_ended:
                self._flush()
            self._texts.append("\n")
            self._line_ended = True
            return None
        if tag in _INLINE:
            return None
        if tag == "button" and self._page.containers[self._here].tag in _PHRASING_PARENTS:
            return None
        self._enter(element, tag)
        if tag == "pre":
            self._in_pre += 1
            return self._close_pre
        return self._leave

    def _close_link(self) -> None:
        self._in_links -= 1

    def _close_bold(self) -> None:
        self._in_bold -= 1

    def _close_pre(self) -> None:
        self._in_pre -= 1
        self._leave()

    def _enter(self, element: HtmlElement, tag: str) -> None:
        self._flush()
        containers = self._page.containers
        around = containers[self._here]
        names, hidden = _names_of(element)
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
                self._here,
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
        self._here = place

    def _leave(self) -> None:
        self._flush()
        self._here = self._page.containers[self._here].parent

    def _add(self, text: str) -> None:
        if text.isspace():
            if self._texts:
                self._texts.append(" ")
            return
        paragraphs = _PARAGRAPHS.split(text) if self._in_pre else [text]
        for place, paragraph in enumerate(paragraphs):
            if place:
                self._flush()
            self._texts.append(paragraph.replace("\n", " "))
            self._line_ended = False
            if self._in_links:
                self._linked += len(paragraph)
            if self._in_bold:
                self._bold += len(paragraph)

    def _flush(self) -> None:
        if not self._texts:
            self._anchors = 0
            return
        lines = (" ".join(line.split()) for line in "".join(self._texts).split("\n"))
        text = "\n".join(filter(None, lines))
        if text:
            block = Block(text, self._linked, self._anchors, self._bold, self._here)
            self._page.blocks.append(block)
        self._texts = []
        self._linked = self._anchors = self._bold = 0
        self._line_ended = False


def _names_of(element: HtmlElement) -> tuple[str, bool]:
    """What an element is called, and whether the page says that it is not shown."""
    attributes = dict(element.items())  # at once: each question to the element costs as much
    if not attributes:
        return "", element.tag == "dialog"
    get = attributes.get
    kind = get("data-testid") or get("data-component") or get("role")
    names = " ".join(filter(None, (get("class"), get("id"), get("itemprop"), kind)))
    return names, get("aria-hidden") == "true" or _is_hidden(element.tag, attributes)


def _is_hidden(tag: object, attributes: Mapping[str, str]) -> bool:
    """By an attribute, its style, its tag or its class."""
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or bool(style and _HIDING_STYLE.search(style))
        or (tag == "dialog" and "open" not in attributes)
        or _is_read_out(attributes.get("class", ""))
    )


@lru_cache(maxsize=10_000)
def _is_read_out(classes: str) -> bool:
    return not _READ_OUT.isdisjoint(classes.split())
