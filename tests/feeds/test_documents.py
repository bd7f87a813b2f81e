"""Whole documents as feeds publish them, each with what is right of its first entry: a line of
`documents.jsonl` has the text, the charset that it is sent in, and the header if it has another."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newswatch.feeds.parse import parse_feed
from newswatch.models import ParsedFeed

LINES = (Path(__file__).parent / "documents.jsonl").read_text().split("\n")
DOCUMENTS = [json.loads(line) for line in LINES if line]
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("given", DOCUMENTS, ids=[given["name"] for given in DOCUMENTS])
def test_what_is_right(given: dict[str, Any]) -> None:
    feed = parse_feed(
        given["document"].encode(given.get("encoding", "utf-8"), "surrogatepass"),
        url="http://feed.test/dir/feed.xml",
        content_type=given.get("content_type", "application/rss+xml"),
        now=NOW,
    )
    assert isinstance(feed, ParsedFeed), feed
    said = {name: _plain(value) for name, value in _said(feed).items() if name in given["right"]}
    assert said == given["right"]


def _said(feed: ParsedFeed) -> dict[str, Any]:
    first = feed.entries[0]
    values = {name: getattr(first, name) for name in first.__slots__}
    return values | {"n": len(feed.entries), "format": feed.format}


def _plain(value: object) -> object:
    match value:
        case datetime():
            return f"{value:%Y-%m-%dT%H:%M}"
        case tuple():
            return list(value)
        case _:
            return value
