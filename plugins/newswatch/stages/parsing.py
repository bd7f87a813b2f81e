"""Parsing feeds in a process that can be killed: a hostile document costs its own time-out only.

    async with Parser() as parser:
        parsed = await parser.parse(body, url=url, content_type=None, now=now)

Run as a module this is the other end: it reads requests from its standard input until that closes.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import resource
import struct
import sys
from datetime import datetime
from typing import BinaryIO, Self, cast

from newswatch.feeds.parse import parse_feed
from newswatch.models import ParsedFeed, ParseFailure
from newswatch.settings import HOME

SECONDS = 20.0  # a feed of 1 MB takes a quarter of one
MEMORY = 2 * 1024**3  # bytes of address space
_LENGTH = struct.Struct(">I")

Parsed = ParsedFeed | ParseFailure


class Parser:
    """One child process, started at the first use and again after each kill."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: asyncio.subprocess.Process | None = None
        self._one_at_a_time = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._kill()

    async def parse(
        self, body: bytes, *, url: str, content_type: str | None, now: datetime
    ) -> Parsed:
        """As `feeds.parse.parse_feed`; too slow and too greedy are failures like others."""
        request = pickle.dumps((body, url, content_type, now))
        async with self._one_at_a_time:
            try:
                async with asyncio.timeout(self._seconds):
                    return await self._ask(request)
            except TimeoutError:
                await self._kill()
                return ParseFailure("too-slow", f"it was not parsed within {self._seconds:g} s")
            except (asyncio.IncompleteReadError, ConnectionError):
                await self._kill()
                return ParseFailure("hostile", "the parser died of it")

    async def _ask(self, request: bytes) -> Parsed:
        child = await self._started()
        requests = cast(asyncio.StreamWriter, child.stdin)
        answers = cast(asyncio.StreamReader, child.stdout)
        requests.write(_LENGTH.pack(len(request)) + request)
        await requests.drain()
        (length,) = _LENGTH.unpack(await answers.readexactly(_LENGTH.size))
        answer: Parsed | Exception = pickle.loads(  # noqa: S301 - from our own child
            await answers.readexactly(length)
        )
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _started(self) -> asyncio.subprocess.Process:
        if self._child is None or self._child.returncode is not None:
            self._child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                __name__,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": str(HOME / "plugins")},
            )
        return self._child

    async def _kill(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            child.kill()
        await child.wait()


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the requests end. A bug in parsing goes back as the exception it is."""
    while header := requests.read(_LENGTH.size):
        body, url, content_type, now = pickle.loads(  # noqa: S301 - from our own parent
            requests.read(_LENGTH.unpack(header)[0])
        )
        answer: Parsed | Exception
        try:
            answer = parse_feed(body, url=url, content_type=content_type, now=now)
        except MemoryError:
            answer = ParseFailure("hostile", "parsing it needs too much memory")
        except Exception as error:
            error.add_note(f"while parsing {url}")
            answer = error
        packed = pickle.dumps(answer)
        answers.write(_LENGTH.pack(len(packed)) + packed)
        answers.flush()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints breaks no answer
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
