"""One handler served at several loopback addresses and one port, from a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
_PATIENCE = 10  # seconds, for a start or a stop that takes well under one
_ATTEMPTS = 20  # to find a port that is free at every address


class Listening:
    """Serves from construction to `close`. Port 0 takes any that is free at all addresses.

    Raises OSError if the port asked for is taken.
    """

    def __init__(self, handler: Handler, addresses: Sequence[str], port: int) -> None:
        self._handler = handler
        self._addresses = addresses
        self._servers: list[asyncio.Server] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="newsroom", daemon=True)
        self._thread.start()
        try:
            started = asyncio.run_coroutine_threadsafe(self._start(port), self._loop)
            self.port = started.result(_PATIENCE)
        except BaseException:
            self._stop_loop()
            raise

    def close(self) -> None:
        """Stops serving; a second call does nothing."""
        if not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(_PATIENCE)
            self._stop_loop()

    async def _start(self, port: int) -> int:
        self._connections = web.Server(self._handler, access_log=None)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return await self._listen(port)
            except OSError:
                self._unlisten()
                if port or attempt == _ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    async def _listen(self, port: int) -> int:
        for address in self._addresses:
            server = await self._loop.create_server(self._connections, address, port)
            self._servers.append(server)
            port = server.sockets[0].getsockname()[1]
        return port

    def _unlisten(self) -> None:
        for server in self._servers:
            server.close()
        self._servers.clear()

    async def _stop(self) -> None:
        # A connection that is just being accepted breaks if its server closes under it, so the
        # doors are shut first, and then who stands between them is let in and sent away.
        for server in self._servers:
            for listener in server.sockets:
                self._loop.remove_reader(listener.fileno())
        await _settle()
        self._unlisten()
        await self._connections.shutdown(0.2)
        await _settle()

    def _stop_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        self._loop.close()


async def _settle() -> None:
    """Gives what is due its turns: a connection needs a few to be made, and to be closed."""
    for _ in range(5):
        await asyncio.sleep(0)
