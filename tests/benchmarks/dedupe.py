"""`make bench-dedupe`: what a decision costs with 10,000, 100,000 and a million stored articles.

Ours is the stage itself: batches of 500 articles are bigints, their candidates found in Postgres,
compared and decided on, and everything is committed. One in twenty is a copy; all share stock
phrases with what is stored. The stored articles are fingerprints made here, without texts. Beside
it, on the same texts: datasketch's MinHash (signing) and MinHashLSH in memory, and pg_trgm's
similarity with a GIN index. Peers are given as many articles as they can bear (--peers).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from datasketch import MinHash, MinHashLSH
from rich.console import Console
from rich.table import Table

import bare_articles
from bare_articles import BareArticle
from newswatch.copies.fingerprint import GRAM, fingerprint
from newswatch.copies.rules import FIRST
from newswatch.settings import Settings
from newswatch.stages.cycle import begin
from newswatch.stages.deduplicate.deduplicate import deduplicate
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect, scalar
from newswatch.store.server.migrate import migrate
from scratch import scratch

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BATCH = 500
BATCHES = 3
COPIES = 20  # one article in so many is a copy of one before it
WORDS = 400  # of an article
PHRASES = 6  # stock phrases in an article
PHRASE = 8  # words of one
NAMES = 20  # in an article
FUNCTION = 200  # function words in an article
FUNCTION_WORDS = "the of and to in a is that for it as was with be by on not at from this"
CHUNK = 20_000  # stored articles written at once
PERMUTATIONS = 128
SYLLABLES = ["ba", "cor", "del", "fin", "gar", "hal", "lim", "mon", "nor", "pel", "qua", "wick"]
console = Console(width=100)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench-dedupe", description=__doc__)
    parser.add_argument("--stored", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--peers", type=int, default=5_000, help="articles that peers are given")
    given = parser.parse_args()
    writer = Writer(random.Random(20_251_218))
    texts = [writer.text() for _ in range(given.peers)]
    _report_signing(texts[:1_000])
    with scratch() as folder, connect(embedded.start(folder / "postgres")) as connection:
        for setting in ("fsync = off", "max_wal_size = '8GB'", "maintenance_work_mem = '1GB'"):
            connection.execute(f"alter system set {setting}".encode())
        connection.execute("select pg_reload_conf()")
        peers = {
            f"MinHashLSH in memory, {given.peers:,}": _lsh(texts),
            f"pg_trgm, {given.peers:,}": _trigrams(connection, texts),
        }
        migrate(connection)
        stored, costs = 0, {}
        for size in sorted(given.stored):
            store_articles(connection, writer, stored, size)
            stored = size
            costs[size] = _cost(connection, writer)
            console.print(f"{size:,} stored: {costs[size].milliseconds:.2f} ms an article")
    _report(costs, peers)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one article, all in; and of one stored article, indexes included."""

    milliseconds: float
    bytes: float


