"""Documents as feeds really publish them, each with what is right of its first entry."""

from __future__ import annotations

import ast
import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newswatch.feeds.parse import parse_feed
from newswatch.models import ParsedFeed

CASES = Path(__file__).parent / "cases"
TABLE = (CASES / "VALUES.tsv").read_text().splitlines()
ROWS = list(csv.DictReader(TABLE, delimiter="\t", quoting=csv.QUOTE_NONE))
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_what_is_right(row: dict[str, str]) -> None:
    body = (CASES / row["file"]).read_bytes()
    feed = parse_feed(body, url=row["url"], content_type="application/rss+xml", now=NOW)
    assert isinstance(feed, ParsedFeed), feed
    first = feed.entries[0]
    said = {
        "link": first.link,
        "url": first.url,
        "title": first.title,
        "summary": first.summary,
        "authors": first.authors,
        "pub": f"{first.published_at:%Y-%m-%dT%H:%M:%S}" if first.published_at else None,
        "n": len(feed.entries),
        "distinct_urls": len({entry.url for entry in feed.entries}),
    }
    for claim in row["right"].split("; "):
        name, _, value = claim.partition(" = ")
        right = ast.literal_eval(value)
        if name == "has_title":
            assert right in {entry.title for entry in feed.entries}
        elif name == "content_not":
            assert right not in (first.content_html or "")
        elif name == "pub":
            assert said["pub"] is not None
            assert said["pub"].startswith(right)
        else:
            assert said[name] == right
