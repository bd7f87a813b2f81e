"""The page of an RSS or Atom item, and what relative links in such a document are relative to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from newswatch.feeds.items import Head
from newswatch.feeds.links import resolved
from newswatch.feeds.xmltree import XML, Children, Tree, attribute

_RELATIONS = "http://www.iana.org/assignments/relation/"  # RFC 4287, 4.2.7.2
_NO_PAGE = re.compile(
    r"(?:image|audio|video)/|application/(?:rss|atom|rdf|json|pdf)", re.IGNORECASE
)


def link_of(children: Children, head: Head, guid: str, language: str | None) -> str:
    """The page of an item: of several the one in the language of the feed; else the guid if that is
    one; else the address of the entry itself."""
    return next(filter(None, _candidates(children, head, guid, language)), "")


def _candidates(
    children: Children, head: Head, guid: str, language: str | None
) -> Iterator[str | None]:
    links = [*children.get("link", ()), *children.get("atom:link", ())]
    for text in (*children.get("feedburner:origlink", ()), *links):
        yield _as_link(text, text.text or "", head)
    alternates = [link for link in links if _relation(link) in ("", "alternate")]
    alternates.sort(key=lambda link: _suits(link, language))
    for link in alternates:
        yield _as_link(link, attribute(link, "href"), head)
    if _is_permalink(children) and re.match(r"https?:/|www\.", guid, re.IGNORECASE):
        yield resolved(guid, head.bases)
    for content in children.get("atom:content", ()):
        yield _as_link(content, attribute(content, "src"), head)
    for relation in ("via", "related", "self"):
        for link in links:
            if _relation(link) == relation:
                yield _as_link(link, attribute(link, "href"), head)


def _as_link(element: etree._Element, said: str, head: Head) -> str | None:
    """What stands in an element or its attribute, against the bases that hold there."""
    if not said:
        return None
    bases = (*_declared_bases(element, head.bases[-1]), *head.bases)
    return resolved(said, bases, is_reference=len(bases) > len(head.bases) or not element.text)


def _declared_bases(element: etree._Element, url: str) -> tuple[str, ...]:
    """The base that xml:base gives an element, each relative to the next above it; none without."""
    base = ""
    for place in (*reversed(list(element.iterancestors())), element):
        if said := place.get(f"{XML}base"):
            base = resolved(said, (base or url,), is_reference=True) or base
    return (base,) if base else ()


def _relation(link: etree._Element) -> str:
    return attribute(link, "rel").strip().lower().removeprefix(_RELATIONS)


def _suits(link: etree._Element, language: str | None) -> tuple[bool, int]:
    """Sorts the links that show a page, in the feed's language, to the front."""
    other = attribute(link, "hreflang").lower().partition("-")[0]
    mine = (language or other).lower().partition("-")[0]
    foreign = 0 if other in ("", mine) else 1 if other == "x" else 2  # x-default
    return (_NO_PAGE.match(attribute(link, "type")) is not None, foreign)


def _is_permalink(children: Children) -> bool:
    return all(
        attribute(guid, "isPermaLink").strip().lower() != "false"
        for guid in children.get("guid", ())
    )


def bases_of(channel: Children, tree: Tree, url: str) -> tuple[str, ...]:
    """What relative links are relative to: xml:base, the channel's page, the feed's address."""
    pages = [element.text or "" for element in channel.get("link", ())]
    pages += [
        attribute(element, "href")
        for element in (*channel.get("atom:link", ()), *channel.get("link", ()))
        if _relation(element) in ("", "alternate")
    ]
    found = (resolved(page, (url,)) for page in pages)
    return (*_declared_bases(tree.head, url), *filter(None, found), url)
