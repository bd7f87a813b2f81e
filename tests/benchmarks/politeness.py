"""`make bench-politeness`: requests a day and host for kinds of feeds, over a day of cycles.

Each kind is a site of its own on loopback with one feed and the pages that it links to; the stages
poll and extract run every 15 minutes of a clock that is set. Counted is what the sites were asked.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import chain
from pathlib import Path
from zlib import crc32

from rich.console import Console
from rich.table import Table

from loopback import Reply, Request, Site, serving
from newswatch.models import FeedSpec
from newswatch.settings import read_settings
from newswatch.stages.cycle import run_cycle
from newswatch.stages.poll.poll import feed_rows
from newswatch.store import feeds
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect, with_role
from newswatch.store.server.migrate import migrate
from scratch import scratch

START = datetime(2025, 12, 18, 0, 0, tzinfo=UTC)
CYCLE = timedelta(minutes=15)
DAY = timedelta(days=1)
ITEMS = 8


@dataclass(frozen=True)
class Kind:
    """A feed: how many items a day it brings, and what its server and its words do."""

    name: str
    per_day: float = 12.0
    status: int = 200
    headers: Mapping[str, str] | None = None
    validates: bool = False
    summary: Callable[[int], str] = lambda hour: "About it."
    link: Callable[[int], str] = lambda hour: ""
    channel: str = ""


KINDS = (
    Kind("silent", 0.01),
    Kind("one item a day", 1),
    Kind("a dozen a day"),
    Kind("a dozen a day, ETag", validates=True),
    Kind("a hundred a day", 100),
    Kind("a hundred a day, ETag", 100, validates=True),
    Kind("five hundred a day", 500),
    Kind("ttl of 60 minutes", channel="<ttl>60</ttl>"),
    Kind("ttl of a day", 100, channel="<ttl>1440</ttl>"),
    Kind("Cache-Control of 30 minutes", 100, headers={"Cache-Control": "max-age=1800"}),
    Kind("a counter in its words", summary=lambda hour: f"{hour} comments."),
    Kind("a session in its links", link=lambda hour: f"?sid={crc32(b'%d' % hour):032x}"),
    Kind("not found", status=404),
    Kind("gone", status=410),
    Kind("forbidden", status=403),
    Kind("broken", status=500),
    Kind("overloaded", status=503, headers={"Retry-After": "3600"}),
    Kind("too many requests", status=429),
    Kind("304 of what was never read", status=304),
    Kind("a web page", status=-1),
)


def site_of(site: Site, kind: Kind, clock: list[datetime]) -> None:
    """Have the site answer as that kind of feed does, by the clock."""

    def feed(request: Request) -> Reply:
        if kind.status == -1:
            return Reply(200, b"<html><body>Hello</body></html>")
        if kind.status != 200:
            return Reply(kind.status, b"", kind.headers or {})
        hours = int((clock[0] - START) / timedelta(hours=1))
        newest = int((clock[0] - START + DAY) / DAY * kind.per_day)
        items = "".join(
            f"<item><title>Report number {number} of the harbour</title>"
            f"<link>{site.base}/page/{number}{kind.link(hours)}</link>"
            f"<guid isPermaLink='false'>{number}</guid>"
            f"<pubDate>{format_datetime(START - DAY + number / kind.per_day * DAY)}</pubDate>"
            f"<description>{kind.summary(hours)}</description></item>"
            for number in range(max(0, newest - ITEMS + 1), newest + 1)
        )
        body = f"<rss version='2.0'><channel><title>C</title>{kind.channel}{items}</channel></rss>"
        etag = f'"{newest}"'
        if kind.validates and request.headers.get("if-none-match") == etag:
            return Reply(304, b"", {"ETag": etag})
        own = {"ETag": etag} if kind.validates else {}
        return Reply(200, body.encode(), own | dict(kind.headers or {}))

    site.pages = {"/feed": feed}
    site.otherwise = Reply(200, b"<article><p>The harbour.</p></article>")


def main() -> None:
    clock = [START]
    with ExitStack() as stack:
        folder = stack.enter_context(scratch())
        (folder / "feeds.yaml").write_text("feeds: []\n")
        sites = [
            stack.enter_context(serving(f"127.6.0.{number + 1}")) for number in range(len(KINDS))
        ]
        for site, kind in zip(sites, KINDS, strict=True):
            site_of(site, kind, clock)
        server = embedded.start(folder / "postgres")
        stack.callback(embedded.stop, folder / "postgres")
        with connect(embedded.ensure_database(server)) as admin:
            migrate(admin)
        url = with_role(embedded.ensure_database(server), "newswatch_writer")
        with connect(url) as connection:
            specs = [
                FeedSpec(f"{site.base}/feed", kind.name)
                for site, kind in zip(sites, KINDS, strict=True)
            ]
            feeds.add_feeds(connection, feed_rows(specs), "import", START)
            first = _run(connection, folder, clock, sites, 0)
            second = _run(connection, folder, clock, sites, 1)
    _report(first, second)


def _run(
    connection: Connection, folder: Path, clock: list[datetime], sites: list[Site], day: int
) -> list[tuple[int, int]]:
    """One day of cycles: requests for the feed and for pages, by site."""
    settings = read_settings(
        {},
        watchlist_dir=folder,
        allow_networks=(ipaddress.ip_network("127.0.0.0/8"),),
        shards=1,
        host_delay=0.0,
    )
    for site in sites:
        site.requests.clear()
    for number in range(96):
        clock[0] = START + day * DAY + number * CYCLE
        run_cycle(connection, settings, now=clock[0], stages=("poll", "extract"))
    return [
        (
            sum(request.path == "/feed" for request in site.requests),
            sum(request.path.startswith("/page/") for request in site.requests),
        )
        for site in sites
    ]


def _report(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
    table = Table(
        "kind of feed",
        *("feed, day 1", "pages, day 1", "feed, day 2", "pages, day 2"),
        title="requests a day and host",
    )
    for kind, *days in zip(KINDS, first, second, strict=True):
        table.add_row(kind.name, *map(str, chain(*days)))
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
