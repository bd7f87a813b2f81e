"""`python -m launcher`: what the targets of the Makefile call."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import FrameType

from launcher import api, processes
from launcher.backups import backup, restore
from launcher.care import Care
from launcher.environment import ignored
from launcher.service import (
    USER,
    Service,
    any_runs,
    components,
    load,
    prepare,
    start,
    stop,
    wait_until_well,
)
from launcher.status import status
from launcher.supervisor import Hung, Supervisor
from launcher.unit import unit
from newswatch.errors import DatabaseUnreachable, NewswatchError
from newswatch.settings import PREFIX, read_settings
from newswatch.store.server import embedded
from newswatch.store.server.database import with_database

USAGE = "usage: python -m launcher up | down | status | run | unit | backup FOLDER | restore BACKUP"


def main(arguments: Sequence[str]) -> int:
    match arguments:
        case ["up"]:
            return up(standing())
        case ["down"]:
            print("stopped" if stop(standing()) else "was not running")
        case ["status"]:
            return status(standing())
        case ["run"]:
            return run(standing())
        case ["backup", folder]:
            print(backup(standing(), Path(folder), read_settings().watchlist))
        case ["restore", made]:
            restore(standing(), Path(made))
            print("restored: make up")
        case ["unit"]:
            print(unit(standing()), end="")
        case ["supervise", state]:
            supervise(load(Path(state)), _until_interrupted())
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return 0


def standing() -> Service:
    """The service of `make up`: live feeds, the usual port."""
    settings = read_settings()
    passed = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    passed.pop(f"{PREFIX}DATABASE_URL", None)
    airflow = {name: value for name, value in os.environ.items() if name.startswith("AIRFLOW_")}
    return Service(
        settings.state_dir,
        int(os.environ.get("PORT", "8080")),
        passed,
        airflow,
        start_timeout=settings.start_timeout,
        hung_after=settings.hung_after,
    )


def up(service: Service) -> int:
    """Start it, or heal what of it is ill. Interrupted, it stops what it has begun."""
    for name in ignored(service):
        tell(f"{name} is set by make up itself: yours is not used")
    was_running = any_runs(service)
    try:
        start(service, tell)
        wait_until_well(service, api.well, tell)
        api.prepare_dags(service)
    except (OSError, KeyboardInterrupt):
        if not was_running:
            with processes.uninterrupted():
                stop(service)
        raise
    print(f"{service.address}  user {USER}  password {service.password}")
    print(f"the newsroom page, behind the same login: {service.address}/newswatch/")
    print("how it is: make status    stop it: make down")
    return 0


def run(service: Service) -> int:
    """All of it in the foreground, for systemd: it ends with all of it stopped."""
    stop_now = _until_interrupted()
    service.save()
    try:
        if not any_runs(service):
            prepare(service, tell)
        preparing = threading.Thread(target=_prepare_dags, args=(service, stop_now), daemon=True)
        preparing.start()
        supervise(service, stop_now)
    finally:
        stop(service)
    return 0


def supervise(service: Service, stop_now: threading.Event) -> None:
    """Keep it running until told to stop; its processes go on."""
    server = embedded.running_url(service.data) if embedded.running_pid(service.data) else None
    while server is None:
        try:
            server = embedded.start(service.data)
        except DatabaseUnreachable as error:
            tell(f"waiting: {error}")
            if stop_now.wait(5.0):
                return
    ours, airflows = (with_database(server, name) for name in (embedded.DATABASE, "airflow"))
    parts = components(service, ours, airflows)
    groom = Care(service, dict(parts[0].environment))

    def first() -> None:
        if embedded.running_pid(service.data) is None:
            tell("PostgreSQL does not run: it is started")
            embedded.start(service.data)
        groom.look(time.time())

    Supervisor(
        parts,
        report_file=service.report_file,
        first=first,
        probe=lambda: api.well(service),
        hung=Hung(after=service.hung_after, starting=service.start_timeout),
        tell=tell,
    ).run(stop_now)


def tell(text: str) -> None:
    with contextlib.suppress(OSError):  # of a log on a full disk
        print(f"{datetime.now().astimezone():%H:%M:%S} {text}", flush=True)


def _prepare_dags(service: Service, stop_now: threading.Event) -> None:
    try:
        wait_until_well(service, api.well, tell)
        api.prepare_dags(service)
    except (NewswatchError, OSError) as error:
        if not stop_now.is_set():
            tell(str(error))


def _until_interrupted() -> threading.Event:
    stop_now = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop_now.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    return stop_now
