"""JSON-LD as pages write it: read with its slips, and which of its nodes is this page's article."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import json_repair
from lxml.html import HtmlElement

from newswatch.extract.wording import clean, squeezed
from newswatch.text.invisible import without_unseen
from newswatch.text.words import words_of

Node = dict[str, Any]

_ARTICLE_TYPES = re.compile(
    r"(^|[/:#])(\w*Article|BlogPosting|LiveBlogPosting|Report|AnalysisNewsArticle|NewsItem)$"
)
_INTO = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_NEVER_INTO = ("author", "creator", "publisher", "image", "video", "comment", "liveBlogUpdate")
_DEEPEST = 6
_WRAPPING = re.compile(r"<!\[CDATA\[|\]\]>|<!--|-->")
_LONGEST_DAMAGED = 200_000  # characters that are mended; what is longer and damaged is left out


@dataclass(frozen=True, slots=True)
class PageNames:
    """What the page itself goes by: its addresses as `place_of` has them, its titles squeezed.

    `words` are those of a headline that two of its places (h1, og:title, title) agree on; empty
    where they do not.
    """

    places: frozenset[str]
    titles: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The objects of a page's JSON-LD that say what they are, in its order: those of the page, and
    those that stand deeper, under any other name."""

    of_page: list[Node]
    deeper: list[Node]


def read_nodes(tree: HtmlElement) -> Nodes:
    values = [parsed(script.text or "") for script in _scripts(tree)]
    of_page = [node for value in values for node in _nodes(value)]
    known = {id(node) for node in of_page}
    deeper = [node for value in values for node in _all_nodes(value) if id(node) not in known]
    return Nodes(of_page, deeper)


def _scripts(tree: HtmlElement) -> Iterator[HtmlElement]:
    return filter(is_json_ld, tree.iter("script"))


def is_json_ld(script: HtmlElement) -> bool:
    return (script.get("type") or "").lower().startswith("application/ld+json")


def parsed(text: str) -> Any:
    """The value of a JSON text: in comments, escaped as HTML, cut off, with commas too many or
    quotation marks unescaped, or of several texts in a row. None where it is none at all."""
    text = _WRAPPING.sub("", text)
    if '"' not in text:
        text = html.unescape(text)
    if text.strip().startswith('"'):
        return _unwrapped(text)
    begin = min((place for sign in "{[" if (place := text.find(sign)) >= 0), default=0)
    end = max(text.rfind("}"), text.rfind("]")) + 1
    text = text[begin : end or len(text)]
    try:
        try:
            return _cleaned(json.loads(text, strict=False))
        except ValueError:
            damaged = len(text) <= _LONGEST_DAMAGED
            return _cleaned(json_repair.loads(text, skip_json_loads=True)) if damaged else None
    except (ValueError, RecursionError):
        return None


def types_of(node: Node) -> set[str]:
    kinds = node.get("@type")
    return {str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])}


def names_of_page(addresses: Iterable[str], titles: Iterable[str]) -> PageNames:
    titles = [*titles]
    keys = [squeezed(title) for title in titles]
    agreed = (
        title
        for place, title in enumerate(titles)
        if any(key.startswith(keys[place]) for key in keys[place + 1 :])
    )
    return PageNames(
        frozenset(place for address in addresses if (place := place_of(address))),
        frozenset(keys) - {""},
        frozenset(word for title in agreed for word in _telling(title)),
    )


def own_article(nodes: Nodes, page: PageNames) -> Node:
    """The node of the page's own article; empty where the page describes none, or other ones.

    A list of teasers may hold a node for each. The page's is the one with its address, else the one
    with its headline. A node with another address and another headline is of another article, even
    where it stands alone, and so is one whose headline has no word in common with that on which
    the page agrees. Of the nodes that stand deeper only one with its address or headline is.
    """
    found = [node for node in nodes.of_page if _is_article(node) and _may_be_own(node, page)]
    found += [node for node in nodes.deeper if _is_article(node) and any(_rank(node, page)[:2])]
    return max(found, key=lambda node: _rank(node, page), default={})


def _is_article(node: Node) -> bool:
    return any(_ARTICLE_TYPES.search(kind) for kind in types_of(node))


def place_of(address: str, base: str = "") -> str:
    """Host and path, without what two spellings of one address differ in; "" for no address."""
    try:
        parts = urlsplit(urljoin(base, address))
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.hostname.removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    return host + parts.path.rstrip("/")


def _rank(node: Node, page: PageNames) -> tuple[bool, bool, bool, bool]:
    return (
        bool(_places(node, page) & page.places),
        squeezed(clean(node.get("headline"))) in page.titles,
        "LiveBlogPosting" in types_of(node),
        "headline" in node,
    )


def _may_be_own(node: Node, page: PageNames) -> bool:
    places = _places(node, page)
    if places & page.places:
        return True
    headline = clean(node.get("headline"))
    if squeezed(headline) in page.titles:
        return True
    shared = _telling(headline) & page.words
    elsewhere = bool(places) and bool(page.places)
    return not elsewhere and (not headline or not page.words or bool(shared))


def _telling(title: str) -> frozenset[str]:
    """Its words without the short ones of Latin script, which any two titles share."""
    return frozenset(word for word in words_of(title) if len(word) > 3 or not word.isascii())


def _places(node: Node, page: PageNames) -> set[str]:
    """Where a node says that its article stands; front pages are given for any article."""
    values = [node.get("url"), node.get("mainEntityOfPage")]
    texts = [
        value.get("@id") or value.get("url") if isinstance(value, dict) else value
        for value in values
    ]
    base = next((f"https://{place}" for place in page.places), "")
    places = {place_of(text, base) for text in texts if isinstance(text, str) and text.strip()}
    return {place for place in places if "/" in place}


def _nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in _INTO:
            if isinstance(value.get(key), list | dict):
                yield from _nodes(value[key], depth + 1)


def _all_nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _all_nodes(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key, item in value.items():
            if key not in _NEVER_INTO and isinstance(item, list | dict):
                yield from _all_nodes(item, depth + 1)


def _unwrapped(text: str) -> Any:
    """The value of a JSON text that is written as a string of one."""
    try:
        inner = json.loads(text, strict=False)
    except ValueError:
        return None
    return parsed(inner) if isinstance(inner, str) else None


def _cleaned(value: Any) -> Any:
    """The JSON value, its texts without what no reader sees: escapes can spell NUL and worse."""
    match value:
        case str():
            return without_unseen(value)
        case list():
            return [_cleaned(item) for item in value]
        case dict():
            return {without_unseen(str(name)): _cleaned(item) for name, item in value.items()}
        case _:
            return value
