"""robots.txt (RFC 9309) for pages, read by Protego. Feeds, made to be polled, are not subject."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from protego import Protego

from newswatch.models import FetchResult


class Robots:
    """Each site's rules, fetched once. Of a site whose file cannot be had (4xx, 5xx, no answer)
    everything may be fetched: RFC 9309 2.3.1.3 says so for 4xx; for 5xx it would forbid the whole
    site, but a site that is down says no better by its pages than by its robots.txt."""

    def __init__(self, user_agent: str, fetch: Callable[[str], Awaitable[FetchResult]]) -> None:
        self._user_agent, self._fetch = user_agent, fetch
        self._rules: dict[str, asyncio.Task[Protego | None]] = {}

    async def forbids(self, url: str) -> str | None:
        """A sentence that says who forbids it, or None."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.create_task(self._read(f"{site}/robots.txt"))
        rules = await asyncio.shield(self._rules[site])
        if rules is None or rules.can_fetch(url, self._user_agent):
            return None
        return f"{site}/robots.txt does not let us fetch {parts.path or '/'}"

    async def _read(self, url: str) -> Protego | None:
        result = await self._fetch(url)
        if not result.ok:
            return None
        return Protego.parse(result.body.decode("utf-8", "replace"))
