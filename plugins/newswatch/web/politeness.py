"""How hard one host may be asked: so many requests at once, and a pause between two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    places: asyncio.Semaphore
    pause: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0  # loop time before which nothing that is spaced is asked for


class Politeness:
    """Turns at hosts. The global limit is taken inside the host's: a slow host blocks itself."""

    def __init__(self, concurrency: int, host_concurrency: int) -> None:
        self._all = asyncio.Semaphore(concurrency)
        self._host_concurrency = host_concurrency
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, pause: float = 0.0) -> AsyncIterator[None]:
        """Wait for a turn at `host`, which may begin `pause` seconds before the next one."""
        known = self._hosts.setdefault(host, _Host(asyncio.Semaphore(self._host_concurrency)))
        async with known.places:
            if pause:
                await self._space(known, pause)
            async with self._all:
                yield

    async def _space(self, host: _Host, pause: float) -> None:
        async with host.pause:
            now = asyncio.get_running_loop().time()
            await asyncio.sleep(max(0.0, host.free_at - now))
            host.free_at = max(now, host.free_at) + pause
