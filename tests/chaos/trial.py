"""One trial: a database in a known state, a cycle under way on it, and the means to harm both."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psutil
import psycopg

from chaos.worker import Work, started
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection

PATIENCE = 300.0  # seconds by the clock for what must happen; a busy machine is no failure
GATE = 4711  # the advisory lock that a trigger waits for


class NotUnderWay(Exception):
    """The work ended, or never came to the place where it was to be harmed."""


@dataclass(frozen=True)
class Place:
    """The moment at which the n-th row (from 1) is inserted into a table, or updated in it."""

    table: str
    event: str  # insert or update
    number: int

    def __str__(self) -> str:
        return f"{self.event} {self.number} of {self.table}"


class Worker:
    """A process that does a trial's work."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        os.kill(self.pid, number)

    def end(self) -> int:
        """Wait for its end; the exit code, which is negative after a signal."""
        self._process.join(PATIENCE)
        if self._process.exitcode is None:
            self.kill()
            raise TimeoutError(f"the worker still ran after {PATIENCE:g} s")
        return self._process.exitcode

    def children(self, function: str = "") -> list[psutil.Process]:
        """Its parser or page children: those whose command line has `function` in it."""
        with suppress(psutil.NoSuchProcess):
            return [
                child
                for child in psutil.Process(self.pid).children(recursive=True)
                if any(function in part for part in _command(child))
            ]
        return []


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


@dataclass(frozen=True)
class Trial:
    """`database` and `server` are URLs of the superuser, `data` is the server's folder, `work`
    what is to be done from the state that the trial began in."""

    database: str
    server: str
    data: Path
    work: Work

    def start(self, **changes: object) -> Worker:
        """A process that does the work, or with changes to it."""
        return Worker(started(replace(self.work, **changes)))  # type: ignore[arg-type]

    def connect(self) -> Connection:
        """A superuser's session on the trial's database, known as `chaos`."""
        return psycopg.connect(self.database, autocommit=True, application_name="chaos")

    @contextmanager
    def stopped_at(self, place: Place, **changes: object) -> Iterator[Worker]:
        """The work, standing still at that place until the block ends, then free to go on.

        Raises `NotUnderWay` if it does not come there.
        """
        with suppress(psycopg.OperationalError), self.connect() as gate:
            gate.execute(f"select pg_advisory_lock({GATE})".encode())
            gate.execute(_gate_at(place))
            worker = self.start(**changes)
            wait_for(lambda: self.blocked() or not worker.alive, f"the work to come to {place}")
            if not worker.alive:
                raise NotUnderWay(f"it ended with {worker.end()} before {place}")
            yield worker

    def blocked(self) -> list[int]:
        """The program's sessions that wait for a lock, by the pids of their backends."""
        with self.connect() as connection:
            return [
                pid
                for (pid,) in connection.execute(
                    "select pid from pg_stat_activity where datname = current_database()"
                    " and application_name = 'newswatch' and wait_event_type = 'Lock'"
                )
            ]

    def sessions(self) -> list[int]:
        """The program's sessions, by the pids of their backends."""
        with self.connect() as connection:
            return [
                pid
                for (pid,) in connection.execute(
                    "select pid from pg_stat_activity where datname = current_database()"
                    " and application_name = 'newswatch'"
                )
            ]

    def kill_server(self) -> None:
        """SIGKILL the postmaster, and start the server again when its backends have ended."""
        pid = embedded.running_pid(self.data)
        if pid is None:
            raise NotUnderWay("no server runs")
        family = psutil.Process(pid).children(recursive=True)
        os.kill(pid, signal.SIGKILL)
        psutil.wait_procs(family, timeout=PATIENCE)
        restart(self.data)


def restart(data: Path) -> None:
    """Start the server after a crash, as an operator does: from another process, and again if the
    crashed one was not quite gone."""
    code = (
        "import pathlib, sys; from newswatch.store.server import embedded;"
        " embedded.start(pathlib.Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", code, str(data)]
    deadline = time.monotonic() + PATIENCE
    while subprocess.run(command, capture_output=True).returncode != 0:
        if time.monotonic() > deadline:
            raise TimeoutError(f"the server did not start again in {PATIENCE:g} s")
        time.sleep(0.5)


def wait_for(condition: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Return once it holds. Raises `NotUnderWay`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise NotUnderWay(f"waited {seconds:g} s for {what}")
        time.sleep(0.02)


def _gate_at(place: Place) -> bytes:
    """A trigger that waits for the gate at that row. Sequences are not rolled back, so it waits
    once, whatever becomes of the transaction."""
    return f"""
        create sequence if not exists public.chaos_rows;
        create or replace function public.chaos_gate() returns trigger
        language plpgsql security definer as $$
        begin
            if nextval('public.chaos_rows') = {place.number} then
                perform pg_advisory_xact_lock({GATE});
            end if;
            return new;
        end $$;
        create trigger chaos_gate before {place.event} on {place.table}
            for each row execute function public.chaos_gate();
    """.encode()
