"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser does not read."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from newswatch.feeds.items import Item, build_entry
from newswatch.models import ParsedFeed, ParseFailure
from newswatch.text.markup import as_html, one_line

MAX_ENTRIES = 2_000
_VERSIONS = {
    "https://jsonfeed.org/version/1": "json1",
    "https://jsonfeed.org/version/1.1": "json11",
}


def parse_json(text: str, *, url: str, now: datetime) -> ParsedFeed | ParseFailure:
    """The feed in a JSON text. Items that are no objects are passed over and told of."""
    try:
        root = json.loads(text)
    except (ValueError, RecursionError) as error:
        return ParseFailure("malformed-json", f"not valid JSON: {error}")
    items = root.get("items") if isinstance(root, dict) else None
    if not isinstance(items, list):
        return ParseFailure("not-a-feed", "it is JSON, and no JSON Feed: there is no list of items")
    version = _VERSIONS.get(_string(root, "version").rstrip("/").replace("http:", "https:"))
    proper = [item for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    if version is None and not any(item.keys() & {"url", "title", "id"} for item in proper):
        return ParseFailure("not-a-feed", "it is JSON, and no JSON Feed: its items are none of one")
    language = _string(root, "language") or None
    problems = [] if version else ["it does not say which version of JSON Feed it is"]
    if len(proper) < len(items):
        problems.append(f"{len(items) - len(proper)} items were not read")
    return ParsedFeed(
        format=version or "json1",
        title=one_line(_string(root, "title")),
        entries=tuple(build_entry(_item(item, language), url=url, now=now) for item in proper),
        problem="; ".join(problems) or None,
    )


def _item(item: dict[str, Any], language: str | None) -> Item:
    authors = item.get("authors") or [item.get("author")]
    return Item(
        guid=_string(item, "id"),
        link=_string(item, "url") or _string(item, "external_url"),
        title=_string(item, "title"),
        summary=_string(item, "summary"),
        content=_string(item, "content_html") or as_html(_string(item, "content_text")),
        authors=tuple(
            _string(author, "name")
            for author in (authors if isinstance(authors, list) else [])
            if isinstance(author, dict)
        ),
        dates=(_string(item, "date_published"), _string(item, "date_modified")),
        language=_string(item, "language") or language,
    )


def _string(mapping: dict[str, Any], name: str) -> str:
    """A string, or a number as one: the specification asks readers to accept such an id."""
    value = mapping.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
