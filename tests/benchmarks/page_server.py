"""Outlets with feeds and whole pages on loopback: `python -m benchmarks.page_server --port N ...`.

Each outlet has an address of its own below 127.3.0.0/16. In each round it announces so many new
articles; its feed lists the last ones. `/round?N` sets the round. A page is its article in the
middle of menus, teasers, scripts and styles. What an article says depends on its outlet and number
alone; one in so many is another outlet's, with a sentence more or less.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar
from urllib.parse import urlsplit

LISTED = 20  # items of a feed
COPIED = 5  # one article in so many
UNDATED = 8  # one page in so many says no date
NAMED = 40  # one article in so many names what the shipped topics look for
WORDS = (150, 900)  # of an article
WEIGHT = (60_000, 400_000)  # bytes of a page
SYLLABLES = {
    "en": "ba cor del fin gar hal lim mon nor pel qua wick",
    "de": "sch ung ber gen stein wald hof tor nacht feld",
    "fr": "eau ment tion ville clair bois mer jour",
    "ru": "ба вер гор дон зел кра лис мор нов пар",
    "ar": "با تر جن دل سم شر عل فا",
}
FUNCTION = {
    "en": "the of and to in a is that for it as was with be by on not",
    "de": "der die das und ist von mit den ein für im auf",
    "fr": "le la les de et en un une que qui dans pour",
    "ru": "и в на не что с по как из за от к",
    "ar": "في من على إلى أن عن مع هذا",
}
SHARE = (60, 12, 10, 10, 8)  # percent of the outlets in each language
SIGNED = ("Anna", "Boris", "Carla", "Dinesh", "Elif")
NAMES = ("Steve Witkoff", "mediators in Doha", "Hamas", "Kyiv", "peace talks", "Ankara", "Cairo")


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlets:
    """Which outlets there are, and what they have published in a round."""

    count: int
    port: int
    new: int  # articles of an outlet in a round

    def host(self, outlet: int) -> str:
        return f"127.3.{outlet // 250}.{outlet % 250 + 1}"

    def feed_url(self, outlet: int) -> str:
        return f"http://{self.host(outlet)}:{self.port}/feed/{outlet}"

    @staticmethod
    @lru_cache(maxsize=10_000)
    def language(outlet: int) -> str:
        draw = random.Random(outlet)
        return draw.choices(tuple(SYLLABLES), weights=SHARE)[0]

    @lru_cache(maxsize=50_000)  # noqa: B019 - one lives as long as the server
    def article(self, outlet: int, number: int) -> Article:
        """A copy has the original's words, without its last sentence or with one in front."""
        draw = random.Random(f"{outlet}/{number}")
        language = self.language(outlet)
        if number and draw.randrange(COPIED) == 0:
            others = [other for other in range(self.count) if self.language(other) == language]
            copied = self.article(draw.choice(others), 0)
            sentences = copied.sentences
            added = _sentence(draw, language)
            changed = (added, *sentences) if draw.random() < 0.5 else sentences[:-1]
            return Article(copied.title, changed)
        words, sentences = draw.randint(*WORDS), []
        named = draw.randrange(NAMED) == 0
        while words > 0:
            sentences.append(_sentence(draw, language, named=named))
            words -= len(sentences[-1].split())
        return Article(_sentence(draw, language)[:70].rstrip("."), tuple(sentences))

    def feed(self, outlet: int, round_: int) -> bytes:
        last = self.new * (round_ + 1)
        items = "".join(
            f"<item><title>{self.article(outlet, number).title}</title>"
            f"<link>http://{self.host(outlet)}:{self.port}/story/{outlet}/{number}</link>"
            f"<guid isPermaLink='false'>{outlet}-{number}</guid></item>"
            for number in range(last - 1, max(-1, last - 1 - LISTED), -1)
        )
        channel = f"<title>Outlet {outlet}</title><language>{self.language(outlet)}</language>"
        return f"<rss version='2.0'><channel>{channel}{items}</channel></rss>".encode()

    def page(self, outlet: int, number: int) -> bytes:
        article = self.article(outlet, number)
        draw = random.Random(f"page {outlet}/{number}")
        paragraphs = "".join(
            f"<p>{' '.join(article.sentences[start : start + 3])}</p>"
            for start in range(0, len(article.sentences), 3)
        )
        facts = {
            "@type": "NewsArticle",
            "headline": article.title,
            "author": {"@type": "Person", "name": f"{SIGNED[number % len(SIGNED)]} Harbour"},
        }
        if draw.randrange(UNDATED):
            facts["datePublished"] = f"2025-12-18T06:{number % 60:02d}:00Z"
        head = (
            f"<html lang='{self.language(outlet)}'><head><title>{article.title}</title>"
            f"<script type='application/ld+json'>{json.dumps(facts)}</script></head><body>"
        )
        body = f"<main><article><h1>{article.title}</h1>{paragraphs}</article></main>"
        chrome = _chrome(outlet, self.language(outlet))
        room = draw.randint(*WEIGHT) - len(chrome) - len(body.encode())
        script = f'<script>var data = "{"x9_" * max(0, room // 3)}";</script>'
        return f"{head}{chrome}{body}{script}</body></html>".encode()


