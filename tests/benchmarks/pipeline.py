"""`make bench-pipeline`: articles a second from a due feed to a published article, end to end.

500 outlets on loopback with whole pages (see `page_server`); the stages run as Airflow runs them,
a process for each stage and shard, shards side by side, with waits for nothing but the work. Per
stage: seconds by the clock and CPU a new article, Postgres' own CPU apart. From an empty database,
then from a copy of one with --stored articles (`stored`: made once, then kept). Beside it, in the
same run and on some of the same feeds, `plain_script`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import psutil
from psycopg.conninfo import conninfo_to_dict
from rich.console import Console
from rich.table import Table

from benchmarks.memory import held_by_children, watched
from benchmarks.page_server import START, Outlets, serving, turn
from benchmarks.settings import SHARDS, settings_in
from benchmarks.stored import stored as make_stored
from launcher.processes import free_port
from newswatch.models import STAGES, FeedSpec
from newswatch.settings import HOME
from newswatch.stages.poll.poll import feed_rows
from newswatch.store.feeds import add_feeds
from newswatch.store.server import embedded
from newswatch.store.server.database import connect, scalar, with_role
from newswatch.store.server.migrate import migrate

DATABASE = "pipeline"
CYCLE = timedelta(hours=6)  # later than any of the feeds is due
SHARDED = frozenset(("poll", "extract"))
OURS = ("benchmarks.pipeline_stage", "newswatch.stages.serving")  # in the command lines
console = Console(width=110)


@dataclass(slots=True)
class Spent:
    """On one stage: seconds by the clock, CPU seconds of its processes and of Postgres."""

    seconds: float = 0.0
    cpu: float = 0.0
    postgres: float = 0.0


@dataclass(slots=True)
class Run:
    """Some cycles over a database."""

    articles: int = 0
    stages: dict[str, Spent] = field(default_factory=lambda: {stage: Spent() for stage in STAGES})
    memory: int = 0  # the most that the processes of a stage held together, bytes

    def per_second(self) -> float:
        return self.articles / sum(spent.seconds for spent in self.stages.values())

    def cpu_of(self, stages: Sequence[str]) -> float:
        """Milliseconds an article, Postgres' left out."""
        return 1_000 * sum(self.stages[stage].cpu for stage in stages) / max(1, self.articles)


class Newswatch:
    """Ours, with a server of its own."""

    def __init__(self, folder: Path, outlets: Outlets, stored: int) -> None:
        self._data = folder
        self._admin = _database(folder, stored)
        writer = with_role(self._admin, "newswatch_writer")
        with connect(writer) as connection:
            specs = (
                FeedSpec(outlets.feed_url(n), f"Outlet {n}", ports=(outlets.port,))
                for n in range(outlets.count)
            )
            add_feeds(connection, feed_rows(specs), "import", START)
        settings = settings_in(folder.parent) | {"NEWSWATCH_DATABASE_URL": writer}
        self._environment = os.environ | settings

    def size(self) -> tuple[int, int]:
        """Articles, and bytes of the database."""
        with connect(self._admin) as connection:
            return (
                int(scalar(connection, "select count(*) from news.article")),
                int(scalar(connection, "select pg_database_size(current_database())")),
            )

    def cycle(self, run: Run, now: datetime) -> None:
        before = self._loaded()
        for stage in STAGES:
            self._stage(run, stage, now)
        run.articles += self._loaded() - before

    def _loaded(self) -> int:
        with connect(self._admin) as connection:
            return int(
                scalar(connection, "select count(*) from news.article where loaded_at is not null")
            )

    def _stage(self, run: Run, stage: str, now: datetime) -> None:
        shards = range(SHARDS) if stage in SHARDED else (-1,)
        postgres, began = self._cpu_of_postgres(), time.perf_counter()
        with watched(partial(held_by_children, *OURS), every=0.3) as memory:
            processes = [
                subprocess.Popen(
                    [sys.executable, "-m", "benchmarks.pipeline_stage", stage, str(shard)],
                    env=self._environment | {"BENCH_NOW": now.isoformat()},
                )
                for shard in shards
            ]
            for process in processes:
                _, status, used = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                assert process.returncode == 0, f"{stage} ended with {process.returncode}"
                run.stages[stage].cpu += used.ru_utime + used.ru_stime
        run.stages[stage].seconds += time.perf_counter() - began
        run.stages[stage].postgres += self._cpu_of_postgres() - postgres
        run.memory = max(run.memory, *memory)

    def _cpu_of_postgres(self) -> float:
        """Of the server and of all its processes, ended ones too."""
        pid = int((self._data / "postmaster.pid").read_text().split()[0])
        parent = psutil.Process(pid)
        times = [parent.cpu_times()]
        for child in parent.children():
            with suppress(psutil.NoSuchProcess):  # it ended meanwhile
                times.append(child.cpu_times())
        ended = times[0].children_user + times[0].children_system
        return float(ended + sum(used.user + used.system for used in times))


