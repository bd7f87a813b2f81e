"""Child processes that can be killed: hostile content costs its own time and nothing else.

    article = await pool("newswatch.extract.page:extract_page").call(20.0, page, url=url, now=now)

A call is bounded by the CPU time that the child spends on it, which the kernel counts (ITIMER_PROF)
and ends by a signal; so a busy machine loses nothing. The clock on the wall, which allows much
more, only finds a child that stands still. Neither counts the start: a child says when it is ready.

Not pebble: its time-outs are of the wall, and its processes may not be started from a daemonic one.
Not multiprocessing for the second reason, and because it would fork the database connections.

Run as a module this is the other end: it answers calls on its standard input, a socket, until that
closes; so it ends with its parent, however that ends.
"""

from __future__ import annotations

import asyncio
import atexit
import importlib
import os
import pickle
import queue
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Literal

from newswatch.settings import HOME

AT_ONCE = 2  # children of one function; Airflow runs several shards side by side
MEMORY = 3 * 1024**3  # bytes of address space of each
CALLS_PER_PROCESS = 2_000  # libraries' caches grow; a new process is the surest reset
START_SECONDS = 300.0  # by the clock, until a child is ready
STILL_FACTOR, STILL_LEAST = 10, 60.0  # by the clock, a call may take so many times its CPU time
_READY = b"\x06"
_CALL = struct.Struct(">Id")  # length of the pickled call, seconds of CPU time
_ANSWER = struct.Struct(">I")
_TOO_GREEDY = 77  # the exit status of a child without memory
_FROM_OUTSIDE = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP})

Loss = Literal[
    "time",  # its CPU time was used up
    "memory",
    "crash",  # it died of the call in another way
    "still",  # it stood still: stopped, or it waits for something
    "killed",  # somebody else ended it
    "start",  # it never was ready
]


class ChildLost(Exception):
    """There is no answer, since the child was lost; `loss` says to what."""

    def __init__(self, loss: Loss, sentence: str) -> None:
        super().__init__(sentence)
        self.loss = loss


def pool(function: str) -> Children:
    """This process's children for a function (`module:name`): started when there is work for them,
    and kept until the process ends."""
    if function not in _pools:
        _pools[function] = Children(function)
    return _pools[function]


_pools: dict[str, Children] = {}
os.register_at_fork(after_in_child=_pools.clear)  # a fork has no part in its parent's conversations


@atexit.register
def _close_pools() -> None:
    for children in _pools.values():
        children.close()


class Children:
    """Processes that call one function, each started anew after it was lost."""

    def __init__(
        self, function: str, count: int = AT_ONCE, *, still_least: float = STILL_LEAST
    ) -> None:
        self._all = [_Child(function, still_least) for _ in range(count)]
        self._free: queue.LifoQueue[_Child] = queue.LifoQueue()
        for child in reversed(self._all):
            self._free.put(child)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="child")
        self._is_closed = False

    @property
    def pids(self) -> list[int]:
        """Of the children that run."""
        return [child.pid for child in self._all if child.pid is not None]

    async def call(self, seconds: float, *arguments: Any, **named: Any) -> Any:
        """The function's answer within so much CPU time; an exception it raised is raised here.

        Raises `ChildLost`. A call whose child somebody else ended or stopped is made once more.
        """
        call = _Call(seconds, arguments, named)
        future = self._threads.submit(self._answer, call)
        try:
            answer = await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            call.give_up()
            raise
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        """End the children, in the middle of a call or not."""
        self._is_closed = True
        for child in self._all:
            child.kill()
        self._threads.shutdown()

    def _answer(self, call: _Call) -> Any:
        child = self._free.get()
        try:
            try:
                return child.answer(call)
            except ChildLost as lost:
                if lost.loss not in ("still", "killed") or call.is_given_up or self._is_closed:
                    raise
            return child.answer(call)
        finally:
            self._free.put(child)


class _Call:
    """One call, and which child is at it."""

    def __init__(self, seconds: float, arguments: Any, named: Any) -> None:
        self.seconds, self._arguments, self._named = seconds, arguments, named
        self.is_given_up = False
        self.child: _Child | None = None

    def packed(self) -> bytes:
        call = pickle.dumps((self._arguments, self._named))
        return _CALL.pack(len(call), self.seconds) + call

    def give_up(self) -> None:
        """Nobody waits for the answer."""
        self.is_given_up = True
        if self.child is not None:
            self.child.kill()


