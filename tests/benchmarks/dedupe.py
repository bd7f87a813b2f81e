"""`make bench-dedupe`: what a decision costs with 10,000, 100,000 and a million stored articles.

Ours is the stage as Airflow runs it: three batches of 500 articles are fingerprinted, their
candidates found in Postgres, compared and decided on, and everything is committed. One in twenty is
a copy; all share stock phrases with what is stored. The stored articles are fingerprints made here,
without texts. Ten million (--stored 10000000) take 45 GB; a cluster in --folder is kept, and gone
on with. Beside it, on the same texts: datasketch's MinHash (signing) and MinHashLSH in memory, and
pg_trgm's similarity with a GIN index. Peers are given as many articles as they can bear (--peers).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from datasketch import MinHash, MinHashLSH
from rich.console import Console
from rich.table import Table

import bare_articles
from benchmarks.fingerprints import BATCH, COPIES, NOW, WORDS, Writer, store_articles
from newswatch.copies.candidates import Postings, posted, signed
from newswatch.copies.fingerprint import GRAM, fingerprint
from newswatch.copies.rules import FIRST
from newswatch.models import DocumentId
from newswatch.settings import Settings
from newswatch.stages.cycle import run_stage
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect, scalar
from newswatch.store.server.migrate import migrate
from scratch import scratch

RUNS = 3  # of the stage, behind one that warms up
BATCHES = 3  # in a run
PERMUTATIONS = 128
CUT_TO = (0.5, 0.15, 0.1)  # of its words, a copy
console = Console(width=100)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench-dedupe", description=__doc__)
    parser.add_argument("--stored", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--peers", type=int, default=5_000, help="articles that peers are given")
    parser.add_argument("--folder", type=Path, help="of a cluster that is kept, and gone on with")
    given = parser.parse_args()
    writer = Writer(random.Random(20_251_218))
    texts = [writer.text() for _ in range(given.peers)]
    _report_signing(texts[:1_000])
    _report_recall(texts[:1_000])
    with _cluster(given.folder) as url, connect(url) as connection:
        peers = {
            f"MinHashLSH in memory, {given.peers:,}": _lsh(texts),
            f"pg_trgm, {given.peers:,}": _trigrams(connection, texts),
        }
        migrate(connection)
        costs = {}
        for size in sorted(given.stored):
            stored = int(scalar(connection, "select count(*) from news.fingerprint"))
            writer.go_on_from(stored)
            if stored < size:
                store_articles(connection, writer, stored, size)
            costs[size] = _cost(connection, writer)
            console.print(
                f"{size:,} stored: {costs[size].milliseconds:.2f} ms an article,"
                f" {costs[size].cpu:.2f} of CPU"
            )
    _report(costs, peers)


@contextmanager
def _cluster(kept: Path | None) -> Iterator[str]:
    """Of a server for this run."""
    if kept is None:
        with scratch() as folder:
            yield _tuned(folder / "postgres")
    else:
        yield _tuned(kept / "postgres")
        embedded.stop(kept / "postgres")


def _tuned(data: Path) -> str:
    """As docs/scale.md asks for, with a quarter of the machine's memory; filled without `fsync`."""
    buffers = psutil.virtual_memory().total // 4 // 1024**2
    with connect(embedded.start(data)) as connection:
        for setting in (
            f"shared_buffers = '{buffers}MB'",
            "max_wal_size = '8GB'",
            "maintenance_work_mem = '1GB'",
            "fsync = off",
        ):
            connection.execute(f"alter system set {setting}".encode())
    embedded.stop(data)
    return embedded.start(data)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one article, all in, by the clock and of CPU (ours and the server's); and of one stored
    article, indexes included."""

    milliseconds: float
    cpu: float
    bytes: float


# --- ours -----------------------------------------------------------------------------------------


def _cost(connection: Connection, writer: Writer) -> Cost:
    stored = int(scalar(connection, "select count(*) from news.fingerprint"))
    size = scalar(
        connection,
        "select pg_total_relation_size('news.fingerprint')"
        " + pg_total_relation_size('news.posting')",
    )
    server = psutil.Process(scalar(connection, "select pg_backend_pid()"))
    articles = BATCHES * BATCH
    seconds, cpu_seconds = [], []
    for run in range(RUNS + 1):
        for number in range(BATCHES):
            batch = writer.batch(stored + run * BATCHES + number)
            bare_articles.insert(connection, batch)
        began, cpu_began = time.perf_counter(), _cpu_seconds(server)
        counts = run_stage(connection, Settings(), "cli", "deduplicate", now=NOW).counts
        seconds.append(time.perf_counter() - began)
        cpu_seconds.append(_cpu_seconds(server) - cpu_began)
        assert articles - counts["originals"] == articles // COPIES, counts
    warm, cpu = (sorted(taken[1:])[RUNS // 2] for taken in (seconds, cpu_seconds))
    return Cost(1_000 * warm / articles, 1_000 * cpu / articles, int(size) / stored)


def _cpu_seconds(server: psutil.Process) -> float:
    """Of this process and of its session."""
    times = server.cpu_times()
    return time.process_time() + times.user + times.system


# --- peers ----------------------------------------------------------------------------------------


def _minhash(text: str) -> MinHash:
    words = text.split()
    made = MinHash(num_perm=PERMUTATIONS)
    made.update_batch([" ".join(words[at : at + GRAM]).encode() for at in range(len(words) - 3)])
    return made


def _lsh(texts: Sequence[str]) -> float:
    """Milliseconds to sign, query and insert one, all in memory."""
    index = MinHashLSH(threshold=0.5, num_perm=PERMUTATIONS)

    def decide(number: int) -> None:
        signature = _minhash(texts[number])
        index.query(signature)
        index.insert(number, signature)

    return _milliseconds(decide, len(texts))


def _trigrams(connection: Connection, texts: Sequence[str], queries: int = 20) -> float:
    """Milliseconds to find what is similar to one, by the index."""
    connection.execute("create extension if not exists pg_trgm")
    connection.execute("create temp table trigram (id int, text text)")
    with connection.cursor() as cursor, cursor.copy("copy trigram from stdin") as copy:
        for row in enumerate(texts):
            copy.write_row(row)
    connection.execute("create index on trigram using gin (text gin_trgm_ops)")
    connection.execute("set pg_trgm.similarity_threshold = 0.5")

    def find(number: int) -> None:
        connection.execute("select id from trigram where text %% %s", [texts[number]]).fetchall()

    return _milliseconds(find, min(queries, len(texts)))


def _milliseconds(work: Callable[[int], object], count: int) -> float:
    began = time.perf_counter()
    for number in range(count):
        work(number)
    return 1_000 * (time.perf_counter() - began) / count


# --- the tables -----------------------------------------------------------------------------------


def _report_signing(texts: Sequence[str]) -> None:
    ours = _milliseconds(lambda number: fingerprint(texts[number]), len(texts))
    theirs = _milliseconds(lambda number: _minhash(texts[number]), len(texts))
    console.print(
        f"signing a text of {WORDS} words: ours {ours:.2f} ms, datasketch's MinHash"
        f" ({PERMUTATIONS}) {theirs:.2f} ms: {theirs / ours:.1f} times ours"
    )


def _report_recall(texts: Sequence[str]) -> None:
    """How many copies share enough of what their original is posted with."""
    found = dict.fromkeys(CUT_TO, 0)
    for text in texts:
        postings = Postings({hash_: [DocumentId(1)] for hash_ in posted(fingerprint(text))}, FIRST)
        words = text.split()
        for share in CUT_TO:
            copy = fingerprint(" ".join(words[: round(share * len(words))]))
            found[share] += bool(postings.find(signed(copy.sketch)))
    told = ", ".join(
        f"{number / len(texts):.3f} cut to {share:.0%}" for share, number in found.items()
    )
    console.print(f"copies found, of {len(texts):,}: {told}")


def _report(costs: dict[int, Cost], peers: dict[str, float]) -> None:
    table = Table(
        "stored articles", "ms an article", "of CPU", "bytes a stored article", title="all in"
    )
    for size, cost in costs.items():
        table.add_row(
            f"{size:,}", f"{cost.milliseconds:.2f}", f"{cost.cpu:.2f}", f"{cost.bytes:,.0f}"
        )
    sizes = sorted(costs)
    if len(sizes) > 1:
        small, large = costs[sizes[-2]].milliseconds, costs[sizes[-1]].milliseconds
        slope = (large - costs[sizes[0]].milliseconds) / np.log10(sizes[-1] / sizes[0])
        ten_times = large + max(0.0, slope)
        table.add_row(f"{10 * sizes[-1]:,} (by the slope)", f"{ten_times:.2f}", "", "")
        console.print(table)
        console.print(f"from {sizes[-2]:,} to {sizes[-1]:,}: {large / small:.2f} times the cost")
    else:
        console.print(table)
    last = costs[sizes[-1]].milliseconds
    for name, milliseconds in peers.items():
        console.print(
            f"{name}: {milliseconds:.2f} ms an article, {milliseconds / last:.2f} times ours at"
            f" {sizes[-1]:,}"
        )


if __name__ == "__main__":
    main()