def _sentence(draw: random.Random, language: str, *, named: bool = False) -> str:
    syllables, function = SYLLABLES[language].split(), FUNCTION[language].split()
    words = [
        draw.choice(function)
        if draw.random() < 0.5
        else "".join(draw.choices(syllables, k=draw.randint(2, 4)))
        for _ in range(draw.randint(8, 26))
    ]
    if named and draw.random() < 0.1:
        words[draw.randrange(len(words))] = draw.choice(NAMES)
    return f"{' '.join(words).capitalize()}."


@lru_cache(maxsize=1_000)
def _chrome(outlet: int, language: str) -> str:
    """Menus and teasers of an outlet: some two hundred links, as a front page has."""
    draw = random.Random(f"chrome {outlet}")
    menu = "".join(
        f"<li class='nav-item'><a href='/s/{n}'>{_sentence(draw, language)[:18]}</a></li>"
        for n in range(60)
    )
    teasers = "".join(
        f"<div class='teaser card'><a href='/story/{n}'><h3>{_sentence(draw, language)[:60]}</h3>"
        f"<span class='meta'>{n} min</span></a></div>"
        for n in range(70)
    )
    return f"<header><nav><ul>{menu}</ul></nav></header><aside>{teasers}</aside>"


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, for requests without a body."""

    outlets: ClassVar[Outlets]
    round: ClassVar[int] = 0
    transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._rest = b""

    def data_received(self, data: bytes) -> None:
        *requests, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for request in requests:
            self.transport.write(self._answer(request.split(b" ", 2)[1].decode("latin-1")))

    def _answer(self, target: str) -> bytes:
        parts = urlsplit(target)
        match parts.path.strip("/").split("/"):
            case ["round"]:
                type(self).round = int(parts.query)
                return _reply("200 OK", b"{}", "application/json")
            case ["feed", outlet]:
                feed = self.outlets.feed(int(outlet), self.round)
                return _reply("200 OK", feed, "application/rss+xml")
            case ["story", outlet, number]:
                return _reply("200 OK", self.outlets.page(int(outlet), int(number)), "text/html")
            case _:
                return _reply("404 Not Found", b"", "text/plain")


def _reply(status: str, body: bytes, kind: str) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(outlets: Outlets) -> None:
    """Until killed; prints a line when all outlets listen."""
    Connection.outlets = outlets
    loop = asyncio.get_running_loop()
    for outlet in range(outlets.count):
        await loop.create_server(Connection, outlets.host(outlet), outlets.port, backlog=64)
    print("listening", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("--outlets", "--port", "--new"):
        parser.add_argument(name, type=int, required=True)
    given = parser.parse_args()
    asyncio.run(serve(Outlets(given.outlets, given.port, given.new)))
