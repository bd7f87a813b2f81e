"""robots.txt (RFC 9309) for pages, read by Protego. Feeds, made to be polled, are not subject."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego

from newswatch.models import FetchRequest, FetchResult, RobotsFile

FRESH = timedelta(hours=24)  # RFC 9309, 2.4
MAX_CRAWL_DELAY = 10.0  # seconds; some ask for minutes, which a cycle has not

Fetch = Callable[[FetchRequest], Awaitable[FetchResult]]


class RobotsMemory(Protocol):
    """Where files that were read are kept from one execution to the next."""

    def find(self, site: str) -> RobotsFile | None: ...
    def save(self, file: RobotsFile) -> None: ...


class Robots:
    """Each site's rules, asked for once a day, with the validators of the time before.

    Where there is no file (4xx) everything may be fetched. Where it cannot be had (5xx, no answer)
    the rules of the time before hold, and without them everything may be fetched: RFC 9309 2.3.1.4
    would forbid the whole site, but a site that is down says no better by its pages.
    """

    def __init__(self, user_agent: str, memory: RobotsMemory, now: datetime) -> None:
        self._user_agent, self._memory, self._now = user_agent, memory, now
        self._rules: dict[str, asyncio.Task[Protego]] = {}

    async def forbids(self, request: FetchRequest, fetch: Fetch) -> str | None:
        """A sentence that says who forbids it, or None."""
        rules = await self._rules_for(request, fetch)
        if rules.can_fetch(request.url, self._user_agent):
            return None
        return f"{_site(request.url)}/robots.txt does not let us fetch {_path(request.url)}"

    async def crawl_delay(self, request: FetchRequest, fetch: Fetch) -> float:
        """Seconds that the site wants between two requests; 0.0 if it does not say."""
        rules = await self._rules_for(request, fetch)
        return min(MAX_CRAWL_DELAY, rules.crawl_delay(self._user_agent) or 0.0)

    async def _rules_for(self, request: FetchRequest, fetch: Fetch) -> Protego:
        site = _site(request.url)
        if site not in self._rules:
            self._rules[site] = asyncio.create_task(self._read(site, request, fetch))
        return await asyncio.shield(self._rules[site])

    async def _read(self, site: str, request: FetchRequest, fetch: Fetch) -> Protego:
        known = self._memory.find(site)
        if known is None or self._now - known.checked_at >= FRESH:
            validators = (known.etag, known.last_modified) if known else (None, None)
            result = await fetch(FetchRequest(f"{site}/robots.txt", *validators, request.ports))
            if (found := self._as_file(site, known, result)) is not None:
                self._memory.save(found)
                known = found
        return Protego.parse(known.rules if known else "")

    def _as_file(
        self, site: str, known: RobotsFile | None, result: FetchResult
    ) -> RobotsFile | None:
        """What the answer says of the file; None if it says nothing."""
        if result.outcome == "not-modified" and known is not None:
            return replace(known, checked_at=self._now)
        headers = result.headers
        if result.ok:
            rules = result.body.decode("utf-8", "replace").replace("\0", "")
            validators = headers.get("etag"), headers.get("last-modified")
            return RobotsFile(site, rules, self._now, *validators)
        if result.status is not None and 400 <= result.status < 500:
            return RobotsFile(site, "", self._now)
        return None


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _path(url: str) -> str:
    return urlsplit(url).path or "/"
