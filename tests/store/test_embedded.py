"""The embedded server comes up again, whatever ended it."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from newswatch.store.server import embedded
from newswatch.store.server.database import connect, scalar


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="nw-pg-"))  # a socket's path is short
    yield folder / "data"
    embedded.stop(folder / "data")
    shutil.rmtree(folder, ignore_errors=True)


def test_a_start_right_after_a_kill_works_at_the_first_try(data: Path) -> None:
    url = embedded.start(data)
    for _ in range(3):
        with connect(url):  # a session is open, too
            pid = embedded.running_pid(data)
            assert pid is not None
            psutil.Process(pid).send_signal(signal.SIGKILL)
            assert embedded.start(data) == url
        with connect(url) as connection:
            assert scalar(connection, "select 1") == 1
