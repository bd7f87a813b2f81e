"""Of too many items the newest are read, in whatever order the feed lists them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random

import pytest

from newswatch.feeds.items import MAX_ENTRIES
from newswatch.feeds.parse import parse_feed
from newswatch.models import ParsedFeed
from newswatch.stages.poll.parsing import parse

NOW = datetime(2026, 1, 14, tzinfo=UTC)
URL = "https://paper.example/feed"
Order = Callable[[Sequence[int]], Sequence[int]]
ORDERS: dict[str, Order] = {
    "oldest first": lambda ages: sorted(ages, reverse=True),
    "newest first": lambda ages: sorted(ages),
    "any": lambda ages: Random(1).sample(ages, len(ages)),
}


def rss(ages: Sequence[int]) -> bytes:
    """A feed of items of so many minutes of age, by which they are called."""
    items = "".join(
        f"<item><title>Story {age}</title><link>https://paper.example/{age}</link><guid>{age}</guid>"
        f"<pubDate>{format_datetime(NOW - age * timedelta(minutes=1))}</pubDate></item>"
        for age in ages
    )
    return f"<rss version='2.0'><channel><title>P</title>{items}</channel></rss>".encode()


def ages(found: object) -> set[int]:
    assert isinstance(found, ParsedFeed)
    return {int(entry.guid or "") for entry in found.entries}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_the_newest_are_read(order: Order) -> None:
    body = rss(order(range(MAX_ENTRIES + 500)))
    found = parse_feed(body, url=URL, content_type=None, now=NOW)
    assert ages(found) == set(range(MAX_ENTRIES))


def test_fifty_thousand_items_are_read_within_the_time_of_one_feed() -> None:
    body = rss(ORDERS["oldest first"](range(50_000)))
    found = asyncio.run(parse(body, url=URL, content_type=None, now=NOW))
    assert ages(found) == set(range(MAX_ENTRIES))
