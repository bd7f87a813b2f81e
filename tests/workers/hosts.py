"""Each worker is a host of its own: an address of loopback, at which its log server is reached."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

VARIABLE = "WORKER_ADDRESS"


def hostname() -> str:
    """For `AIRFLOW__CORE__HOSTNAME_CALLABLE`: what Airflow notes with each task."""
    return os.environ.get(VARIABLE, "127.0.0.1")


@contextmanager
def relayed(port: int, log_servers: Mapping[str, int]) -> Iterator[None]:
    """As a network does it: `port` of each address leads to a log server. Airflow's listen on all
    addresses of their machine, so that on this one each has a port of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def listen() -> list[asyncio.Server]:
        return [
            await asyncio.start_server(_relay_to(target), address, port)
            for address, target in log_servers.items()
        ]

    servers = asyncio.run_coroutine_threadsafe(listen(), loop).result()
    try:
        yield
    finally:
        for server in servers:
            loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _relay_to(
    target: int,
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", target)
            await asyncio.gather(_pump(reader, there_writer), _pump(there_reader, writer))
        writer.close()

    return relay


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(65_536):
            writer.write(piece)
            await writer.drain()
    writer.close()
