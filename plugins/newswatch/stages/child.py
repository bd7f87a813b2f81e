"""One child process, which answers calls until it is lost."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Literal

from newswatch.errors import MachineFault
from newswatch.settings import HOME
from newswatch.stages import serving

CALLS_PER_PROCESS = 2_000  # libraries' caches grow; a new process is the surest reset
START_SECONDS = 300.0  # by the clock, until a child is ready
STARTS = 8  # of one that somebody ends or stops while it starts
STILL_FACTOR, STILL_LEAST = 10, 60.0  # by the clock, a call may take so many times its CPU time
LOOK_EVERY = 5.0  # by the clock, whether a child was stopped; if twice in a row, it is replaced
_FROM_OUTSIDE = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP})

Loss = Literal[
    "time",  # its CPU time was used up
    "memory",
    "crash",  # it died of the call in another way
    "still",  # it stood still: stopped, or it waits for something
    "killed",  # somebody else ended it
]


class ChildLost(Exception):
    """There is no answer, since the child was lost; `loss` says to what."""

    def __init__(self, loss: Loss, sentence: str) -> None:
        super().__init__(sentence)
        self.loss = loss


class _Stopped(Exception):
    """Somebody has stopped the child."""


class Call:
    """One call, and which child is at it. To be made in the thread of an event loop."""

    def __init__(
        self, seconds: float, arguments: Any, named: Any, begins: Callable[[], None] | None
    ) -> None:
        self.seconds, self._arguments, self._named = seconds, arguments, named
        self.is_given_up = False
        self.child: Child | None = None
        self._begins, self._loop = begins, asyncio.get_running_loop()
        self._told: Future[None] = Future()

    def packed(self) -> bytes:
        call = pickle.dumps((self._arguments, self._named))
        return serving.CALL.pack(len(call), self.seconds) + call

    def begin(self) -> None:
        """Tell the caller, in the thread of its loop, that a child is ready; for a call that is
        made again too, once. Raises what that raises."""
        if self._begins is not None and not self._told.done():
            self._loop.call_soon_threadsafe(self._tell, self._begins)
            self._told.result()

    def _tell(self, begins: Callable[[], None]) -> None:
        if self._told.set_running_or_notify_cancel():
            try:
                begins()
            except Exception as error:
                self._told.set_exception(error)
            else:
                self._told.set_result(None)

    def give_up(self) -> None:
        """Nobody waits for the answer."""
        self.is_given_up = True
        self._told.cancel()
        if self.child is not None:
            self.child.kill()


class Child:
    """One of them; takes one call at a time, from any thread."""

    def __init__(self, function: str, still_least: float) -> None:
        self._function, self._still_least = function, still_least
        self._process: subprocess.Popen[bytes] | None = None
        self._peer: socket.socket | None = None
        self._calls = 0

    @property
    def pid(self) -> int | None:
        process = self._process  # another thread may take it away
        return process.pid if process else None

    def answer(self, call: Call) -> Any:
        """What the function returned, or the exception it raised.

        Raises `ChildLost`, and `MachineFault` if no child can be started.
        """
        call.child = self
        peer = self._started()
        if call.is_given_up:
            self.kill()
            raise ChildLost("killed", "nobody waits for it")
        call.begin()
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
        """One that somebody ended or stopped as it started is started anew."""
        if self._process is not None and self._process.poll() is not None:
            self.kill()  # it died between two calls
        why = ""
        for _ in range(STARTS):
            try:
                return self._peer or self._start()
            except ChildLost as lost:
                why = str(lost)
                if lost.loss not in ("still", "killed"):
                    break
        raise MachineFault(
            f"no child process could be started for {self._function}: {why};"
            " look for memory, open files and a complete installation on this machine"
        )

    def _start(self) -> socket.socket:
        """Raises `ChildLost`."""
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
            said = self._received(ours, len(serving.READY), time.monotonic() + START_SECONDS)
        except _Stopped:
            self.kill()
            raise ChildLost("still", "its process was stopped") from None
        except EOFError:
            raise self._lost(0.0) from None
        except OSError as error:
            self.kill()
            raise ChildLost("crash", str(error) or type(error).__name__) from None
        if said != serving.READY:
            self.kill()
            raise ChildLost("crash", "it said something else than that it is ready")
        return ours

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
