"""A server of a benchmark, in a process of its own: it prints a line when it listens."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def background(module: str, given: Mapping[str, int]) -> Iterator[None]:
    """`python -m module` with these options, until the block ends."""
    arguments = [word for name, value in given.items() for word in (name, str(value))]
    server = subprocess.Popen([sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        assert server.stdout.readline(), f"{module} did not start"
        yield
    finally:
        server.terminate()
        server.wait(10)
