"""What the demo plays on: its folder, the newsroom's process, its watchlist, and the way out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import datetime

import psutil
import yaml

from newsroom import SEED
from newswatch import service
from newswatch.dedupe.seeds import seed_of, to_json
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


def newsroom_process(epoch: datetime) -> str:
    """Start the newsroom in a session of its own; its control address once it answers."""
    port = service.free_port()
    STATE.mkdir(parents=True, exist_ok=True)
    with (STATE / "newsroom.log").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "newsroom", "--port", str(port), "--epoch", epoch.isoformat()],
            env=os.environ | {"PYTHONPATH": f"{HOME / 'plugins'}{os.pathsep}{HOME / 'tests'}"},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
    process = psutil.Process(child.pid)
    service.write_pid(NEWSROOM_PID, process)
    child.returncode = 0  # stopped by its pid file, by whichever demo comes next
    control = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 20
    while True:
        try:
            service.request(f"{control}/clock")
            return control
        except OSError:
            if not process.is_running() or time.monotonic() > deadline:
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
    shutil.copytree(HOME / "dags" / "watchlist" / "topics", WATCHLIST / "topics")
    with urllib.request.urlopen(f"{newsroom}/feeds.yaml", timeout=10) as answer:
        (WATCHLIST / "feeds.yaml").write_bytes(answer.read())
    (WATCHLIST / "subscribers.yaml").write_text(yaml.safe_dump({"subscribers": [READER]}))
    seed = seed_of("harbour-preview", SEED.read_text(encoding="utf-8"))
    (WATCHLIST / "seeds" / "harbour-preview.json").write_text(to_json(seed))
    return service.Service(
        STATE,
        service.free_port(),
        {
            "NEWSWATCH_STATE_DIR": str(STATE),
            "NEWSWATCH_WATCHLIST_DIR": str(WATCHLIST),
            "NEWSWATCH_ALLOW_NETWORKS": "127.0.0.0/8",
            "NEWSWATCH_HOST_DELAY": "0.05",
            "NEWSWATCH_SHARDS": "2",
            "NEWSWATCH_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        },
        scheduled=False,
    )


def stop_everything() -> None:
    """Whatever this demo, or one that was killed before it, has started."""
    service.stop_process(NEWSROOM_PID)
    service.stop(service.Service(STATE, 0, {}))
