"""Folders for a server of a test's own: with a short path (Postgres' socket lies in it, and has
room for 107 bytes), gone with the server afterwards.

Whoever is killed leaves a folder and a server behind. The next run knows by pid and start time that
the owner has ended, and clears them away.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from launcher import processes, service

PREFIX = "nw-scratch-"
OWNER = "owner.pid"


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder; an Airflow that has it as its state, and an embedded server in its folder
    `postgres`, are stopped with it."""
    clear_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    (folder / OWNER).write_text(processes.identity(psutil.Process()))
    try:
        yield folder
    finally:
        _clear(folder)


def clear_abandoned() -> None:
    """Stop the servers, and remove the folders, of owners that have ended."""
    for owner in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{OWNER}"):
        if processes.running(owner) is None:
            _clear(owner.parent)


def _clear(folder: Path) -> None:
    service.stop(service.Service(folder, 0, {}), seconds=10)
    shutil.rmtree(folder, ignore_errors=True)
