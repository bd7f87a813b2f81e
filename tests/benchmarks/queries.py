"""`make bench-queries`: what analysts ask, with a million articles.

The database is made once (`stored`) and kept. Each question of the cookbook, and the usual ones of
analysts, is asked as the analyst, warm, --runs times. Beside it, once, the plain way: the same over
the tables that hold the articles, without anything counted before. Then `load` publishes 10,000
articles, which are taken back. Times are by the clock; CPU is that of the server's process, which a
busy machine does not lengthen much (no query is given a second one).
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import psutil
import psycopg
from rich.console import Console
from rich.table import Table

from benchmarks.plain_queries import PLAIN, USUAL
from benchmarks.stored import stored
from benchmarks.year_of_news import END
from newswatch.settings import HOME, read_settings
from newswatch.stages.cycle import begin
from newswatch.stages.load import load
from newswatch.store.server.database import Connection, connect, with_role

AIM = 300  # milliseconds that the 95th of a hundred may take
PUBLISHED = 10_000
PATIENCE = 60  # seconds for the plain way
console = Console(width=110)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench-queries", description=__doc__)
    parser.add_argument("--stored", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=HOME / ".newswatch" / "benchmark")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--only", default="", help="those whose name has this in it")
    parser.add_argument("--no-plain", action="store_true", help="leave the plain way out")
    given = parser.parse_args()
    url = stored(given.folder, given.stored)
    with connect(with_role(url, "newswatch_analyst")) as analyst, connect(url) as plain:
        for connection in (analyst, plain):
            connection.execute("set max_parallel_workers_per_gather = 0")
        plain.execute(f"set statement_timeout = '{PATIENCE}s'".encode())
        told = None if given.no_plain else plain
        _report(_questions(analyst, told, given.runs, given.only))
        console.print(f"load publishes {PUBLISHED:,} articles in {_load(plain):.1f} s")


_WAITING = """
    insert into news.article (
        canonical_url, host, outlet, country, language, title, text, body_source, page_kind,
        word_count, first_seen_at, extracted_at, deduplicated_at, flagged_at
    )
    select canonical_url || '~', host, outlet, country, language, title, text, body_source,
           page_kind, word_count, first_seen_at, extracted_at, %(end)s, %(end)s
    from news.article order by article_id desc limit %(count)s
"""
_DECIDED = """
    insert into news.version_decision (
        article_id, kind, duplicate_of_article, reason, algorithm_version, decided_at, story_id
    )
    select article.article_id, decision.kind, decision.duplicate_of_article, decision.reason, 1,
           decided_at, decision.story_id
    from news.article
    join news.article as earlier on earlier.canonical_url || '~' = article.canonical_url
    join news.decision on decision.article_id = earlier.article_id
    where article.loaded_at is null
"""


def _load(connection: Connection) -> float:
    """Seconds."""
    with connection.transaction(force_rollback=True):
        job = begin(connection, read_settings({}), "bench", END)
        connection.execute("set local session_replication_role = replica")  # no words for them
        for statement in (_WAITING, _DECIDED):
            connection.execute(statement, {"end": END, "count": PUBLISHED})
        connection.execute("set local session_replication_role = origin")
        began = time.perf_counter()
        assert load(job)["articles"] == PUBLISHED
        return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds, warm."""

    name: str
    times: list[float]  # ascending
    cpu: float  # of the server's process, each time
    plain: float | None = None  # the plain way; infinite where it took more than PATIENCE


def _questions(analyst: Connection, plain: Connection | None, runs: int, only: str) -> list[Asked]:
    cookbook = {path.stem: path.read_text() for path in (HOME / "sql" / "queries").glob("*.sql")}
    found: list[Asked] = []
    for name, question in (*sorted(cookbook.items()), *USUAL.items()):
        if only in name:
            ours = _asked(name, analyst, runs, partial(_ask, analyst, question))
            found.append(replace(ours, plain=plain and _once(plain, PLAIN[name])))
    return found


def _ask(connection: Connection, question: str) -> object:
    return connection.execute(question.encode()).fetchall()


def _asked(name: str, analyst: Connection, runs: int, ask: Callable[[], object]) -> Asked:
    server = psutil.Process(analyst.info.backend_pid)
    ask()
    before = server.cpu_times()
    times = sorted(_milliseconds(ask) for _ in range(runs))
    after = server.cpu_times()
    cpu = (after.user + after.system - before.user - before.system) * 1_000 / runs
    return Asked(name, times, cpu)


def _milliseconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return 1_000 * (time.perf_counter() - began)


def _once(connection: Connection, question: str) -> float:
    try:
        return _milliseconds(lambda: _ask(connection, question))
    except psycopg.errors.QueryCanceled:
        return math.inf


def _report(rows: list[Asked]) -> None:
    title = f"questions; at most {AIM} ms"
    table = Table("", "p50 ms", "p95 ms", "CPU ms", "plain ms", title=title)
    for row in rows:
        p95 = row.times[int(0.95 * (len(row.times) - 1))]
        peer = "" if row.plain is None else f"{row.plain:,.0f}"
        cells = (f"{statistics.median(row.times):,.0f}", f"{p95:,.0f}{'' if p95 <= AIM else ' !'}")
        table.add_row(row.name, *cells, f"{row.cpu:,.0f}", peer)
    console.print(table)


if __name__ == "__main__":
    main()
