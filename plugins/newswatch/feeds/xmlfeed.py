"""RSS 2.0 and 0.9x, RSS 1.0 (RDF) and Atom, which in practice borrow one another's elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from newswatch.feeds.document import FeedDocument, root_is_hostile
from newswatch.feeds.items import Head, Item, feed_of, holds_markup
from newswatch.feeds.links import is_placeholder
from newswatch.feeds.loose import parse_loosely
from newswatch.feeds.xmllinks import bases_of, link_of
from newswatch.feeds.xmltree import (
    Children,
    Tree,
    attribute,
    children_of,
    inherited_language,
    text_of,
    tree_of,
)
from newswatch.models import ParsedFeed, ParseFailure

_PUBLISHED = (
    *("pubdate", "atom:published", "published", "dcterms:issued", "atom:issued", "issued"),
    *("publicationdate", "publishdate", "publisheddate", "published_at", "news:publication_date"),
    *("dc:date", "date", "dcterms:created", "atom:created", "created", "dcterms:date"),
    *("atom:updated", "updated", "atom:modified", "modified", "dcterms:modified", "lastmod"),
)
_TITLES = ("title", "atom:title", "dc:title", "media:title", "itunes:title")
_SUMMARIES = (
    *("description", "atom:summary", "summary", "dc:description", "dcterms:abstract"),
    "itunes:summary",
)
_CONTENTS = (
    *("content:encoded", "atom:content", "content", "xhtml:body", "xhtml:div", "body"),
    *("yandex:full-text", "turbo:content", "fulltext", "full-text"),
)
_AUTHORS = ("author", "atom:author", "dc:creator", "itunes:author", "dc:author")
_GUIDS = ("guid", "atom:id", "id", "dc:identifier")
_LANGUAGES = ("dc:language", "language", "atom:language")
_TEXT_TYPES = frozenset(("", "html", "xhtml", "text", "text/html", "text/plain"))
_ATOM = "{http://www.w3.org/2005/Atom}"
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_PERIODS = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def parse_rss(document: FeedDocument, *, url: str, now: datetime) -> ParsedFeed | ParseFailure:
    """RSS of any version, and RDF."""
    return _parse(document, "item", url, now)


def parse_atom(document: FeedDocument, *, url: str, now: datetime) -> ParsedFeed | ParseFailure:
    """Atom 1.0 and 0.3; a document that is one entry as well."""
    return _parse(document, "entry", url, now)


def _parse(document: FeedDocument, item: str, url: str, now: datetime) -> ParsedFeed | ParseFailure:
    if root_is_hostile(document.text):
        return ParseFailure("hostile", "the start tag of the root element has no end")
    tree = tree_of(document.text, item)
    if tree is None or not tree.items:
        loose = parse_loosely(document, url=url, now=now)
        if tree is None or isinstance(loose, ParsedFeed):
            return loose
    channel = _channel(tree)
    head = Head(
        format=_version(document.root, tree),
        title=text_of(_first(channel, _TITLES)),
        bases=bases_of(channel, tree, url),
        language=_word(channel, _LANGUAGES) or inherited_language(tree.head),
        problem="; ".join(filter(None, (document.damage, tree.damage))) or None,
        ttl_seconds=_ttl(channel),
        skip_hours=frozenset(_hours(channel)),
        skip_days=frozenset(_days(channel)),
    )
    authors = tuple(_authors(channel)) if item == "entry" else ()
    return feed_of(
        head,
        tree.items,
        dates=lambda element: _dates(children_of(element)),
        read=lambda element: _item(element, head, authors),
        now=now,
    )


def _item(element: etree._Element, head: Head, authors: tuple[str, ...]) -> Item:
    children = children_of(element)
    title, summary = _first(children, _TITLES), _summary(children)
    guid = _word(children, _GUIDS) or attribute(element, "about")
    language = _word(children, _LANGUAGES) or inherited_language(element)
    literal = {
        name
        for name, found in (("title", title), ("summary", summary))
        if found is not None and _is_literal(found)
    }
    return Item(
        guid="" if is_placeholder(guid) else guid,
        link=link_of(children, head, guid, language or head.language),
        title=text_of(title),
        summary=text_of(summary),
        content=_content(children),
        authors=tuple(_authors(children)) or tuple(_authors(_source(children))) or authors,
        dates=_dates(children),
        language=language or head.language,
        literal=frozenset(literal),
    )


def _channel(tree: Tree) -> Children:
    """The feed's own elements: those of <channel>, else of the root."""
    found = children_of(tree.head)
    for channel in found.get("channel", ()):
        for name, elements in children_of(channel).items():
            found.setdefault(name, []).extend(elements)
    return found


