"""Child processes that can be killed: hostile content costs its own time and nothing else.

    article = await pool("newswatch.extract.page:extract_page").call(20.0, page, url=url, now=now)

A call is bounded by the CPU time that the child spends on it, which the kernel counts (ITIMER_PROF)
and ends by a signal; so a busy machine loses nothing. The clock on the wall, which allows much
more, only finds a child that stands still. Neither counts the start: a child says when it is ready.

Not pebble: its time-outs are of the wall, and its processes may not be started from a daemonic one.
Not multiprocessing for the second reason, and because it would fork the database connections.

One of them is a `stages.child`; its other end is `stages.serving`.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from newswatch.stages.child import STILL_LEAST, Call, Child, ChildLost

AT_ONCE = 2  # children of one function


def pool(function: str, count: int = AT_ONCE) -> Children:
    """This process's children for a function (`module:name`), so many as its first user asks for:
    each started when there is work for it, and kept until the process ends."""
    if function not in _pools:
        _pools[function] = Children(function, count)
    return _pools[function]


def share_of_cores(shards: int) -> int:
    """The cores of this machine for each of the shards that run side by side; one at least."""
    return max(1, -(-len(os.sched_getaffinity(0)) // shards))


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
        self._all = [Child(function, still_least) for _ in range(count)]
        self._free: queue.LifoQueue[Child] = queue.LifoQueue()
        for child in reversed(self._all):
            self._free.put(child)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="child")
        self._is_closed = False

    @property
    def pids(self) -> list[int]:
        """Of the children that run."""
        return [pid for child in self._all if (pid := child.pid) is not None]

    async def call(
        self,
        seconds: float,
        *arguments: Any,
        begins: Callable[[], None] | None = None,
        **named: Any,
    ) -> Any:
        """The function's answer within so much CPU time; an exception it raised is raised here.
        `begins` is called when a child is ready for it, just before it works.

        Raises `ChildLost`. A call whose child somebody else ended or stopped is made once more.
        Raises `MachineFault` if no child can be started: no fault of what was to be worked on.
        """
        call = Call(seconds, arguments, named, begins)
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

    def _answer(self, call: Call) -> Any:
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