class _Child:
    """One of them; takes one call at a time, from any thread."""

    def __init__(self, function: str, still_least: float) -> None:
        self._function, self._still_least = function, still_least
        self._process: subprocess.Popen[bytes] | None = None
        self._peer: socket.socket | None = None
        self._calls = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def answer(self, call: _Call) -> Any:
        """What the function returned, or the exception it raised. Raises `ChildLost`."""
        call.child = self
        peer = self._started()
        if call.is_given_up:
            self.kill()
            raise ChildLost("killed", "nobody waits for it")
        patience = max(self._still_least, STILL_FACTOR * call.seconds)
        until = time.monotonic() + patience
        try:
            peer.settimeout(patience)
            peer.sendall(call.packed())
            (length,) = _ANSWER.unpack(_received(peer, _ANSWER.size, until))
            packed = _received(peer, length, until)
        except TimeoutError:
            self.kill()
            raise ChildLost("still", f"it stood still for {patience:g} s") from None
        except (OSError, EOFError):
            raise self._lost(call.seconds) from None
        finally:
            call.child = None
        self._calls += 1
        if self._calls >= CALLS_PER_PROCESS:
            self.kill()
        answer, where = pickle.loads(packed)  # noqa: S301 - from our own child
        if where is not None:
            answer.add_note(where)
        return answer

    def _started(self) -> socket.socket:
        if self._process is not None and self._process.poll() is not None:
            self.kill()  # it died between two calls
        return self._peer or self._start()

    def _start(self) -> socket.socket:
        self._calls = 0
        try:
            ours, theirs = socket.socketpair()
            self._peer = ours
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603
                    [sys.executable, "-m", __name__, self._function],
                    stdin=theirs.fileno(),
                    stdout=2,  # a library that prints breaks no answer
                    env=os.environ | {"PYTHONPATH": str(HOME / "plugins")},
                )
            ours.settimeout(START_SECONDS)
            if _received(ours, len(_READY), time.monotonic() + START_SECONDS) == _READY:
                return ours
            why = "it said something else than that it is ready"
        except (OSError, EOFError) as error:
            why = str(error) or type(error).__name__
        self.kill()
        raise ChildLost("start", f"no process could be started for it: {why}")

    def _lost(self, seconds: float) -> ChildLost:
        """Why the child hung up."""
        process = self._process
        status = process.wait() if process else -signal.SIGKILL
        self.kill()
        if status == -signal.SIGPROF:
            return ChildLost("time", f"it took more than {seconds:g} s of CPU time")
        if status == _TOO_GREEDY:
            return ChildLost("memory", f"it took more than {MEMORY / 1024**3:g} GiB of memory")
        if -status in _FROM_OUTSIDE:
            return ChildLost("killed", f"its process was ended ({signal.Signals(-status).name})")
        return ChildLost("crash", f"its process died of it (status {status})")

    def kill(self) -> None:
        """End it, if it runs; the next call starts another. May come from any thread."""
        process, self._process = self._process, None
        peer, self._peer = self._peer, None
        if process is not None:
            process.kill()
            process.wait()
        if peer is not None:
            with suppress(OSError):
                peer.shutdown(socket.SHUT_RDWR)  # wakes the thread that reads from it
            peer.close()


def _received(peer: socket.socket, size: int, until: float) -> bytes:
    """So many bytes, by that time of the monotonic clock. Raises TimeoutError, EOFError."""
    found = bytearray()
    while len(found) < size:
        peer.settimeout(max(0.001, until - time.monotonic()))
        part = peer.recv(min(size - len(found), 1 << 20))
        if not part:
            raise EOFError("it hung up")
        found += part
    return bytes(found)


def serve(function: Callable[..., Any], parent: socket.socket) -> None:
    """Answer until the parent hangs up. A bug goes back as the exception it is."""
    with parent.makefile("rb") as calls, parent.makefile("wb") as answers:
        answers.write(_READY)
        answers.flush()
        while header := calls.read(_CALL.size):
            length, seconds = _CALL.unpack(header)
            call = calls.read(length)
            # The signal's default is to end the process, whatever it is at, C code too.
            signal.setitimer(signal.ITIMER_PROF, seconds)
            answer = _packed_answer(function, call)
            signal.setitimer(signal.ITIMER_PROF, 0)
            answers.write(_ANSWER.pack(len(answer)) + answer)
            answers.flush()


def _packed_answer(function: Callable[..., Any], call: bytes) -> bytes:
    try:
        arguments, named = pickle.loads(call)  # noqa: S301 - from our own parent
        return pickle.dumps((function(*arguments, **named), None))
    except MemoryError:
        os._exit(_TOO_GREEDY)
    except Exception as error:
        return _packed_error(error, traceback.format_exc())


def _packed_error(error: Exception, where: str) -> bytes:
    """The exception with its traceback; one that does not survive pickling by its name."""
    try:
        packed = pickle.dumps((error, where))
        pickle.loads(packed)  # noqa: S301 - our own
    except Exception:
        packed = pickle.dumps((RuntimeError(f"{type(error).__name__}: {error}"), where))
    return packed


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides, and hangs up
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # whatever the parent inherited
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    module, name = sys.argv[1].split(":")
    serve(getattr(importlib.import_module(module), name), socket.socket(fileno=0))


if __name__ == "__main__":
    main()
