"""Documents in which our own reader finds no item, beside what feedparser reads of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newswatch.feeds.parse import parse_feed
from newswatch.models import ParsedFeed

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LINK = "https://www.site.test/a"
RSS_ITEM = (
    f"<title>Quay &amp; crane</title><link>{LINK}</link><description>It opens.</description>"
    "<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate>"
)


@pytest.mark.parametrize(
    "document",
    [
        f'<rss version="2.0"><channel><item{RSS_ITEM}</item></channel></rss>',
        f"<feed><item>{RSS_ITEM}</item></feed>",
        f'<rss version="2.0"><entry><title>Quay &amp; crane</title><link href="{LINK}"/>'
        "<summary>It opens.</summary><published>2026-11-24T10:00:00Z</published></entry></rss>",
    ],
    ids=["a start tag without its end", "items in an Atom feed", "entries in RSS"],
)
def test_it_is_read_loosely(document: str) -> None:
    feed = parse_feed(
        document.encode(), url="https://www.site.test/feed", content_type=None, now=NOW
    )
    assert isinstance(feed, ParsedFeed)
    (entry,) = feed.entries
    assert (entry.title, entry.link, entry.summary) == ("Quay & crane", LINK, "It opens.")
    assert entry.published_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert feed.problem == "malformed: it was read loosely"


def test_a_feed_without_items_is_no_problem() -> None:
    empty = b'<rss version="2.0"><channel><title>Quiet</title></channel></rss>'
    feed = parse_feed(empty, url="https://www.site.test/feed", content_type=None, now=NOW)
    assert isinstance(feed, ParsedFeed)
    assert (feed.title, feed.entries, feed.problem) == ("Quiet", (), None)
