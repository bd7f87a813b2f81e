"""`make bench-cycle`: from due feeds to published articles through Airflow, by the clock.

250 outlets on loopback, two new articles each; one run of watch_news on a real Airflow with its
scheduler and task processes. Beside it the next round of the same outlets by the same stages in
one process, `newswatch run`. What Airflow adds is what lies between the stages: starting tasks,
importing, asking the API.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from benchmarks.page_server import Outlets, serving, turn
from benchmarks.settings import settings_in
from demo.airflow import run_dag
from launcher import api, service
from launcher.processes import free_port
from newswatch.models import STAGES
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect, scalar
from scratch import scratch

PATIENCE = 900.0
NEXT_ROUND = timedelta(hours=6)  # later than any of the feeds is due
console = Console(width=110)


def main() -> None:
    given = _arguments()
    outlets = Outlets(given.outlets, free_port(), given.new)
    with serving(outlets), scratch() as folder:
        settings = _settings(folder, outlets)
        now = datetime.now(UTC).replace(microsecond=0)
        with _airflow(folder, settings) as airflow:
            began = time.perf_counter()
            ends: dict[str, float] = {}

            def note(task: str) -> None:
                ends[task.strip()] = time.perf_counter() - began

            run_dag(airflow, "watch_news", {"now": now.isoformat()}, note, seconds=PATIENCE)
            through_airflow = ends["load"]
            database = embedded.ensure_database(embedded.start(airflow.data))
            turn(outlets, 1)
            began = time.perf_counter()
            _in_one_process(settings, now + NEXT_ROUND)
            alone = time.perf_counter() - began
            with connect(database) as connection:
                _report(connection, through_airflow, alone)


def _settings(folder: Path, outlets: Outlets) -> dict[str, str]:
    settings = settings_in(folder)
    feeds = [
        {"url": outlets.feed_url(n), "outlet": f"Outlet {n}", "ports": [outlets.port]}
        for n in range(outlets.count)
    ]
    listed = Path(settings["NEWSWATCH_WATCHLIST_DIR"]) / "feeds.yaml"
    listed.write_text(yaml.safe_dump({"feeds": feeds}))
    return settings | {"NEWSWATCH_REPLAY": "1"}


@contextmanager
def _airflow(folder: Path, settings: Mapping[str, str]) -> Iterator[service.Service]:
    airflow = service.Service(folder, free_port(), settings, scheduled=False)
    service.start(airflow)
    service.wait_until_well(airflow, api.well)
    api.prepare_dags(airflow)
    try:
        yield airflow
    finally:
        service.stop(airflow, seconds=10)


def _in_one_process(settings: Mapping[str, str], now: datetime) -> None:
    subprocess.run(
        [sys.executable, "-m", "newswatch", "run", "--now", now.isoformat()],
        env=os.environ | settings,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _report(connection: Connection, through_airflow: float, alone: float) -> None:
    table = Table("stage", "Airflow, s", "one process, s", title="from due to published")
    seconds: dict[str, dict[str, Any]] = {}
    rows = connection.execute(
        "select run_id, stage, extract(epoch from max(ended_at) - min(started_at))::float8"
        " from ops.stage_run group by run_id, stage order by run_id"
    ).fetchall()
    for run_id, stage, took in rows:
        seconds.setdefault(run_id, {})[stage] = took
    first, second = seconds.values()
    for stage in STAGES:
        table.add_row(stage, f"{first[stage]:.1f}", f"{second[stage]:.1f}")
    table.add_row("all", f"{through_airflow:.1f}", f"{alone:.1f}")
    console.print(table)
    articles = scalar(connection, "select count(*) from news.article where loaded_at is not null")
    between = through_airflow - sum(first[stage] for stage in STAGES)
    console.print(f"{articles} articles in two rounds; {between:.1f} s between the stages")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-cycle", description=__doc__)
    parser.add_argument("--outlets", type=int, default=250)
    parser.add_argument("--new", type=int, default=2, help="articles of an outlet in a round")
    return parser.parse_args()


if __name__ == "__main__":
    main()