def _first(children: Children, names: tuple[str, ...]) -> etree._Element | None:
    """The first element of the first name that says something."""
    for name in names:
        for element in children.get(name, ()):
            if len(element) or (element.text or "").strip():
                return element
    return None


def _word(children: Children, names: tuple[str, ...]) -> str:
    return text_of(_first(children, names)).strip()


def _dates(children: Children) -> tuple[str, ...]:
    return tuple(
        text
        for name in _PUBLISHED
        for element in children.get(name, ())
        if (text := (element.text or "").strip())
    )


# --- texts ----------------------------------------------------------------------------------------


def _is_literal(element: etree._Element) -> bool:
    """Whether Atom's type says that the text is no markup (RFC 4287, 3.1.1.1), and it does not look
    otherwise."""
    usual = "text" if str(element.tag).startswith(_ATOM) else ""
    kind = attribute(element, "type").lower() or usual
    return kind in ("text", "text/plain") and not holds_markup(text_of(element))


def _summary(children: Children) -> etree._Element | None:
    """The summary; what a photo shows is none."""
    found = _first(children, _SUMMARIES)
    if found is not None:
        return found
    groups = [children_of(group) for group in children.get("media:group", ())]
    described = (
        _first(media, ("media:description",)) for media in (children, *groups) if not _shown(media)
    )
    return next((found for found in described if found is not None), None)


def _shown(media: Children) -> bool:
    """Whether it is photos that are described there."""
    contents = media.get("media:content", ())
    if not contents:
        return bool(media.get("media:thumbnail"))
    return any(
        (attribute(content, "medium") or attribute(content, "type")).lower().startswith("image")
        or _IMAGE.search(attribute(content, "url")) is not None
        for content in contents
    )


def _content(children: Children) -> str:
    """The longest of the texts that may be the body."""
    texts = [
        text_of(element)
        for name in _CONTENTS
        for element in children.get(name, ())
        if attribute(element, "type").lower() in _TEXT_TYPES
    ]
    return max(texts, key=len, default="")


def _source(children: Children) -> Children:
    """Of an Atom entry taken over from another feed what that says of itself."""
    return next((children_of(source) for source in children.get("atom:source", ())), {})


def _authors(children: Children) -> Iterator[str]:
    for name in _AUTHORS:
        for element in children.get(name, ()):
            inner = children_of(element)
            yield _word(inner, ("atom:name", "name")) or (element.text or "")


# --- the feed itself ------------------------------------------------------------------------------


def _version(root: str, tree: Tree) -> str:
    if root == "rdf":
        return "rss10"
    if root in ("feed", "entry"):
        old = "purl.org/atom/ns" in str(tree.head.tag) or attribute(tree.head, "version") == "0.3"
        return "atom03" if old else "atom10"
    version = re.sub(r"\D", "", attribute(tree.head, "version"))
    return f"rss{version[:3]}" if version and not version.startswith("2") else "rss20"


def _ttl(channel: Children) -> int | None:
    """Seconds between two updates: <ttl> (minutes), else the syndication module's."""
    ttl = _word(channel, ("ttl",))
    if ttl.isdecimal() and 0 < int(ttl[:9]) < 10_000_000:
        return int(ttl[:9]) * 60
    period = _PERIODS.get(_word(channel, ("sy:updateperiod",)).lower())
    frequency = _word(channel, ("sy:updatefrequency",))
    if period is None:
        return None
    return period // max(1, int(frequency[:6])) if frequency.isdecimal() else period


def _hours(channel: Children) -> Iterator[int]:
    for skipped in channel.get("skiphours", ()):
        for hour in skipped:
            if (text := (hour.text or "").strip()).isdecimal() and len(text) <= 2:
                yield int(text) % 24


def _days(channel: Children) -> Iterator[int]:
    for skipped in channel.get("skipdays", ()):
        for day in skipped:
            if (name := (day.text or "").strip().lower()[:3]) in _DAYS and _is_day(day):
                yield _DAYS.index(name)


def _is_day(day: etree._Element) -> bool:
    return (day.text or "").strip().lower().endswith("day")
