"""The feeds of a site, from the address of one of its pages: those that it announces, those in the
usual places, and its news sitemaps."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from urllib.parse import urljoin

from newswatch.feeds.discovery import announced_feeds
from newswatch.models import FetchRequest, ParsedFeed
from newswatch.stages.poll.parsing import parse
from newswatch.web.fetch import Fetcher

MAX_ANNOUNCED = 20
MAX_SITEMAPS = 3  # that are tried
PLACES = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


async def feeds_of(
    fetcher: Fetcher, url: str, page: bytes, ports: tuple[int, ...], now: datetime
) -> tuple[str, ...]:
    """Addresses, each once; `page` is what `url` gave. The usual places are asked only of a site
    that announces nothing, one after the other, until one is a feed."""
    links = announced_feeds(page.decode("utf-8", "replace"))[:MAX_ANNOUNCED]
    found = [urljoin(url, link) for link in links]
    if not found:
        async for place in _working(fetcher, (urljoin(url, place) for place in PLACES), ports, now):
            found.append(place)
            break
    robots = await fetcher.fetch(
        FetchRequest(urljoin(url, "/robots.txt"), ports=ports), kind="feed"
    )
    if robots.ok:
        named = _SITEMAP.findall(robots.body.decode("utf-8", "replace"))
        named.sort(key=lambda address: "news" not in address.lower())
        tried = (urljoin(url, address) for address in named[:MAX_SITEMAPS])
        found += [address async for address in _working(fetcher, tried, ports, now)]
    return tuple(dict.fromkeys(found))


async def _working(
    fetcher: Fetcher, urls: Iterable[str], ports: tuple[int, ...], now: datetime
) -> AsyncIterator[str]:
    """Those of the addresses at which there is a feed that brings something."""
    for url in urls:
        result = await fetcher.fetch(FetchRequest(url, ports=ports), kind="feed")
        if not result.ok:
            continue
        parsed = await parse(
            result.body,
            url=result.final_url,
            content_type=result.headers.get("content-type"),
            now=now,
        )
        if isinstance(parsed, ParsedFeed) and (parsed.entries or parsed.sitemaps):
            yield result.final_url