class Writer:
    """Makes articles of made-up words that hardly repeat, with names and stock phrases between.

    Half of the words are function words, so that 400 words have 210 distinct ones, about as many as
    400 words of English news have.
    """

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._vocabulary = ["".join(dice.choices(SYLLABLES, k=4)) for _ in range(50_000)]
        bank = [dice.choices(self._vocabulary, k=PHRASE) for _ in range(20_000)]
        self._bank = [" ".join(words) for words in bank]
        self._names = [word.capitalize() for word in dice.choices(self._vocabulary, k=5_000)]
        self.phrase_grams = np.stack([fingerprint(phrase).grams for phrase in self._bank])
        self.random = np.random.default_rng(20_251_218)

    def text(self) -> str:
        words = self._dice.choices(self._vocabulary, k=WORDS - PHRASES * PHRASE - NAMES - FUNCTION)
        for word in self._dice.choices(FUNCTION_WORDS.split(), k=FUNCTION):
            words.insert(self._dice.randrange(len(words)), word)
        for name in self._dice.choices(self._names, k=NAMES):
            words.insert(self._dice.randrange(1, len(words)), name)
        for phrase in self._dice.choices(self._bank, k=PHRASES):
            words.insert(self._dice.randrange(len(words)), phrase)
        return " ".join(words)

    def batch(self, number: int) -> list[BareArticle]:
        texts: list[str] = []
        for place in range(BATCH):
            copied = place % COPIES == COPIES - 1
            texts.append(self._shortened(self._dice.choice(texts)) if copied else self.text())
        return [
            BareArticle(
                canonical_url=f"https://outlet-{place % 50}.example/{number}/{place}",
                host=f"outlet-{place % 50}.example",
                outlet=f"Outlet {place % 50}",
                title=" ".join(self._dice.choices(self._vocabulary, k=8)),
                text=text,
                language="en",
                published_at=None,
                first_seen_at=NOW + timedelta(seconds=number * BATCH + place),
                extracted_at=NOW,
            )
            for place, text in enumerate(texts)
        ]

    def _shortened(self, text: str) -> str:
        words = text.split()
        return " ".join(words[: len(words) * 9 // 10])


# --- ours -----------------------------------------------------------------------------------------


def store_articles(connection: Connection, writer: Writer, first: int, size: int) -> None:
    """Fill the tables up to `size` articles: rows only, as COPY takes them."""
    connection.execute("set session_replication_role = replica")  # no foreign keys while filling
    connection.execute("alter table news.posting drop constraint posting_pkey")
    base = int(scalar(connection, "select coalesce(max(article_id), 0) from news.article"))
    for start in range(first, size, CHUNK):
        count = min(CHUNK, size - start)
        connection.execute(_ARTICLES.encode(), [base, base + 1, base + count])
        _copy_fingerprints(connection, writer, base, count)
        base += count
    connection.execute("alter table news.posting add primary key (hash, document_id)")
    connection.execute("set session_replication_role = default")
    highest = "select setval(pg_get_serial_sequence('news.{0}', '{1}'), {2})"
    connection.execute(highest.format("article", "article_id", base).encode())
    connection.execute(highest.format("fingerprint", "document_id", base).encode())
    for table in ("article", "fingerprint", "posting"):
        connection.execute(f"vacuum analyze news.{table}".encode())
    connection.execute("checkpoint")  # so that writing the filling down is not measured


_ARTICLES = """
    insert into news.article (
        article_id, canonical_url, host, outlet, title, text, body_source, page_kind, word_count,
        first_seen_at, extracted_at, deduplicated_at
    ) overriding system value
    select n, 'https://stored.example/' || n, 'stored.example', 'Stored', 'Stored ' || n, 'Stored.',
           'page', 'article', 400, timestamptz '2026-03-01' - (n + %s) * interval '1 second', now(),
           now()
    from generate_series(%s::bigint, %s::bigint) as n
"""


def _copy_fingerprints(connection: Connection, writer: Writer, base: int, count: int) -> None:
    grams_of_article = WORDS - GRAM + 1
    grams = writer.random.integers(0, 2**64, (count, grams_of_article), dtype=np.uint64)
    phrases = len(writer.phrase_grams)
    first = writer.random.integers(0, phrases, (count, 1))
    apart = writer.random.integers(1, phrases // PHRASES, (count, 1))
    chosen = (first + apart * np.arange(PHRASES)) % phrases  # none twice in an article
    shared = writer.phrase_grams[chosen].reshape(count, -1)
    grams[:, : shared.shape[1]] = shared
    ids = np.arange(base + 1, base + count + 1)
    _copy(
        connection,
        "news.fingerprint (document_id, article_id, outlet, algorithm, grams, numbers, words,"
        " text_hash, title_hash)",
        {
            "document_id": ids.astype(">i8"),
            "article_id": ids.astype(">i8"),
            "outlet": np.full(count, b"Stored", dtype="S6"),
            "algorithm": np.full(count, FIRST.version, dtype=">i2"),
            "grams": np.ascontiguousarray(grams).view(f"V{8 * grams_of_article}").ravel(),
            "numbers": np.full(count, b"\1" * 8, dtype="S8"),
            "words": np.full(count, WORDS, dtype=">i4"),
            "text_hash": writer.random.integers(-(2**62), 2**62, count).astype(">i8"),
            "title_hash": writer.random.integers(1, 2**62, count).astype(">i8"),
        },
    )
    sketches = np.sort(grams, axis=1)[:, : FIRST.min_sketch].astype(np.int64)
    _copy(
        connection,
        "news.posting (hash, document_id)",
        {
            "hash": sketches.ravel().astype(">i8"),
            "document_id": np.repeat(ids, FIRST.min_sketch).astype(">i8"),
        },
    )


def _copy(connection: Connection, target: str, columns: dict[str, npt.NDArray[Any]]) -> None:
    """COPY in Postgres' binary form; each column's values are of one width."""
    count = len(next(iter(columns.values())))
    fields: list[tuple[str, Any]] = [("columns", ">i2")]
    for name, values in columns.items():
        fields += [(f"{name} size", ">i4"), (name, values.dtype)]
    rows = np.zeros(count, dtype=fields)
    rows["columns"] = len(columns)
    for name, values in columns.items():
        rows[f"{name} size"], rows[name] = values.dtype.itemsize, values
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {target} from stdin (format binary)".encode()) as copy,
    ):
        copy.write(b"PGCOPY\n\xff\r\n\0" + b"\0" * 8)
        copy.write(rows.tobytes())
        copy.write(b"\xff\xff")


def _cost(connection: Connection, writer: Writer) -> Cost:
    stored = int(scalar(connection, "select count(*) from news.fingerprint"))
    size = scalar(
        connection,
        "select pg_total_relation_size('news.fingerprint')"
        " + pg_total_relation_size('news.posting')",
    )
    job = begin(connection, Settings(), "cli", NOW)
    seconds = []
    for number in range(BATCHES + 1):
        bare_articles.insert(connection, writer.batch(stored + number))
        began = time.perf_counter()
        counts = deduplicate(job)
        seconds.append(time.perf_counter() - began)
        assert BATCH - counts["originals"] == BATCH // COPIES, counts
    warm = sorted(seconds[1:])[BATCHES // 2]
    return Cost(1_000 * warm / BATCH, int(size) / stored)


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
    connection.execute("create extension pg_trgm")
    connection.execute("create table trigram (id int, text text)")
    with connection.cursor() as cursor, cursor.copy("copy trigram from stdin") as copy:
        for row in enumerate(texts):
            copy.write_row(row)
    connection.execute("create index on trigram using gin (text gin_trgm_ops)")
    connection.execute("set pg_trgm.similarity_threshold = 0.5")

    def find(number: int) -> None:
        connection.execute("select id from trigram where text %% %s", [texts[number]]).fetchall()

    return _milliseconds(find, queries)


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


def _report(costs: dict[int, Cost], peers: dict[str, float]) -> None:
    table = Table("stored articles", "ms an article", "bytes a stored article", title="all in")
    for size, cost in costs.items():
        table.add_row(f"{size:,}", f"{cost.milliseconds:.2f}", f"{cost.bytes:,.0f}")
    sizes = sorted(costs)
    if len(sizes) > 1:
        small, large = costs[sizes[-2]].milliseconds, costs[sizes[-1]].milliseconds
        slope = (large - costs[sizes[0]].milliseconds) / np.log10(sizes[-1] / sizes[0])
        ten_times = large + max(0.0, slope)
        table.add_row(f"{10 * sizes[-1]:,} (by the slope)", f"{ten_times:.2f}", "")
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