def _database(folder: Path, stored: int) -> str:
    """URL (superuser) of a database of its own with so many articles, whose feeds are asleep."""
    source = make_stored(folder, stored) if stored else ""
    server = embedded.start(folder)
    with connect(server) as connection:
        connection.execute(f"drop database if exists {DATABASE}".encode())
        if source:
            template = conninfo_to_dict(source)["dbname"]
            copied = f"create database {DATABASE} template {template} strategy file_copy"
            connection.execute(copied.encode())
    url = embedded.ensure_database(server, DATABASE)
    with connect(url) as connection:
        migrate(connection)
        connection.execute("update news.feed set next_poll_at = 'infinity'")
    return url


def plain(outlets: Outlets, feeds: int) -> dict[str, float]:
    """What the script did with some of the feeds, and its seconds by the clock."""
    addresses = "\n".join(outlets.feed_url(n) for n in range(feeds))
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.plain_script"],
        input=addresses,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found | {"seconds": time.perf_counter() - began}


def main() -> None:
    given = _arguments()
    outlets = Outlets(given.outlets, free_port(), given.new)
    with serving(outlets):
        runs: dict[str, Run] = {}
        round_ = 0
        for stored in given.stored:
            ours = Newswatch(given.folder, outlets, stored)
            before = ours.size()
            run = runs[f"{before[0]:,} stored"] = Run()
            for _ in range(given.cycles):
                ours.cycle(run, START + round_ * CYCLE)
                round_ += 1
                turn(outlets, round_)
            after = ours.size()
            grown = (after[1] - before[1]) / max(1, after[0] - before[0])
            console.print(f"{before[0]:,} stored: {run.articles:,} more, {grown:,.0f} bytes each")
        turn(outlets, round_ - 1)
        script = plain(outlets, given.peers)
    _report(runs, script)


def _report(runs: dict[str, Run], script: dict[str, float]) -> None:
    each = 1_000 / script["articles"]
    for name, run in runs.items():
        table = Table("stage", "s", "CPU ms", "Postgres' CPU ms", title=f"{name}; of an article")
        for stage, spent in run.stages.items():
            row = (
                spent.seconds,
                *(1_000 * cpu / run.articles for cpu in (spent.cpu, spent.postgres)),
            )
            table.add_row(stage, f"{row[0]:.1f}", f"{row[1]:.1f}", f"{row[2]:.1f}")
        console.print(table)
        cpu, extraction = run.cpu_of(STAGES), each * script["extraction"]
        console.print(
            f"{run.per_second():.1f} articles/s ({run.per_second() * 86_400:,.0f} a day),"
            f" {cpu:.1f} ms of CPU each: {cpu / extraction:.2f} times trafilatura's alone"
            f" ({extraction:.1f} ms); at most {run.memory / 1e6:.0f} MB"
        )
    console.print(
        f"the plain script: {script['articles'] / script['seconds']:.1f} articles/s,"
        f" {each * script['cpu']:.1f} ms of CPU each; {script['copies']:.0f} copies and"
        f" {script['flagged']:.0f} flagged of {script['articles']:.0f}"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-pipeline", description=__doc__)
    parser.add_argument("--folder", type=Path, default=HOME / ".newswatch" / "benchmark")
    parser.add_argument("--outlets", type=int, default=500)
    parser.add_argument("--new", type=int, default=2, help="articles of an outlet in a round")
    parser.add_argument("--cycles", type=int, default=3)
    parser.add_argument("--stored", type=int, nargs="+", default=[0, 1_000_000])
    parser.add_argument("--peers", type=int, default=25, help="feeds that the script is given")
    return parser.parse_args()


if __name__ == "__main__":
    main()
