"""Background processes end with all they started, whoever was killed; strangers are left alone."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from launcher import processes

# A parent and a child that sleep; the child in a process group of its own, as Airflow's tasks are.
FAMILY = """
import os, pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {child!r}], process_group=0)
pathlib.Path({told!r}).write_text(str(child.pid))
try:
    time.sleep(60)
except KeyboardInterrupt:
    child.terminate()
    child.wait()
"""
OBEDIENT = "import time; time.sleep(60)"
STUBBORN = (
    "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)"
)

Begin = Callable[[str], tuple[psutil.Process, psutil.Process]]


@pytest.fixture
def pid_file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "family.pid"
    yield path
    processes.stop(path, seconds=0)


@pytest.fixture
def begin(pid_file: Path, tmp_path: Path) -> Begin:
    """Start a family with this child; parent and child."""

    def begin(child: str) -> tuple[psutil.Process, psutil.Process]:
        told = tmp_path / "child"
        parent = processes.start(
            [sys.executable, "-c", FAMILY.format(child=child, told=str(told))],
            pid_file=pid_file,
            log_file=tmp_path / "log",
            environment=os.environ,
            folder=tmp_path,
        )
        wait_for(lambda: told.exists() and told.read_text() != "")
        return parent, psutil.Process(int(told.read_text()))

    return begin


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_it_is_found_by_its_pid_file_and_ends_with_its_children(
    begin: Begin, pid_file: Path
) -> None:
    parent, child = begin(OBEDIENT)
    assert processes.running(pid_file) == parent
    assert processes.stop(pid_file)
    assert not processes.alive(parent)
    assert not processes.alive(child)
    assert not pid_file.exists()


def test_who_cannot_be_noted_does_not_run(begin: Begin, pid_file: Path, tmp_path: Path) -> None:
    before = set(psutil.Process().children())
    pid_file.mkdir()
    with pytest.raises(OSError, match=r"family\.pid"):
        begin(OBEDIENT)
    pid_file.rmdir()
    assert not [
        child for child in set(psutil.Process().children()) - before if processes.alive(child)
    ]


def test_what_a_killed_parent_left_is_found(begin: Begin, pid_file: Path) -> None:
    parent, child = begin(OBEDIENT)
    parent.kill()
    parent.wait(5)
    assert processes.running(pid_file) is None
    assert processes.alive(child)
    assert processes.stop(pid_file)
    assert not processes.alive(child)


def test_who_does_not_hear_is_killed(begin: Begin, pid_file: Path, tmp_path: Path) -> None:
    parent, child = begin(STUBBORN)
    wait_for(lambda: (tmp_path / "log").read_text() != "")
    parent.kill()
    parent.wait(5)
    assert processes.stop(pid_file, seconds=0.3)
    assert not processes.alive(child)


def test_a_pid_that_is_another_process_now_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", OBEDIENT], start_new_session=True)
    pid_file = tmp_path / "old.pid"
    known = json.loads(processes.identity(psutil.Process(stranger.pid)))
    try:
        for otherwise in ({"started": known["started"] - 2}, {"boot": "another"}):
            pid_file.write_text(json.dumps(known | otherwise))
            assert processes.running(pid_file) is None
            assert not processes.stop(pid_file)
            assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_clock_that_is_set_changes_nothing(
    begin: Begin, pid_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system moves the moment of its own start then, and with it that of each process."""
    parent, _ = begin(OBEDIENT)
    moved, began_at = tmp_path / "proc", int(psutil.boot_time())
    moved.mkdir()
    (moved / str(parent.pid)).symlink_to(f"/proc/{parent.pid}")
    said = Path("/proc/stat").read_text()
    (moved / "stat").write_text(said.replace(f"btime {began_at}", f"btime {began_at + 7_200}"))
    monkeypatch.setattr(psutil, "PROCFS_PATH", str(moved))
    assert psutil.Process(parent.pid).create_time() - parent.create_time() > 7_000
    assert processes.running(pid_file) == parent


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 1}', '{"pid": null, "started": 1}'])
def test_a_pid_file_that_was_half_written_is_none(tmp_path: Path, content: str) -> None:
    pid_file = tmp_path / "half.pid"
    pid_file.write_text(content)
    assert processes.running(pid_file) is None
    assert not processes.stop(pid_file)


def test_no_pid_file(tmp_path: Path) -> None:
    assert not processes.stop(tmp_path / "none.pid")


def test_a_starter_that_ignores_interrupts_does_not_hand_that_on(
    begin: Begin, pid_file: Path
) -> None:
    """As a shell does to a job started with &."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        parent, _ = begin(OBEDIENT)
    finally:
        signal.signal(signal.SIGINT, before)
    parent.send_signal(signal.SIGINT)
    wait_for(lambda: not processes.alive(parent))


def test_an_interrupt_waits_for_the_end_of_the_block() -> None:
    done: list[str] = []

    def work() -> None:
        with processes.uninterrupted():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            done.append("all of it")

    # A job that a shell began in the background has SIGINT ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            work()
    finally:
        signal.signal(signal.SIGINT, before)
    assert done == ["all of it"]


def test_a_port_is_free_until_somebody_listens() -> None:
    port = processes.free_port()
    assert processes.is_free(port)
    with socket.create_server(("127.0.0.1", port)):
        assert not processes.is_free(port)
