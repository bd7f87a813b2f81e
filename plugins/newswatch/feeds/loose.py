"""The last reader: feedparser, for documents in which ours finds no item.

Its loose parser needs no well-formed root and knows formats that nobody writes any more (CDF, the
oldest RSS). It is slow, so it is asked only here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from newswatch.feeds.document import FeedDocument
from newswatch.feeds.items import Head, Item, feed_of
from newswatch.feeds.links import is_placeholder
from newswatch.models import ParsedFeed, ParseFailure

_DATES = ("published", "created", "updated")


def parse_loosely(document: FeedDocument, *, url: str, now: datetime) -> ParsedFeed | ParseFailure:
    """What feedparser reads of a document; malformed if that is nothing either."""
    import feedparser  # here: most who parse feeds never ask it, and it takes half of their start

    found: Mapping[str, Any] = feedparser.parse(
        BytesIO(document.text.encode()),  # bytes would first be tried as the name of a file
        response_headers={"content-type": "text/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
    )
    entries: Sequence[Mapping[str, Any]] = found["entries"]
    if not entries:
        return ParseFailure("malformed", "nothing in it can be read as XML")
    about: Mapping[str, Any] = found["feed"]
    head = Head(
        format=str(found.get("version") or document.root),
        title=str(about.get("title", "")),
        bases=(str(about.get("link") or url), url),
        language=about.get("language"),
        problem="; ".join(filter(None, (document.damage, "malformed: it was read loosely"))),
    )
    return feed_of(head, entries, dates=_dates, read=_item, now=now)


def _dates(entry: Mapping[str, Any]) -> tuple[str, ...]:
    plain = dict(entry)  # feedparser's own mapping warns of names that stand for others
    return tuple(str(plain[name]) for name in _DATES if plain.get(name))


def _item(entry: Mapping[str, Any]) -> Item:
    guid, link = str(entry.get("id", "")), str(entry.get("link", ""))
    contents = (str(content.get("value", "")) for content in entry.get("content", ()))
    return Item(
        guid="" if is_placeholder(guid) else guid,
        link="" if is_placeholder(link) else link,
        title=str(entry.get("title", "")),
        summary=str(entry.get("summary", "")),
        content=max(contents, key=len, default=""),
        authors=tuple(str(author.get("name", "")) for author in entry.get("authors", ())),
        dates=_dates(entry),
        language=entry.get("language"),
    )
