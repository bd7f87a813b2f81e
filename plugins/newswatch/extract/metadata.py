"""What a page's head claims: JSON-LD, OpenGraph, meta and link elements, read once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from newswatch.text.invisible import without_unseen

_ARTICLE_TYPES = re.compile(
    r"(^|/)(\w*Article|BlogPosting|LiveBlogPosting|Report|AnalysisNewsArticle|NewsItem)$"
)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Claims:
    """The head's claims; names of `meta` are in lower case, values stripped and not empty."""

    meta: dict[str, list[str]]
    links: dict[str, str]  # rel to href, the first of each
    article: dict[str, Any] = field(default_factory=dict)  # the JSON-LD node of the article
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)  # JSON-LD nodes by their @id
    types: frozenset[str] = frozenset()  # all JSON-LD types of the page
    title_tag: str = ""
    headings: tuple[str, ...] = ()
    html_lang: str = ""

    def first(self, *names: str) -> str | None:
        """The first value of the first name that has one."""
        return next((self.meta[name][0] for name in names if self.meta.get(name)), None)


def read_claims(tree: HtmlElement) -> Claims:
    """Read the head of a parsed page; the tree stays as it is."""
    nodes = list(_json_ld(tree))
    articles = [node for node in nodes if any(_ARTICLE_TYPES.search(kind) for kind in _types(node))]
    articles.sort(key=lambda node: ("LiveBlogPosting" not in _types(node), "headline" not in node))
    links: dict[str, str] = {}
    for link in tree.iter("link"):
        for rel in (link.get("rel") or "").lower().split():
            if link.get("href"):
                links.setdefault(rel, _one_line(link.get("href", "")))
    title = tree.find(".//title")
    return Claims(
        meta=_meta(tree),
        links=links,
        article=articles[0] if articles else {},
        nodes={str(node["@id"]): node for node in reversed(nodes) if "@id" in node},
        types=frozenset(kind for node in nodes for kind in _types(node)),
        title_tag=_text(title) if title is not None else "",
        headings=tuple(filter(None, (_text(heading) for heading in tree.iter("h1")))),
        html_lang=_one_line(tree.get("lang") or tree.get(_XML_LANG) or ""),
    )


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = _one_line(element.get("content") or "")
        if name and value:
            found.setdefault(name.strip().lower(), []).append(value)
    return found


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower().startswith("application/ld+json"):
            text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->")
            text = re.sub(r"^//<!\[CDATA\[|//\]\]>$", "", text).strip().rstrip(";")
            try:
                yield from _nodes(_cleaned(json.loads(text, strict=False)))
            except (ValueError, RecursionError):
                continue


def _cleaned(value: Any) -> Any:
    """The JSON value, its texts without what no reader sees: escapes can spell NUL and worse."""
    match value:
        case str():
            return without_unseen(value)
        case list():
            return [_cleaned(item) for item in value]
        case dict():
            return {without_unseen(name): _cleaned(item) for name, item in value.items()}
        case _:
            return value


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD document that says what it is."""
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), list | dict):
                yield from _nodes(value[key], depth + 1)


def _types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type")
    return {str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])}


def _text(element: HtmlElement) -> str:
    return _one_line("".join(element.itertext()))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", without_unseen(text)).strip()
