"""What the demo plays on: its folder, the newsroom's process, its watchlist, and the way out."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import yaml

from launcher import api, processes, service
from newsroom import SEED
from newswatch.copies.seeds import seed_of, to_json
from newswatch.errors import NewswatchError
from newswatch.settings import HOME

STATE = HOME / ".newswatch" / "demo"
WATCHLIST = STATE / "watchlist"
NEWSROOM_PID = STATE / "newsroom.pid"
READER = {
    "name": "demo-reader",
    "email": "reader@demo.example",
    "timezone": "Europe/Paris",
    "send_at": "00:00",
    "topics": ["witkoff", "gaza-mediators", "ukraine-talks"],
}


@contextmanager
def alone() -> Iterator[None]:
    """One demo at a time: it would stop what the other has started. Ends with the process."""
    STATE.mkdir(parents=True, exist_ok=True)
    with (STATE / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NewswatchError("another `make demo` runs in this checkout") from None
        yield


def newsroom_process(epoch: datetime) -> str:
    """Start the newsroom in a session of its own; its control address once it answers."""
    port = processes.free_port()
    process = processes.start(
        [sys.executable, "-m", "newsroom", "--port", str(port), "--epoch", epoch.isoformat()],
        pid_file=NEWSROOM_PID,
        log_file=STATE / "newsroom.log",
        environment=os.environ | {"PYTHONPATH": f"{HOME / 'plugins'}{os.pathsep}{HOME / 'tests'}"},
        folder=HOME,
    )
    control = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 20
    while True:
        try:
            api.request(f"{control}/clock")
            return control
        except OSError:
            if not processes.alive(process) or time.monotonic() > deadline:
                raise NewswatchError(
                    f"the newsroom did not open: {STATE / 'newsroom.log'}"
                ) from None
            time.sleep(0.1)


def prepare(newsroom: str, smtp_port: int) -> service.Service:
    """An empty database and the demo's watchlist; the service that will run on them."""
    shutil.rmtree(STATE / "postgres", ignore_errors=True)
    shutil.rmtree(STATE / "airflow", ignore_errors=True)
    shutil.rmtree(WATCHLIST, ignore_errors=True)
    (WATCHLIST / "seeds").mkdir(parents=True)
    for folder in ("topics", "names"):
        shutil.copytree(HOME / "dags" / "watchlist" / folder, WATCHLIST / folder)
    with urllib.request.urlopen(f"{newsroom}/feeds.yaml", timeout=10) as answer:
        (WATCHLIST / "feeds.yaml").write_bytes(answer.read())
    (WATCHLIST / "subscribers.yaml").write_text(yaml.safe_dump({"subscribers": [READER]}))
    seed = seed_of("harbour-preview", SEED.read_text(encoding="utf-8"))
    (WATCHLIST / "seeds" / "harbour-preview.json").write_text(to_json(seed))
    return service.Service(
        STATE,
        processes.free_port(),
        {
            "NEWSWATCH_STATE_DIR": str(STATE),
            "NEWSWATCH_WATCHLIST_DIR": str(WATCHLIST),
            "NEWSWATCH_ALLOW_NETWORKS": "127.0.0.0/8",
            "NEWSWATCH_HOST_DELAY": "0.05",
            "NEWSWATCH_SHARDS": "2",
            "NEWSWATCH_REPLAY": "1",
            "NEWSWATCH_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        },
        scheduled=False,
    )


def stop_everything() -> None:
    """Whatever this demo, or one that was killed before it, has started; Ctrl-C waits for it."""
    with processes.uninterrupted():
        processes.stop(NEWSROOM_PID)
        service.stop(service.Service(STATE, 0, {}), seconds=5)
