"""Child processes that can be killed: hostile content costs its own time and nothing else.

    article = await pool("newswatch.extract.page:extract_page").call(20.0, page, url=url, now=now)

A call is bounded by the CPU time that the child spends on it, which the kernel counts (ITIMER_PROF)
and ends by a signal; so a busy machine loses nothing. The clock on the wall, which allows much
more, only finds a child that stands still. Neither counts the start: a child says when it is ready.

Not pebble: its time-outs are of the wall, and its processes may not be started from a daemonic one.
Not multiprocessing for the second reason, and because it would fork the database connections.

The other end is `stages.serving`.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import pickle
import queue
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Literal

from newswatch.settings import HOME
from newswatch.stages import serving

AT_ONCE = 2  # children of one function; Airflow runs several shards side by side
CALLS_PER_PROCESS = 2_000  # libraries' caches grow; a new process is the surest reset
START_SECONDS = 300.0  # by the clock, until a child is ready
STARTS = 3  # of one that somebody ends or stops while it starts
STILL_FACTOR, STILL_LEAST = 10, 60.0  # by the clock, a call may take so many times its CPU time
LOOK_EVERY = 5.0  # by the clock, whether a child was stopped; if twice in a row, it is replaced
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


class _Stopped(Exception):
    """Somebody has stopped the child."""


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
        return serving.CALL.pack(len(call), self.seconds) + call

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
            (length,) = serving.ANSWER.unpack(self._received(peer, serving.ANSWER.size, until))
            packed = self._received(peer, length, until)
        except _Stopped:
            self.kill()
            raise ChildLost("still", "its process was stopped") from None
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
        """Raises `ChildLost`; one that somebody ended or stopped as it started is started anew."""
        if self._process is not None and self._process.poll() is not None:
            self.kill()  # it died between two calls
        for _ in range(STARTS - 1):
            try:
                return self._peer or self._start()
            except ChildLost as lost:
                if lost.loss not in ("still", "killed"):
                    raise
        return self._start()

    def _start(self) -> socket.socket:
        self._calls = 0
        try:
            ours, theirs = socket.socketpair()
            self._peer = ours
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603
                    [sys.executable, "-m", serving.__name__, self._function],
                    stdin=theirs.fileno(),
                    stdout=2,  # a library that prints breaks no answer
                    env=os.environ | {"PYTHONPATH": str(HOME / "plugins")},
                )
            if (
                self._received(ours, len(serving.READY), time.monotonic() + START_SECONDS)
                == serving.READY
            ):
                return ours
            why = "it said something else than that it is ready"
        except _Stopped:
            self.kill()
            raise ChildLost("still", "its process was stopped") from None
        except EOFError:
            lost = self._lost(0.0)
            if lost.loss == "killed":
                raise lost from None
            why = str(lost)
        except OSError as error:
            why = str(error) or type(error).__name__
        self.kill()
        raise ChildLost("start", f"no process could be started for it: {why}")

    def _received(self, peer: socket.socket, size: int, until: float) -> bytes:
        """So many bytes, by that time of the monotonic clock. Raises TimeoutError, EOFError, or
        `_Stopped` if the child was stopped meanwhile and does not go on."""
        found = bytearray()
        stopped = False
        while len(found) < size:
            peer.settimeout(max(0.001, min(LOOK_EVERY, until - time.monotonic())))
            try:
                part = peer.recv(min(size - len(found), 1 << 20))
            except TimeoutError:
                if time.monotonic() >= until:
                    raise
                before, stopped = stopped, self._is_stopped()
                if before and stopped:
                    raise _Stopped from None
                continue
            if not part:
                raise EOFError("it hung up")
            found += part
        return bytes(found)

    def _is_stopped(self) -> bool:
        """Whether somebody has stopped it (SIGSTOP), and not let it go on."""
        process = self._process
        if process is None:
            return False
        with suppress(ChildProcessError):
            how = os.WSTOPPED | os.WNOHANG | os.WNOWAIT
            return os.waitid(os.P_PID, process.pid, how) is not None
        return False

    def _lost(self, seconds: float) -> ChildLost:
        """Why the child hung up."""
        process = self._process
        status = process.wait() if process else -signal.SIGKILL
        self.kill()
        if status == -signal.SIGPROF:
            return ChildLost("time", f"it took more than {seconds:g} s of CPU time")
        if status == serving.TOO_GREEDY:
            return ChildLost(
                "memory", f"it took more than {serving.MEMORY / 1024**3:g} GiB of memory"
            )
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
