"""What a page's head claims: JSON-LD, OpenGraph, meta and link elements, read once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from lxml.html import HtmlElement

from newswatch.extract.json_ld import PageNames, names_of_page, own_article, read_nodes, types_of
from newswatch.text.invisible import without_unseen

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


def read_claims(tree: HtmlElement, url: str = "") -> Claims:
    """Read the head of a parsed page fetched from `url`; the tree stays as it is."""
    nodes = read_nodes(tree)
    links: dict[str, str] = {}
    for link in tree.iter("link"):
        for rel in (link.get("rel") or "").lower().split():
            if link.get("href"):
                links.setdefault(rel, _one_line(link.get("href", "")))
    title = tree.find(".//title")
    claims = Claims(
        meta=_meta(tree),
        links=links,
        nodes={str(node["@id"]): node for node in reversed(nodes.of_page) if "@id" in node},
        types=frozenset(kind for node in nodes.of_page for kind in types_of(node)),
        title_tag=_text(title) if title is not None else "",
        headings=tuple(filter(None, (_text(heading) for heading in tree.iter("h1")))),
        html_lang=_one_line(tree.get("lang") or tree.get(_XML_LANG) or ""),
    )
    return replace(claims, article=own_article(nodes, _names(claims, url)))


def _names(claims: Claims, url: str) -> PageNames:
    """The page's addresses and titles, by which its own node is found."""
    addresses = (url, claims.links.get("canonical"), claims.first("og:url"))
    titles = (*claims.headings, claims.first("og:title"), claims.title_tag)
    return names_of_page(filter(None, addresses), filter(None, titles))


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = _one_line(element.get("content") or "")
        if name and value:
            found.setdefault(name.strip().lower(), []).append(value)
    return found


def _text(element: HtmlElement) -> str:
    return _one_line("".join(element.itertext()))


def _one_line(text: str) -> str:
    return " ".join(without_unseen(text).split())
