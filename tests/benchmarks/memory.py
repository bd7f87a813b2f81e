"""What processes hold, looked at while a benchmark runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil


@contextmanager
def watched(held: Callable[[], int], every: float = 0.1) -> Iterator[list[int]]:
    """What `held` answers, in bytes, each so many seconds until the block ends."""
    seen, ended = [0], threading.Event()

    def watch() -> None:
        while not ended.wait(every):
            seen.append(held())

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


def held_by(pid: int) -> int:
    """Bytes resident in a process and its children; 0 if it has ended."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        return sum(process.memory_info().rss for process in family)
    except psutil.NoSuchProcess:
        return 0


def held_by_children(*words: str) -> int:
    """Bytes of this process' children whose command line has one of the words; a page that
    several share counts once."""
    held = 0
    for process in psutil.Process().children(recursive=True):
        try:
            line = " ".join(process.cmdline())
            if any(word in line for word in words):
                held += process.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return held
