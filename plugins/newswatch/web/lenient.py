"""A second reading of answers that aiohttp refuses, over a connection of its own.

A 304 with a body, a length that is given twice or is not the body's, a header line that is none, a
chunked body with a length: browsers read them, and the outlets that send them do not know it. The
head is put in order here; h11 then reads it. The connection is the answer's alone, so bytes after
its announced end can only be more of it.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import h11
from yarl import URL

from newswatch.web.answer import Answer, answer_from, clean
from newswatch.web.body import TooLarge, is_whole

MAX_HEAD = 32_768  # bytes of status line and headers
CHUNK = 65_536
MORE_SECONDS = 2.0  # that a body which is not whole is waited for after its announced end

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t]+(.*))?", re.DOTALL)
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROLS = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_DOCUMENT = re.compile(rb"\s*(?:\xef\xbb\xbf\s*)?[<{\[]|\x1f\x8b")
_LENGTHS = frozenset((b"transfer-encoding", b"content-length"))
_HEAD_END = re.compile(rb"\r?\n\r?\n")


class NotHttp(Exception):
    """The answer cannot be read, even so; the message says why."""


@dataclass(frozen=True, slots=True)
class Lenient:
    """Asks one server at a time; `make_socket` refuses the addresses that are not to be reached."""

    make_socket: Callable[[Any], socket.socket]
    connect_seconds: float
    silence_seconds: float

    async def get(self, url: URL, headers: Mapping[str, str], limit: int) -> Answer:
        """The answer, with at most `limit` bytes of body.

        Raises `NotHttp`, `TooLarge`, `OSError` and, for a server that says nothing, `TimeoutError`.
        """
        async with asyncio.timeout(self.connect_seconds):
            reader, writer = await self._connected(url)
        try:
            writer.write(_request(url, headers))
            return await self._answer(reader, limit)
        finally:
            writer.transport.abort()

    async def _connected(self, url: URL) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(url.raw_host, url.port, type=socket.SOCK_STREAM)
        failure: OSError | None = None
        for address in found:
            try:
                made = self.make_socket(address)
                made.setblocking(False)
                await loop.sock_connect(made, address[4])
            except OSError as error:
                failure = error
                continue
            secure = ssl.create_default_context() if url.scheme == "https" else None
            named = url.raw_host if secure else None
            return await asyncio.open_connection(sock=made, ssl=secure, server_hostname=named)
        raise failure or OSError(f"{url.host} has no address")

    async def _answer(self, reader: asyncio.StreamReader, limit: int) -> Answer:
        status, reason, headers, begun = await self._head(reader)
        connection = h11.Connection(h11.CLIENT)
        connection.send(h11.Request(method="GET", target="/", headers=[("Host", "-")]))
        connection.send(h11.EndOfMessage())
        if _is_chunked(headers):
            begun = begun or await self._more(reader)
            if _DOCUMENT.match(begun):  # it is in no chunks, whatever it says
                headers = [pair for pair in headers if pair[0].lower() not in _LENGTHS]
        connection.receive_data(_put_in_order(status, headers))
        connection.receive_data(begun)
        parts: list[bytes] = []
        size = 0
        is_cut = False
        try:
            while not isinstance(event := connection.next_event(), h11.EndOfMessage):
                if event is h11.NEED_DATA:
                    connection.receive_data(await self._more(reader))
                elif isinstance(event, h11.Data):
                    parts.append(bytes(event.data))
                    size += len(event.data)
                elif isinstance(event, h11.ConnectionClosed):
                    raise NotHttp("the server hung up")
                if size > limit:
                    raise TooLarge
        except h11.RemoteProtocolError as error:
            if not parts:
                raise NotHttp(str(error)) from None
            is_cut = True
        body = b"".join(parts)
        if status in range(200, 300) and not _is_encoded(headers) and not is_whole(body):
            body += await self._rest(reader, connection.trailing_data[0], limit - size)
        return answer_from(status, reason, headers, body, is_cut=is_cut)

    async def _head(
        self, reader: asyncio.StreamReader
    ) -> tuple[int, bytes, list[tuple[bytes, bytes]], bytes]:
        """Status, reason and header lines of the final answer, and what came of its body."""
        sent = b""
        while True:
            while not (end := _HEAD_END.search(sent)) or end.end() > MAX_HEAD:
                if len(sent) > MAX_HEAD:
                    raise NotHttp(f"more than {MAX_HEAD:,} bytes of headers")
                if not (more := await self._more(reader)):
                    raise NotHttp("the server hung up before the end of its headers")
                sent = (sent + more).lstrip(b"\r\n")
            first, *lines = sent[: end.start()].splitlines()
            sent = sent[end.end() :]
            said = _STATUS.fullmatch(first)
            if said is None:
                raise NotHttp(f"it begins with {clean(first[:60])!r}")
            if not said[1].startswith(b"1"):
                return int(said[1]), said[2] or b"", _headers(lines), sent

    async def _more(self, reader: asyncio.StreamReader) -> bytes:
        async with asyncio.timeout(self.silence_seconds):
            return await reader.read(CHUNK)

    async def _rest(self, reader: asyncio.StreamReader, begun: bytes, limit: int) -> bytes:
        """What comes after the announced end of a body that is not whole by then."""
        rest = begun
        try:
            async with asyncio.timeout(MORE_SECONDS):
                while more := await reader.read(CHUNK):
                    rest += more
                    if len(rest) > limit:
                        raise TooLarge
        except TimeoutError:
            pass  # the server keeps the connection open: that was all
        return rest


def _request(url: URL, headers: Mapping[str, str]) -> bytes:
    lines = {"Host": url.raw_authority} | dict(headers) | {"Connection": "close"}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"GET {url.raw_path_qs} HTTP/1.1\r\n{head}\r\n".encode()


def _headers(lines: list[bytes]) -> list[tuple[bytes, bytes]]:
    """The header lines that are such; a line that begins with a blank goes on the one before."""
    headers: list[tuple[bytes, bytes]] = []
    for line in lines:
        name, colon, value = line.partition(b":")
        value = _CONTROLS.sub(b" ", value).strip()
        if line[:1] in (b" ", b"\t") and headers:
            before, said = headers[-1]
            headers[-1] = before, said + b" " + _CONTROLS.sub(b" ", line).strip()
        elif colon and _TOKEN.fullmatch(name.strip()):
            headers.append((name.strip(), value))
    return headers


def _put_in_order(status: int, headers: list[tuple[bytes, bytes]]) -> bytes:
    """A head that says one thing only of how long the body is, for h11 to go by."""
    lengths = {value for name, value in headers if name.lower() == b"content-length"}
    if _is_chunked(headers):
        said = b"Transfer-Encoding: chunked\r\n"
    elif len(lengths) == 1 and (length := lengths.pop()).isdigit():
        said = b"Content-Length: " + length + b"\r\n"
    else:
        said = b""  # to the end of the connection
    return b"HTTP/1.1 %d \r\n%sConnection: close\r\n\r\n" % (status, said)


def _is_chunked(headers: list[tuple[bytes, bytes]]) -> bool:
    codings = b",".join(value for name, value in headers if name.lower() == b"transfer-encoding")
    return codings.lower().rpartition(b",")[2].strip() == b"chunked"


def _is_encoded(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(name.lower() == b"content-encoding" for name, _ in headers)
