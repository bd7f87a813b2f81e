"""Child processes that can be killed: hostile content costs its own time-out and nothing else.

    async with Children("newswatch.extract.page:extract_page", seconds=20) as children:
        article = await children.call(page, url=url, now=now)

Run as a module this is the other end: it answers calls from its standard input until that closes.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import pickle
import resource
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, Self, cast

from newswatch.settings import HOME

AT_ONCE = 2  # children of one stage; Airflow runs several shards side by side
MEMORY = 3 * 1024**3  # bytes of address space of each
CALLS_PER_PROCESS = 2_000  # libraries' caches grow; a new process is the surest reset
_LENGTH = struct.Struct(">I")


class ChildLost(Exception):
    """The call killed the child, or took too long and had to be killed with it."""


class Children:
    """Processes that call one function, each started when there is work for it, and again after
    it was killed."""

    def __init__(self, function: str, seconds: float, count: int = AT_ONCE) -> None:
        self._all = [_Child(function, seconds) for _ in range(count)]
        self._free: asyncio.LifoQueue[_Child] = asyncio.LifoQueue()
        for child in reversed(self._all):
            self._free.put_nowait(child)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for child in self._all:
            child.kill()
        closing = asyncio.gather(*(child.close() for child in self._all))
        try:
            await asyncio.shield(closing)
        except asyncio.CancelledError:
            await closing  # a pipe that is open when the event loop ends is a warning at any time
            raise

    async def call(self, *arguments: Any, **named: Any) -> Any:
        """The function's answer; an exception it raised is raised here. Raises `ChildLost`."""
        child = await self._free.get()
        try:
            return await child.call(pickle.dumps((arguments, named)))
        finally:
            self._free.put_nowait(child)


class _Child:
    """One of them; takes one call at a time."""

    def __init__(self, function: str, seconds: float) -> None:
        self._function, self._seconds = function, seconds
        self._process: asyncio.subprocess.Process | None = None
        self._killed: list[asyncio.subprocess.Process] = []
        self._calls = 0

    async def call(self, request: bytes) -> Any:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._ask(request)
        except TimeoutError:
            self.kill()
            raise ChildLost(f"it took more than {self._seconds:g} s") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            self.kill()
            raise ChildLost("the process died of it") from None
        except asyncio.CancelledError:
            self.kill()  # its answer would be taken for that of the next call
            raise

    async def _ask(self, request: bytes) -> Any:
        process = await self._started()
        requests = cast(asyncio.StreamWriter, process.stdin)
        answers = cast(asyncio.StreamReader, process.stdout)
        requests.write(_LENGTH.pack(len(request)) + request)
        await requests.drain()
        (length,) = _LENGTH.unpack(await answers.readexactly(_LENGTH.size))
        answer = pickle.loads(await answers.readexactly(length))  # noqa: S301 - from our own child
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _started(self) -> asyncio.subprocess.Process:
        self._calls += 1
        if self._calls > CALLS_PER_PROCESS:
            self.kill()
        await self.close()
        if self._process is None or self._process.returncode is not None:
            self._calls = 1
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                __name__,
                self._function,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": str(HOME / "plugins")},
            )
        return self._process

    def kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        self._killed.append(process)

    async def close(self) -> None:
        """Wait for what was killed, and for the end of its pipes."""
        while self._killed:
            process = self._killed[0]
            await process.communicate(b"")
            self._killed.remove(process)


def serve(function: Callable[..., Any], requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the requests end. A bug goes back as the exception it is."""
    while header := requests.read(_LENGTH.size):
        arguments, named = pickle.loads(  # noqa: S301 - from our own parent
            requests.read(_LENGTH.unpack(header)[0])
        )
        answer: Any
        try:
            answer = function(*arguments, **named)
        except MemoryError:
            os._exit(1)
        except Exception as error:
            answer = error
        packed = pickle.dumps(answer)
        answers.write(_LENGTH.pack(len(packed)) + packed)
        answers.flush()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints breaks no answer
    module, name = sys.argv[1].split(":")
    serve(getattr(importlib.import_module(module), name), sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
