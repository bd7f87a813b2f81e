"""How hard one host may be asked: so many requests at once, and a pause between two pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    places: asyncio.Semaphore
    pause: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0  # loop time before which no further page is asked for


class Politeness:
    """Turns at hosts. The global limit is taken inside the host's: a slow host blocks itself."""

    def __init__(self, concurrency: int, host_concurrency: int, host_delay: float) -> None:
        self._all = asyncio.Semaphore(concurrency)
        self._host_concurrency, self._host_delay = host_concurrency, host_delay
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, spaced: bool) -> AsyncIterator[None]:
        """Wait for a turn at `host`; `spaced` ones start at least the host delay apart."""
        known = self._hosts.setdefault(host, _Host(asyncio.Semaphore(self._host_concurrency)))
        async with known.places:
            if spaced and self._host_delay:
                await self._space(known)
            async with self._all:
                yield

    async def _space(self, host: _Host) -> None:
        async with host.pause:
            now = asyncio.get_running_loop().time()
            await asyncio.sleep(max(0.0, host.free_at - now))
            host.free_at = max(now, host.free_at) + self._host_delay
