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
import urllib.request
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from urllib.parse import SplitResult

from benchmarks.background import background
from benchmarks.bare_http import reply, serve
from benchmarks.year_of_news import END

START = END + timedelta(hours=6)  # when the first of it is published: what is stored is older
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
            facts["datePublished"] = f"{START:%Y-%m-%dT%H}:{number % 60:02d}:00Z"
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


def serving(outlets: Outlets) -> AbstractContextManager[None]:
    given = {"--outlets": outlets.count, "--port": outlets.port, "--new": outlets.new}
    return background("benchmarks.page_server", given)


def turn(outlets: Outlets, round_: int) -> None:
    urllib.request.urlopen(f"http://{outlets.host(0)}:{outlets.port}/round?{round_}", timeout=10)


class Newsroom:
    """Answers for all outlets; what they have published grows with the round."""

    def __init__(self, outlets: Outlets) -> None:
        self._outlets = outlets
        self._round = 0

    def answer(self, target: SplitResult, _: Mapping[str, str]) -> bytes:
        match target.path.strip("/").split("/"):
            case ["round"]:
                self._round = int(target.query)
                return reply("200 OK")
            case ["feed", outlet]:
                feed = self._outlets.feed(int(outlet), self._round)
                return reply("200 OK", feed, Content_Type="application/rss+xml; charset=utf-8")
            case ["story", outlet, number]:
                page = self._outlets.page(int(outlet), int(number))
                return reply("200 OK", page, Content_Type="text/html; charset=utf-8")
            case _:
                return reply("404 Not Found")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("--outlets", "--port", "--new"):
        parser.add_argument(name, type=int, required=True)
    given = parser.parse_args()
    outlets = Outlets(given.outlets, given.port, given.new)
    hosts = map(outlets.host, range(outlets.count))
    asyncio.run(serve(hosts, outlets.port, Newsroom(outlets).answer))
