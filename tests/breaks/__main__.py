"""python -m breaks: starts the service on an empty watchlist, breaks it, prints a table."""

from __future__ import annotations

import contextlib
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil

from launcher import api, processes
from launcher.service import AIRFLOW_PARTS, Service, start, stop, wait_until_well
from newswatch.errors import NewswatchError
from newswatch.settings import HOME
from newswatch.store.server import embedded
from scratch import scratch

PATIENCE = 600.0


@contextmanager
def running() -> Iterator[Service]:
    with scratch() as state:
        watchlist = state / "watchlist"
        (watchlist / "seeds").mkdir(parents=True)
        for folder in ("topics", "names"):
            shutil.copytree(HOME / "dags" / "watchlist" / folder, watchlist / folder)
        (watchlist / "feeds.yaml").write_text("feeds: []\n")
        (watchlist / "subscribers.yaml").write_text("subscribers: []\n")
        settings = {"NEWSWATCH_WATCHLIST_DIR": str(watchlist), "NEWSWATCH_SHARDS": "1"}
        service = Service(state, processes.free_port(), settings, hung_after=60.0)
        begun = time.monotonic()
        start(service, tell)
        wait_until_well(service, api.well, tell)
        api.prepare_dags(service)
        row("first start", time.monotonic() - begun)
        try:
            yield service
        finally:
            stop(service)


def main() -> int:
    with running() as service:
        for name in (*AIRFLOW_PARTS, "watchdog"):
            broken(service, f"kill -9 {name}", lambda name=name: leader(service, name).kill())
        broken(service, "kill -9 postgres", lambda: postgres(service).kill())
        broken(service, "kill -9 supervisor and scheduler", lambda: without_supervisor(service))
        broken(
            service,
            "kill -STOP scheduler (hangs)",
            lambda: leader(service, "scheduler").send_signal(signal.SIGSTOP),
        )
        broken(service, "kill -9 of all, then make up", lambda: everything(service))
    return 0


def broken(service: Service, what: str, breaks: Callable[[], object]) -> None:
    before = known(service)
    begun, broke_at = time.monotonic(), datetime.now(UTC)
    breaks()
    while time.monotonic() - begun < PATIENCE:
        now = known(service)
        if now != before and None not in now.values() and beats_since(service, broke_at):
            row(what, time.monotonic() - begun)
            return
        time.sleep(0.5)
    print(f"| {what} | not within {PATIENCE:.0f} s |")


def beats_since(service: Service, moment: datetime) -> bool:
    """Whether every part of Airflow is well and has told so since."""
    try:
        health = api.request(f"{service.address}/api/v2/monitor/health", seconds=5)
    except (OSError, NewswatchError):
        return False
    parts = ("scheduler", "dag_processor", "triggerer")
    beats = [health[part].get(f"latest_{part}_heartbeat") for part in parts]
    return all(api.well(service).values()) and all(
        beat is not None and datetime.fromisoformat(beat) > moment for beat in beats
    )


def known(service: Service) -> dict[str, int | None]:
    """The pid of each part; of one that does not run None."""
    found = {
        name: processes.running(pid_file(service, name)) for name in (*AIRFLOW_PARTS, "watchdog")
    }
    pids = {name: process.pid if process else None for name, process in found.items()}
    return pids | {"postgres": embedded.running_pid(service.data)}


def without_supervisor(service: Service) -> None:
    """As an out-of-memory killer may choose; `make up` is what a person does then."""
    for name in ("supervisor", "scheduler"):
        end(leader(service, name))
    start(service, tell)


def everything(service: Service) -> None:
    """As a power cut does."""
    victims = [leader(service, name) for name in ("supervisor", *AIRFLOW_PARTS, "watchdog")]
    children = [child for victim in victims for child in victim.children(recursive=True)]
    for process in [*victims, *children, postgres(service)]:
        end(process)
    start(service, tell)


def end(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.kill()
    while processes.alive(process):
        time.sleep(0.01)


def leader(service: Service, name: str) -> psutil.Process:
    process = processes.running(pid_file(service, name))
    assert process is not None, name
    return process


def postgres(service: Service) -> psutil.Process:
    pid = embedded.running_pid(service.data)
    assert pid is not None
    return psutil.Process(pid)


def pid_file(service: Service, name: str) -> Path:
    return service.state / "run" / f"{name}.pid"


def row(what: str, seconds: float) -> None:
    print(f"| {what} | {seconds:.0f} s |", flush=True)


def tell(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
