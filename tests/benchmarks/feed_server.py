"""10,000 feeds of 500 hosts on loopback: `python -m benchmarks.feed_server --feeds N --hosts N`.

Each host has an address of its own below 127.1.0.0/16. In each round one feed in ten has an item
that it had not before; all others answer 304 to who has their ETag. `/round?N` sets the round.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult

from benchmarks.bare_http import reply, serve

ITEMS = 40  # captured feeds of newspapers have 45 on average, and a median size of 40 kB
CHANGED = 10  # one feed in so many
DESCRIPTION = (
    "&lt;p&gt;The harbour office &lt;a href='/office'&gt;counted the barges&lt;/a&gt; twice, and"
    " found the &lt;b&gt;same number&lt;/b&gt; both times.&lt;/p&gt;&lt;img src='/quay.jpg'&gt;"
)


@dataclass(frozen=True, slots=True)
class Feeds:
    """Which feeds there are, and what they hold in a round."""

    count: int
    hosts: int
    port: int

    def urls(self) -> list[str]:
        return [
            f"http://{self.address(number % self.hosts)}:{self.port}/{number}.xml"
            for number in range(self.count)
        ]

    @staticmethod
    def address(host: int) -> str:
        return f"127.1.{host // 250}.{host % 250 + 1}"

    @staticmethod
    def version(number: int, round_: int) -> int:
        """How often the feed has changed up to this round."""
        return (round_ + CHANGED - 1 - number % CHANGED) // CHANGED

    @staticmethod
    def document(number: int, version: int) -> bytes:
        items = "".join(
            f"<item><title>Report {item} of outlet {number}</title>"
            f"<link>https://outlet-{number}.example/report/{item}</link>"
            f"<guid isPermaLink='false'>{number}-{item}</guid>"
            f"<pubDate>Thu, 18 Dec 2025 {item % 24:02d}:00:00 GMT</pubDate>"
            f"<description>{DESCRIPTION * 2}</description></item>"
            for item in range(version + ITEMS, version, -1)
        )
        return (
            f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
            f"<title>Outlet {number}</title>{items}</channel></rss>"
        ).encode()


class Publishers:
    """Answers for all feeds; what they hold changes with the round."""

    def __init__(self) -> None:
        self._round = 0

    def answer(self, target: SplitResult, headers: Mapping[str, str]) -> bytes:
        if target.path == "/round":
            self._round = int(target.query)
            return reply("200 OK")
        number = int(target.path[1:].removesuffix(".xml"))
        version = Feeds.version(number, self._round)
        etag = f'"{number}-{version}"'
        if headers.get("if-none-match") == etag:
            return reply("304 Not Modified", ETag=etag)
        body = Feeds.document(number, version)
        return reply("200 OK", body, ETag=etag, Content_Type="application/rss+xml")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("--feeds", "--hosts", "--port"):
        parser.add_argument(name, type=int, required=True)
    given = parser.parse_args()
    hosts = map(Feeds.address, range(given.hosts))
    asyncio.run(serve(hosts, given.port, Publishers().answer))
