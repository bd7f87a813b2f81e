"""python -m workers PACKAGES: three cycles of the sample newsroom on two Celery workers. One is
killed in the middle of each stage, and started again. What they leave in the database must be what
the same cycles leave in one process. PACKAGES is a folder with what the extras add."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from chaos.dump import dump
from demo.airflow import trigger
from launcher import api, processes
from launcher.service import Service
from newsroom import Newsroom
from newsroom.world import watchlist
from newswatch.errors import NewswatchError
from newswatch.settings import read_settings
from newswatch.stages.cycle import run_cycle
from newswatch.store.server import embedded
from newswatch.store.server.database import connect, with_database, with_role
from newswatch.store.server.migrate import migrate
from scratch import scratch
from workers.machine import Worker, celery

# The minutes of the newsroom's clock at each cycle, and the stages in which a worker is killed.
CYCLES: Sequence[tuple[int, tuple[str, ...]]] = (
    (0, ("poll", "extract")),
    (60, ("deduplicate", "flag")),
    (120, ("load",)),
)
PATIENCE = 1_800.0
SETTINGS = {
    "NEWSWATCH_ALLOW_NETWORKS": "127.0.0.0/8",
    "NEWSWATCH_HOST_DELAY": "0",
    "NEWSWATCH_SHARDS": "2",
    "NEWSWATCH_REPLAY": "1",
}


def main() -> int:
    packages = Path(sys.argv[1]).resolve()
    with scratch() as state:
        with Newsroom() as newsroom:
            port, epoch = newsroom.port, newsroom.epoch
            settings = SETTINGS | {"NEWSWATCH_WATCHLIST_DIR": str(watchlist(state, newsroom))}
            service = Service(state, processes.free_port(), settings, scheduled=False)
            lineage = state / "lineage.jsonl"
            with celery(service, packages, lineage) as workers:
                show = Show(service, workers)
                for minutes, stages in CYCLES:
                    newsroom.set_clock(minutes)
                    show.cycle(newsroom.now, stages)
                show.logs()
            tell_lineage(lineage)
        with Newsroom(port, epoch) as newsroom:
            expected = in_one_process(state, newsroom, settings)
        with connect(embedded.running_url(service.data)) as connection:
            found = dump(connection)
    differing = [name for name in expected if expected[name] != found[name]]
    for name in expected:
        row(
            f"rows: {name}",
            f"{len(found[name])} of {len(expected[name])}, " + same(name, differing),
        )
    return 1 if differing else 0


@dataclass
class Show:
    """Drives the runs, and kills who is at work."""

    service: Service
    workers: Mapping[str, Worker]
    runs: list[str] = field(default_factory=list)

    def cycle(self, now: datetime, stages: Sequence[str]) -> None:
        token = api.token(self.service)
        begun = time.monotonic()
        _, run = trigger(self.service, "watch_news", {"now": now.isoformat()}, token)
        self.runs.append(run)
        left = list(stages)
        while time.monotonic() - begun < PATIENCE:
            if left and (victim := self.at_work(run, left[0], token)) is not None:
                self.kill(victim, left.pop(0))
            elif (state := api.request(run, token=token, seconds=120)["state"]) == "success":
                row(f"cycle of {now:%H:%M}", f"{time.monotonic() - begun:.0f} s, {state}")
                assert not left, left
                return
            elif state == "failed":
                raise NewswatchError(f"{run} failed: see {self.service.home}/logs")
            time.sleep(0.2)
        raise NewswatchError(f"{run} has not ended")

    def at_work(self, run: str, stage: str, token: str) -> Worker | None:
        """The worker that is in the middle of the stage: Airflow says where the task runs, our
        database that the stage has begun."""
        running = [
            instance["hostname"]
            for instance in self.instances(run, token)
            if (instance["task_id"], instance["state"]) == (stage, "running")
        ]
        if not running:
            return None
        with connect(embedded.running_url(self.service.data)) as connection:
            until = time.monotonic() + 30
            while time.monotonic() < until:
                query = "select 1 from ops.stage_run where stage = %s and ended_at is null"
                if connection.execute(query, [stage]).fetchone():
                    return self.workers[running[0]]
                time.sleep(0.005)
        return None

    def kill(self, worker: Worker, stage: str) -> None:
        worker.kill()
        row(f"kill -9 {worker.name}", f"in {stage}, started again")
        worker.start()

    def instances(self, run: str, token: str) -> list[dict[str, Any]]:
        found = api.request(f"{run}/taskInstances", token=token, seconds=120)
        instances: list[dict[str, Any]] = found["task_instances"]
        return instances

    def logs(self) -> None:
        """Each last try's log comes from the worker that ran it."""
        token = api.token(self.service)
        read = dict.fromkeys(self.workers, 0)
        for run in self.runs:
            for instance in self.instances(run, token):
                task = quote(instance["task_id"])
                address = f"{run}/taskInstances/{task}/logs/{instance['try_number']}"
                query = f"?map_index={instance['map_index']}"
                text = json.dumps(api.request(address + query, token=token, seconds=120))
                if f"newswatch: {instance['task_id']} " in text:
                    read[instance["hostname"]] += 1
        counted = ", ".join(f"{count} of {address}" for address, count in read.items())
        row("logs read in the UI", counted)
        assert all(read.values())


def in_one_process(
    state: Path, newsroom: Newsroom, settings: Mapping[str, str]
) -> Mapping[str, list[str]]:
    """The same cycles, without Airflow."""
    url = embedded.ensure_database(embedded.start(state / "postgres"), "reference")
    with connect(url) as connection:
        migrate(connection)
    writer = with_role(with_database(url, "reference"), "newswatch_writer")
    known = read_settings(settings, database_url=writer, state_dir=state / "reference")
    for minutes, _ in CYCLES:
        newsroom.set_clock(minutes)
        with connect(writer) as connection:
            run_cycle(connection, known, now=newsroom.epoch + timedelta(minutes=minutes))
    with connect(url) as connection:
        return dump(connection)


def tell_lineage(lineage: Path) -> None:
    """What OpenLineage was told that `load` published."""
    events = [json.loads(line) for line in lineage.read_text().splitlines()]
    told = {
        f"{dataset['namespace']} {dataset['name']}"
        for event in events
        if event["eventType"] == "COMPLETE"
        for dataset in event.get("outputs", [])
    }
    row("lineage", f"{len(events)} events; outputs {', '.join(sorted(told))}")
    assert any(name.endswith(" newswatch.analyst.article") for name in told), told


def same(name: str, differing: Sequence[str]) -> str:
    return "differ" if name in differing else "the same"


def row(what: str, result: str) -> None:
    print(f"| {what} | {result} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
