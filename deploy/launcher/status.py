"""`make status`: how the service is."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path

import psutil

from launcher import api, processes
from launcher.service import AIRFLOW_PARTS, Service, pid_files
from newswatch.health.words import age, lines_of
from newswatch.settings import PREFIX, read_settings
from newswatch.stages.health import health
from newswatch.store.server import embedded

Row = tuple[str, bool, str]  # name, whether it is well, what is said of it


def status(service: Service) -> int:
    """What lives, since when, what is wrong and what waits. 0: all is well; 1: something is wrong;
    3: it does not run."""
    now = time.time()
    try:
        report = json.loads(service.report_file.read_text())["components"]
    except (OSError, ValueError, KeyError):
        report = {}
    answers = api.well(service)
    rows = [_row("supervisor", service.pid_file, "", now)]
    rows += [_row_of_postgres(service, now)]
    for name, path in zip((*AIRFLOW_PARTS, "watchdog"), pid_files(service), strict=True):
        known = report.get(name, {})
        said = known.get("failing") or ("" if answers.get(name, True) else "does not answer")
        rows.append(_row(name, path, said, now, int(known.get("restarts", 0))))
    for name, is_well, text in rows:
        print(f"{name:14} {'ok ' if is_well else 'ILL'}  {text}")
    if not any(is_well for _, is_well, _ in rows):
        print("it does not run: make up")
        return 3
    settings = read_settings(
        dict(service.settings) | {f"{PREFIX}STATE_DIR": str(service.state)}, database_url=""
    )
    found = health(settings)
    print("\n".join(lines_of(found.findings) or ["nothing else is wrong"]))
    if not isinstance(found.measured.database, str):
        waiting = [f"{part.waiting} for {part.stage}" for part in found.measured.database.backlog]
        print(f"waiting: {', '.join(waiting)}")
    return 0 if found.is_well and all(is_well for _, is_well, _ in rows) else 1


def _row(name: str, pid_file: Path, said: str, now: float, restarts: int = 0) -> Row:
    process = processes.running(pid_file)
    if process is None:
        return name, False, "does not run"
    return name, not said, _lives(process.pid, process.create_time(), now, restarts, said)


def _row_of_postgres(service: Service, now: float) -> Row:
    pid = embedded.running_pid(service.data)
    if pid is None:
        return "postgres", False, "does not run"
    return "postgres", True, _lives(pid, psutil.Process(pid).create_time(), now, 0, "")


def _lives(pid: int, since: float, now: float, restarts: int, said: str) -> str:
    text = f"pid {pid}, for {age(timedelta(seconds=now - since))}"
    text += f", started again {restarts} times" if restarts else ""
    return f"{text}, {said}" if said else text
