"""10,000 feeds of 500 hosts on loopback: `python -m benchmarks.feed_server --feeds N --hosts N`.

Each host has an address of its own below 127.1.0.0/16. In each round one feed in ten has an item
that it had not before; all others answer 304 to who has their ETag. `/round?N` sets the round.
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

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


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, for requests without a body."""

    feeds: ClassVar[Feeds]
    round: ClassVar[int] = 0
    transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._rest = b""

    def data_received(self, data: bytes) -> None:
        *requests, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for request in requests:
            first, *lines = request.decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
            self.transport.write(self._answer(urlsplit(first.split(" ")[1]), headers))

    def _answer(self, target: object, headers: dict[str, str]) -> bytes:
        path, query = getattr(target, "path", ""), getattr(target, "query", "")
        if path == "/round":
            type(self).round = int(query)
            return _reply("200 OK", b"{}")
        number = int(path[1:].removesuffix(".xml"))
        version = Feeds.version(number, self.round)
        etag = f'"{number}-{version}"'
        if headers.get("if-none-match") == etag:
            return _reply("304 Not Modified", b"", f"ETag: {etag}\r\n")
        body = Feeds.document(number, version)
        return _reply("200 OK", body, f"ETag: {etag}\r\nContent-Type: application/rss+xml\r\n")


def _reply(status: str, body: bytes, headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(feeds: Feeds) -> None:
    """Until killed; prints a line when all hosts listen."""
    Connection.feeds = feeds
    loop = asyncio.get_running_loop()
    for host in range(feeds.hosts):
        await loop.create_server(Connection, Feeds.address(host), feeds.port, backlog=64)
    print("listening", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("--feeds", "--hosts", "--port"):
        parser.add_argument(name, type=int, required=True)
    given = parser.parse_args()
    asyncio.run(serve(Feeds(given.feeds, given.hosts, given.port)))
