"""HTTP/1.1 with keep-alive on many loopback addresses, as cheap as asyncio does it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from urllib.parse import SplitResult, urlsplit

Answer = Callable[[SplitResult, Mapping[str, str]], bytes]  # of a target and lower-case headers


class Connection(asyncio.Protocol):
    """Requests without a body; each is answered from its target and headers."""

    transport: asyncio.Transport

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for request in requests:
            first, *lines = request.decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
            self.transport.write(self._answer(urlsplit(first.split(" ")[1]), headers))


def reply(status: str, body: bytes = b"", **headers: str) -> bytes:
    """`Content_Type="text/html"` is the header Content-Type."""
    lines = "".join(f"{name.replace('_', '-')}: {text}\r\n" for name, text in headers.items())
    return f"HTTP/1.1 {status}\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(addresses: Iterable[str], port: int, answer: Answer) -> None:
    """Until killed; prints a line when all addresses listen."""
    loop = asyncio.get_running_loop()
    for address in addresses:
        await loop.create_server(partial(Connection, answer), address, port, backlog=64)
    print("listening", flush=True)
    await asyncio.Event().wait()
