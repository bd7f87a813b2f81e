"""A limit of CPU time on pure work in this process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 0.2  # seconds of CPU time: Python drops what is raised in a destructor or as it collects


class Overdue(Exception):
    """The work took more CPU time than it may."""


@contextmanager
def cpu_deadline(seconds: float) -> Iterator[None]:
    """Raises `Overdue` where the block is at, once it has used so much CPU time of the process.

    Where Python drops what is raised there, it is raised again soon, at the latest where the block
    ends. For pure work: what a signal may leave half done (a conversation with the database, a
    file) must not stand in the block. Signals come to the main thread, in which stages run; in
    another one there is no limit. Blocks do not nest.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    overdue = Overdue(f"it took more than {seconds:g} s of CPU time")
    rung = False

    def ring(_: int, __: FrameType | None) -> None:
        nonlocal rung
        rung = True
        raise overdue

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    if rung:
        raise overdue
