"""A test run that was killed leaves no server behind: the next one clears it away."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

import scratch

OWNER = """
import time
from newswatch.store.server import embedded
from scratch import scratch

with scratch() as folder:
    embedded.start(folder / "postgres")
    print(folder, embedded.running_pid(folder / "postgres"), flush=True)
    time.sleep(600)
"""


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files of this test's own: other runs are at work in the usual one."""
    folder = Path(tempfile.mkdtemp(prefix="nw-"))
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)  # read the variable again
    yield folder
    shutil.rmtree(folder)


def test_what_a_killed_owner_left_is_cleared(temporary: Path) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert owner.stdout is not None
    with owner, scratch.scratch() as of_a_living_owner:
        folder, pid = owner.stdout.readline().split()
        server = psutil.Process(int(pid))
        scratch.clear_abandoned()
        assert server.is_running()
        owner.kill()
        owner.wait()
        scratch.clear_abandoned()
        assert not server.is_running()
        assert not Path(folder).exists()
        assert of_a_living_owner.is_dir()
    assert list(temporary.glob(f"{scratch.PREFIX}*")) == []
