"""Harm to the server and to what the program may expect of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

import psycopg

from chaos.fault import Fault
from chaos.process_faults import TABLES, Rows, places
from chaos.trial import Place, Trial, wait_for
from newswatch.store.server.database import connect, with_database

LOCALES: Mapping[str, str] = {"LC_ALL": "C", "LANG": "C", "TZ": "Asia/Kathmandu"}
SERVER_SETTINGS = {
    "timezone": "Pacific/Chatham",
    "datestyle": "SQL, DMY",
    "intervalstyle": "sql_standard",
    "lc_messages": "C",
    "bytea_output": "escape",
    "default_transaction_isolation": "repeatable read",
}


def postgres_faults(rows: Rows) -> Iterator[Fault]:
    for before in TABLES:
        for place in places(rows, before, 2):
            kill = partial(kill_server, place=place)
            yield Fault("SIGKILL of Postgres", f"at {place}", before, kill)
        for place in places(rows, before, 3):
            strike = partial(call, place=place, function="pg_terminate_backend")
            yield Fault("session terminated", f"at {place}", before, strike)
        for place in places(rows, before, 2):
            strike = partial(call, place=place, function="pg_cancel_backend")
            yield Fault("statement cancelled", f"at {place}", before, strike)
        for place in places(rows, before, 1):
            for setting in ("statement_timeout", "lock_timeout"):
                strike = partial(time_out, place=place, setting=setting)
                yield Fault(setting.replace("_", " "), f"at {place}", before, strike)
        yield Fault("connections exhausted", f"before {before}", before, exhaust)
        for mebibytes in (0, 1):
            strike = partial(fill, mebibytes=mebibytes)
            yield Fault("disk full", f"{mebibytes} MB left at {before}", before, strike)
    for name, value in SERVER_SETTINGS.items():
        strike = partial(set_up, settings={name: value})
        yield Fault("server in another zone and locale", f"{name} {value}", "poll", strike)
    strike = partial(set_up, settings=SERVER_SETTINGS)
    yield Fault("server in another zone and locale", "all of it, and ours", "poll", strike)


def kill_server(trial: Trial, place: Place) -> None:
    with trial.stopped_at(place) as worker:
        trial.kill_server()
        worker.end()


def call(trial: Trial, place: Place, function: str) -> None:
    """Let the server end the session, or the statement, that stands still at the place."""
    with trial.stopped_at(place) as worker:
        with trial.connect() as connection:
            for pid in trial.blocked():
                connection.execute(f"select {function}({pid})".encode())
        worker.end()


def time_out(trial: Trial, place: Place, setting: str) -> None:
    """The place is held until the server ends the statement, by a limit that it did not have."""
    with connect(trial.server) as server:
        server.execute(f"alter role newswatch_writer set {setting} = '500ms'".encode())
    try:
        with trial.stopped_at(place) as worker:
            worker.end()
    finally:
        with connect(trial.server) as server:
            server.execute(f"alter role newswatch_writer reset {setting}".encode())


def exhaust(trial: Trial) -> None:
    """The program comes when others have all sessions of the server."""
    with ExitStack() as taken:
        with suppress(psycopg.OperationalError):
            while True:
                # The program's own role: some sessions are kept for superusers.
                session = psycopg.connect(trial.work.database, application_name="chaos")
                taken.enter_context(session)
        code = trial.start().end()
    if code != 1:
        raise AssertionError(f"without a session it ended with {code}")
    wait_for(lambda: not trial.sessions(), "the sessions to end")


def fill(trial: Trial, mebibytes: int) -> None:
    """The work is done on a small disk, which then grows; `mebibytes` are left at first."""
    with _small_disk(trial) as (folder, used):
        _mount(folder, used + mebibytes * 2**20, again=True)
        trial.start().end()
        _mount(folder, 4 * used + 2**28, again=True)
        wait_for(lambda: not trial.sessions(), "the sessions to end")
        # What is on the disk must live on when the disk is gone.
        _move(trial, "pg_default")


@contextmanager
def _small_disk(trial: Trial) -> Iterator[tuple[Path, int]]:
    """A tablespace on a tmpfs that holds the trial's database, and the bytes that it takes."""
    folder = Path(tempfile.mkdtemp(prefix="nw-small-"))
    _mount(folder, 2**30)
    try:
        place = folder / "space"
        place.mkdir(mode=0o700)
        owner = trial.data.stat()
        os.chown(place, owner.st_uid, owner.st_gid)
        with connect(trial.server) as server:
            server.execute(f"create tablespace small location '{place}'".encode())
        _move(trial, "small")
        yield folder, shutil.disk_usage(folder).used
        with connect(trial.server) as server:
            server.execute(b"drop tablespace small")
    finally:
        subprocess.run(["umount", "-l", folder], check=False)
        folder.rmdir()


def _move(trial: Trial, tablespace: str) -> None:
    name = psycopg.conninfo.conninfo_to_dict(trial.database)["dbname"]
    with connect(with_database(trial.server, "postgres")) as server:
        server.execute(b"checkpoint")
        server.execute(f'alter database "{name}" set tablespace {tablespace}'.encode())


def _mount(folder: Path, size: int, *, again: bool = False) -> None:
    options = f"{'remount,' if again else ''}size={size}"
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True, capture_output=True
    )


def set_up(trial: Trial, settings: Mapping[str, str]) -> None:
    """The cycle runs where the server, and the program's own environment, speak otherwise."""
    name = psycopg.conninfo.conninfo_to_dict(trial.database)["dbname"]
    with connect(trial.server) as server:
        for setting, value in settings.items():
            server.execute(f"alter database \"{name}\" set {setting} = '{value}'".encode())
    code = trial.start(environment=LOCALES).end()
    if code != 0:
        raise AssertionError(f"there the cycle ended with {code}")
    with connect(trial.server) as server:
        for setting in settings:
            server.execute(f'alter database "{name}" reset {setting}'.encode())


def can_mount() -> bool:
    """Whether this user may mount a small disk."""
    folder = Path(tempfile.mkdtemp(prefix="nw-mount-"))
    try:
        _mount(folder, 2**20)
    except (OSError, subprocess.CalledProcessError):
        return False
    else:
        subprocess.run(["umount", folder], check=False)
        return True
    finally:
        folder.rmdir()
