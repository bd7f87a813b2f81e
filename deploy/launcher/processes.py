"""Processes that outlive their starter: each is given a session of its own, and is found again and
stopped with all that it started, by pid and start time, never by name."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import psutil

BOOT = Path("/proc/sys/kernel/random/boot_id")  # of Linux
# A job started with & ignores SIGINT, and what it starts would inherit that.
_HEAR_INTERRUPTS = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
    " os.execv(sys.argv[1], sys.argv[1:])"
)


def start(
    command: Sequence[str],
    *,
    pid_file: Path,
    log_file: Path,
    environment: Mapping[str, str],
    folder: Path,
) -> psutil.Process:
    """Start `command` (its first word is a path) in the background; `stop(pid_file)` ends it.

    Raises `OSError`; nothing runs then.
    """
    pid_file.parent.mkdir(parents=True, exist_ok=True)
    with log_file.open("ab") as log, uninterrupted():
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _HEAR_INTERRUPTS, *command],
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        child.returncode = 0  # it may outlive us: from here on its pid file is what is known of it
        process = psutil.Process(child.pid)
        try:
            pid_file.write_text(identity(process))
        except OSError:  # nobody would find it again
            process.kill()
            raise
    return process


def identity(process: psutil.Process) -> str:
    """What a pid file says of a process. A clock that is set changes nothing of it."""
    return json.dumps({"pid": process.pid, "started": _started(process), "boot": _boot()})


def running(pid_file: Path) -> psutil.Process | None:
    """The process of a pid file, if it is still that one: the pid may be somebody else's now."""
    known = _known(pid_file)
    if known is None:
        return None
    try:
        process = psutil.Process(known.pid)
        same = known.is_of(process)
    except psutil.NoSuchProcess:
        return None
    return process if same and alive(process) else None


def alive(process: psutil.Process) -> bool:
    """False once it has ended, reaped or not."""
    try:
        return process.is_running() and bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def stop(pid_file: Path, *, seconds: float = 30.0) -> bool:
    """Stop the process of a pid file and its whole session; False if nothing of it was left.

    The process itself is interrupted; if it is gone already (killed, crashed), what it left is
    terminated. Whoever has not ended after `seconds` is killed.
    """
    leader, left = running(pid_file), _session(pid_file)
    if leader is not None:
        _signal([leader], signal.SIGINT)
    else:
        _signal(left, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while _session(pid_file):
        if time.monotonic() > deadline:
            _signal(_session(pid_file), signal.SIGKILL)
        time.sleep(0.1)
    if leader is not None:
        psutil.wait_procs([leader], timeout=5)  # reaps it, if it is our child
    pid_file.unlink(missing_ok=True)
    return bool(left)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait until the block is done. For the main thread."""
    came: list[int] = []

    def remember(number: int, frame: FrameType | None) -> None:
        came.append(number)

    before = {number: signal.signal(number, remember) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class _Known:
    """What a pid file says."""

    pid: int
    started: float
    boot: str

    def is_of(self, process: psutil.Process) -> bool:
        return self.boot == _boot() and abs(_started(process) - self.started) < 1.0


def _started(process: psutil.Process) -> float:
    """Seconds after the machine's start. Its moment by the clock is another one as soon as that is
    set: the system tells both by the moment of its start, which it moves with the clock."""
    return process.create_time() - psutil.boot_time()


def age(process: psutil.Process) -> float:
    """Seconds for which it has run."""
    return time.time() - process.create_time()


def _boot() -> str:
    """Another one after each start of the machine; empty where the system has none."""
    try:
        return BOOT.read_text().strip()
    except OSError:
        return ""


def _known(pid_file: Path) -> _Known | None:
    try:
        known = json.loads(pid_file.read_text())
        return _Known(int(known["pid"]), float(known["started"]), str(known["boot"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _session(pid_file: Path) -> list[psutil.Process]:
    """Every process alive in the session that the pid file's process leads, or led.

    A number in use as a session's is given to no new process; so where the pid is another
    process's, the session has ended.
    """
    known = _known(pid_file)
    if known is None or not _is_or_was(known):
        return []
    return [
        process
        for process in psutil.process_iter()
        if _session_of(process.pid) == known.pid and alive(process)
    ]


def _is_or_was(known: _Known) -> bool:
    try:
        return known.is_of(psutil.Process(known.pid))
    except psutil.NoSuchProcess:
        return known.boot == _boot()


def _session_of(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return -1


def _signal(processes: Sequence[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        try:
            process.send_signal(number)
        except psutil.NoSuchProcess:
            continue
