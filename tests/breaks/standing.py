"""The service that is broken: what can be seen of it from outside, and what it has told."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import psutil

from demo.mailbox import Mailbox
from launcher import api, processes
from launcher.service import AIRFLOW_PARTS, Service, start, stop, wait_until_well
from newsroom import Newsroom
from newsroom.world import watchlist
from newswatch.errors import NewswatchError
from newswatch.store.server import embedded
from newswatch.store.server.database import connect
from scratch import scratch

PARTS = (*AIRFLOW_PARTS, "watchdog")
OPERATOR = "operator@newswatch.example"
DISK = "2500m"


@dataclass
class Standing:
    """A service on an empty watchlist, its mail server, and a newsroom that it may be given."""

    service: Service
    mailbox: Mailbox
    newsroom: Newsroom
    _told: int = 0

    def pids(self) -> Mapping[str, int | None]:
        """Of each part; of one that does not run None."""
        found = {name: processes.running(self.pid_file(name)) for name in PARTS}
        pids = {name: process.pid if process else None for name, process in found.items()}
        return pids | {"postgres": embedded.running_pid(self.service.data)}

    def is_well(self, since: datetime) -> bool:
        """Whether every part runs, answers that it is well, and has told so after that moment."""
        try:
            health = api.request(f"{self.service.address}/api/v2/monitor/health", seconds=5)
        except (OSError, NewswatchError):
            return False
        parts = ("scheduler", "dag_processor", "triggerer")
        beats = [health[part].get(f"latest_{part}_heartbeat") for part in parts]
        return (
            None not in self.pids().values()
            and all(api.well(self.service).values())
            and all(beat is not None and datetime.fromisoformat(beat) > since for beat in beats)
        )

    def leader(self, name: str) -> psutil.Process:
        """The process of one part, or the supervisor's."""
        if name == "postgres":
            pid = embedded.running_pid(self.service.data)
            assert pid is not None
            return psutil.Process(pid)
        process = processes.running(self.pid_file(name))
        assert process is not None, name
        return process

    def pid_file(self, name: str) -> Path:
        return self.service.state / "run" / f"{name}.pid"

    @property
    def feeds(self) -> Path:
        return Path(self.service.settings["NEWSWATCH_WATCHLIST_DIR"]) / "feeds.yaml"

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with connect(embedded.running_url(self.service.data)) as connection:
            return connection.execute(query.encode()).fetchall()

    def told(self) -> list[str]:
        """The subjects of the mails to operators since the last call, but of what is over."""
        new = self.mails_to_operators()[self._told :]
        self._told += len(new)
        return [subject for subject in new if not subject.startswith("[newswatch over]")]

    def mails_to_operators(self) -> list[str]:
        """The subjects of all of them, in their order."""
        paths = sorted(self.mailbox.folder.glob("*.eml"))
        mails = [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
        return [str(mail["Subject"]) for mail in mails if OPERATOR in str(mail["To"])]


@contextmanager
def standing() -> Iterator[Standing]:
    epoch = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    with (
        scratch() as folder,
        small_disk(folder) as state,
        Newsroom(epoch=epoch) as newsroom,
        Mailbox(folder / "mail") as mailbox,
    ):
        here = Standing(_service(state, newsroom, mailbox), mailbox, newsroom)
        (here.feeds.with_name("subscribers.yaml")).write_text("subscribers: []\n")
        here.feeds.write_text("feeds: []\n")
        try:
            yield here
        finally:
            stop(here.service)


def _service(state: Path, newsroom: Newsroom, mailbox: Mailbox) -> Service:
    settings = {
        "NEWSWATCH_WATCHLIST_DIR": str(watchlist(state, newsroom)),
        "NEWSWATCH_ALLOW_NETWORKS": "127.0.0.0/8",
        "NEWSWATCH_HOST_DELAY": "0",
        "NEWSWATCH_SHARDS": "1",
        "NEWSWATCH_REPLAY": "1",
        "NEWSWATCH_SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}",
        "NEWSWATCH_ALERT_TO": OPERATOR,
    }
    return Service(state, processes.free_port(), settings, hung_after=60.0)


def begin(service: Service) -> float:
    """Start it, or what of it does not run; after how many seconds it was well."""
    begun = time.monotonic()
    start(service, tell)
    wait_until_well(service, api.well, tell)
    api.prepare_dags(service)
    return time.monotonic() - begun


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of the service's own, which can be filled; of who is not root, a mere folder."""
    state = folder / "disk"
    state.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "newswatch", str(state)]
    is_mounted = os.geteuid() == 0 and subprocess.run(mount).returncode == 0
    try:
        yield state
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(state)], check=True)


def end(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.kill()
    while processes.alive(process):
        time.sleep(0.01)


def tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
