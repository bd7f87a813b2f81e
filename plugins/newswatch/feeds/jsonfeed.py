"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newswatch.feeds.items import Head, Item, feed_of, holds_markup
from newswatch.feeds.jsontext import loaded
from newswatch.feeds.links import is_placeholder, resolved
from newswatch.models import ParsedFeed, ParseFailure
from newswatch.text.markup import as_html

_VERSIONS = {
    "https://jsonfeed.org/version/1": "json1",
    "https://jsonfeed.org/version/1.1": "json11",
}


def parse_json(text: str, *, url: str, now: datetime) -> ParsedFeed | ParseFailure:
    """The feed in a JSON text. Items that are no objects are passed over and told of."""
    try:
        root, damage = loaded(text.strip("\ufeff \t\r\n"))
    except (ValueError, RecursionError) as error:
        return ParseFailure("malformed-json", str(error))
    problems = [f"malformed: {damage}"] if damage else []
    if isinstance(root, list):
        root = {"items": root}
    items = root.get("items") if isinstance(root, dict) else None
    if isinstance(items, dict):  # what PHP makes of a list with gaps
        items = list(items.values())
    if not isinstance(items, list):
        return ParseFailure("not-a-feed", "it is JSON, and no JSON Feed: there is no list of items")
    version = _VERSIONS.get(_string(root, "version").rstrip("/").replace("http:", "https:"))
    proper = [item for item in items if isinstance(item, dict)]
    if version is None and not any(item.keys() & {"url", "title", "id"} for item in proper):
        return ParseFailure("not-a-feed", "it is JSON, and no JSON Feed: its items are none of one")
    if version is None:
        problems.append("it does not say which version of JSON Feed it is")
    if len(proper) < len(items):
        problems.append(f"{len(items) - len(proper)} items were not read")
    page = resolved(_string(root, "home_page_url"), (url,))
    head = Head(
        format=version or "json1",
        title=_string(root, "title"),
        bases=(page, url) if page else (url,),
        language=_string(root, "language") or None,
        problem="; ".join(problems) or None,
    )
    authors = tuple(_authors(root))
    return feed_of(
        head, proper, dates=_dates, read=lambda item: _item(item, head, authors), now=now
    )


def _item(item: dict[str, Any], head: Head, authors: tuple[str, ...]) -> Item:
    guid = _string(item, "id").strip()
    links = (_string(item, name) for name in ("url", "external_url"))
    permalink = guid if re.match(r"https?:/", guid, re.IGNORECASE) else ""
    found = (resolved(link, head.bases) for link in (*links, permalink) if link)
    return Item(
        guid="" if is_placeholder(guid) else guid,
        link=next(filter(None, found), ""),
        title=_string(item, "title"),
        summary=_string(item, "summary"),
        content=_string(item, "content_html") or as_html(_string(item, "content_text")),
        authors=tuple(_authors(item)) or authors,
        dates=_dates(item),
        language=_string(item, "language") or head.language,
        literal=frozenset(
            name for name in ("title", "summary") if not holds_markup(_string(item, name))
        ),
    )


def _dates(item: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        filter(None, (_string(item, name) for name in ("date_published", "date_modified")))
    )


def _authors(item: dict[str, Any]) -> Iterator[str]:
    """Names, of objects as the specification has them and of plain strings."""
    listed = item.get("authors")
    for author in [*(listed if isinstance(listed, list) else [listed]), item.get("author")]:
        match author:
            case str():
                yield author
            case dict():
                yield _string(author, "name")
            case _:
                pass


def _string(mapping: dict[str, Any], name: str) -> str:
    """A string, or a number as one: the specification asks readers to accept such an id."""
    value = mapping.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
