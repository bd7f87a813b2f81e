"""Of too many items the newest are read, in whatever order the feed lists them."""

from __future__ import annotations

import asyncio
import json
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


def atom(ages: Sequence[int]) -> bytes:
    entries = "".join(
        f"<entry><title>Story {age}</title><link href='https://paper.example/{age}'/><id>{age}</id>"
        f"<updated>{(NOW - age * timedelta(minutes=1)).isoformat()}</updated></entry>"
        for age in ages
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>P</title>{entries}</feed>".encode()


def german(ages: Sequence[int]) -> bytes:
    """Dates that take longer to read than others."""
    items = "".join(
        f"<item><title>Story {age}</title><link>https://paper.example/{age}</link><guid>{age}</guid>"
        f"<pubDate>{NOW - age * timedelta(minutes=1):%d. %m. %Y um %H:%M Uhr}</pubDate></item>"
        for age in ages
    )
    return f"<rss version='2.0'><channel><title>P</title>{items}</channel></rss>".encode()


def malformed(ages: Sequence[int]) -> bytes:
    """Each item has to be read on its own."""
    return rss(ages).replace(b"</title>", b"<b></title>", 2)


def json_feed(ages: Sequence[int]) -> bytes:
    items = [
        {
            "id": str(age),
            "url": f"https://paper.example/{age}",
            "title": f"Story {age}",
            "date_published": (NOW - age * timedelta(minutes=1)).isoformat(),
        }
        for age in ages
    ]
    about = {"version": "https://jsonfeed.org/version/1.1", "title": "P"}
    return json.dumps({**about, "items": items}).encode()


def broken_json(ages: Sequence[int]) -> bytes:
    """The end is missing: each item is read on its own."""
    return json_feed(ages).removesuffix(b"]}")


FORMATS = (rss, atom, german, malformed, json_feed, broken_json)


def ages(found: object) -> set[int]:
    assert isinstance(found, ParsedFeed)
    return {int(entry.guid or "") for entry in found.entries}


@pytest.mark.parametrize("written", FORMATS, ids=lambda written: written.__name__)
@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_the_newest_are_read(order: Order, written: Callable[[Sequence[int]], bytes]) -> None:
    body = written(order(range(MAX_ENTRIES + 500)))
    found = parse_feed(body, url=URL, content_type=None, now=NOW)
    assert ages(found) == set(range(MAX_ENTRIES))
    assert f"{MAX_ENTRIES + 500} entries, the newest {MAX_ENTRIES} were read" in str(found)


@pytest.mark.parametrize("written", FORMATS, ids=lambda written: written.__name__)
def test_fifty_thousand_items_are_read_within_the_time_of_one_feed(
    written: Callable[[Sequence[int]], bytes],
) -> None:
    body = written(ORDERS["any"](range(50_000)))
    found = asyncio.run(parse(body, url=URL, content_type=None, now=NOW))
    assert ages(found) == set(range(MAX_ENTRIES))
