"""What readers of feeds subscribe to: Atom (RFC 4287) and JSON Feed 1.1, of the same entries."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from newswatch.digest.render import safe_url
from newswatch.site.rendering import clean

ATOM = "http://www.w3.org/2005/Atom"
NEVER = datetime(2025, 1, 1, tzinfo=UTC)  # when a feed without entries was last changed
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article in a feed; `key` is its identity for ever."""

    key: str
    url: str
    page: str  # of ours
    title: str
    outlet: str
    language: str | None
    published_at: datetime
    updated_at: datetime
    summary: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    key: str
    title: str
    page: str
    address: str
    entries: Sequence[FeedEntry]
    further: str | None = None  # where earlier entries are (RFC 5005)

    @property
    def updated_at(self) -> datetime:
        return max((entry.updated_at for entry in self.entries), default=NEVER)


def atom(feed: Feed) -> bytes:
    ET.register_namespace("", ATOM)
    root = ET.Element(_name("feed"))
    _text(root, "id", _tag(feed.key))
    _text(root, "title", clean(feed.title))
    _text(root, "updated", feed.updated_at.isoformat())
    _link(root, "self", feed.address)
    _link(root, "alternate", feed.page)
    if feed.further:
        _link(root, "next", feed.further)
    for entry in feed.entries:
        element = ET.SubElement(root, _name("entry"))
        if entry.language:
            element.set(_LANGUAGE, entry.language)
        _text(element, "id", _tag(entry.key))
        _text(element, "title", clean(entry.title))
        _text(element, "published", entry.published_at.isoformat())
        _text(element, "updated", entry.updated_at.isoformat())
        _text(ET.SubElement(element, _name("author")), "name", clean(entry.outlet))
        if url := safe_url(entry.url):
            _link(element, "alternate", url)
        _link(element, "related", entry.page)
        _text(element, "summary", clean(entry.summary))
        for tag in entry.tags:
            ET.SubElement(element, _name("category"), {"term": tag})
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def json_feed(feed: Feed) -> bytes:
    items = [
        {
            "id": _tag(entry.key),
            "external_url": entry.page,
            "title": clean(entry.title),
            "content_text": clean(entry.summary),
            "date_published": entry.published_at.isoformat(),
            "date_modified": entry.updated_at.isoformat(),
            "authors": [{"name": clean(entry.outlet)}],
            "tags": list(entry.tags),
            **({"url": url} if (url := safe_url(entry.url)) else {}),
            **({"language": entry.language} if entry.language else {}),
        }
        for entry in feed.entries
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(feed.title),
        "home_page_url": feed.page,
        "feed_url": feed.address,
        **({"next_url": feed.further} if feed.further else {}),
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _tag(key: str) -> str:
    """A tag URI (RFC 4151): the same wherever the page is served from."""
    return f"tag:newswatch,2025:{key}"


def _name(local: str) -> str:
    return f"{{{ATOM}}}{local}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _name(name)).text = text


def _link(parent: ET.Element, relation: str, address: str) -> None:
    ET.SubElement(parent, _name("link"), {"rel": relation, "href": address})
