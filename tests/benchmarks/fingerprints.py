"""Made-up articles of which only fingerprints are stored, and texts that resemble them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from bare_articles import BareArticle
from benchmarks.indexes import no_indexes
from newswatch.copies.fingerprint import GRAM, fingerprint
from newswatch.copies.rules import FIRST
from newswatch.store.fingerprints import COLUMNS, HASH_COLUMNS
from newswatch.store.server.database import Connection, scalar

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BATCH = 500
COPIES = 20  # one article in so many is a copy of one before it
WORDS = 400  # of an article
PHRASES = 6  # stock phrases in an article
PHRASE = 8  # words of one
NAMES = 20  # in an article
FUNCTION = 200  # function words in an article
FUNCTION_WORDS = "the of and to in a is that for it as was with be by on not at from this"
CHUNK = 20_000  # stored articles written at once
SYLLABLES = ["ba", "cor", "del", "fin", "gar", "hal", "lim", "mon", "nor", "pel", "qua", "wick"]


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

    def go_on_from(self, stored: int) -> None:
        """Repeat nothing of what was written for the first `stored` articles; the vocabulary and
        the stock phrases stay."""
        self._dice = random.Random(stored)
        self.random = np.random.default_rng(stored)

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


def store_articles(connection: Connection, writer: Writer, first: int, size: int) -> None:
    """Fill the tables up to `size` articles: rows only, as COPY takes them."""
    base = int(scalar(connection, "select coalesce(max(article_id), 0) from news.article"))
    last = base + size - first
    connection.execute("set session_replication_role = replica")  # no foreign keys while filling
    with no_indexes(connection, ["news.article"]):
        connection.execute(_ARTICLES.encode(), [base, base + 1, last])
    connection.execute("set session_replication_role = default")
    highest = "select setval(pg_get_serial_sequence('news.article', 'article_id'), {})"
    connection.execute(highest.format(last).encode())
    connection.execute("vacuum analyze news.article")
    store_fingerprints(connection, writer, base, last)


def store_fingerprints(connection: Connection, writer: Writer, base: int, last: int) -> None:
    """Of the stored articles behind `base`, up to `last`."""
    highest = "select coalesce(max(document_id), 0) from news.fingerprint"
    shift = int(scalar(connection, highest)) - base  # a seed is a document and no article
    connection.execute("set session_replication_role = replica")
    with no_indexes(connection, ["news.fingerprint", "news.posting"]):
        for start in range(base, last, CHUNK):
            _copy_fingerprints(connection, writer, start, min(CHUNK, last - start), shift)
    connection.execute("set session_replication_role = default")
    sequence = "pg_get_serial_sequence('news.fingerprint', 'document_id')"
    connection.execute(f"select setval({sequence}, ({highest}))".encode())
    for table in ("fingerprint", "posting"):
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


def _copy_fingerprints(
    connection: Connection, writer: Writer, base: int, count: int, shift: int
) -> None:
    grams_of_article = WORDS - GRAM + 1
    grams = writer.random.integers(0, 2**32, (count, grams_of_article), dtype=np.uint32)
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
            "document_id": (ids + shift).astype(">i8"),
            "article_id": ids.astype(">i8"),
            "outlet": np.full(count, b"Stored", dtype="S6"),
            "algorithm": np.full(count, FIRST.version, dtype=">i2"),
            "grams": np.ascontiguousarray(grams).view(f"V{4 * grams_of_article}").ravel(),
            "numbers": np.full(count, b"\1" * 4, dtype="S4"),
            "words": np.full(count, WORDS, dtype=">i4"),
            "text_hash": writer.random.integers(-(2**62), 2**62, count).astype(">i8"),
            "title_hash": writer.random.integers(1, 2**62, count).astype(">i8"),
        },
    )
    sketches = np.partition(grams, FIRST.min_sketch, axis=1)[:, : FIRST.min_sketch]
    _copy_postings(connection, ids + shift, sketches.view(np.int32))


def _copy_postings(
    connection: Connection, ids: npt.NDArray[np.int64], sketches: npt.NDArray[np.int32]
) -> None:
    """Of each document its sketch, as `insert_postings` would lay it into rows."""
    places = np.zeros_like(sketches)
    for column in range(COLUMNS):
        is_here = sketches % COLUMNS == column
        places[is_here] = (np.cumsum(is_here, axis=1) - 1)[is_here]
    rows = places.max(axis=1) + 1  # of each document
    first = np.cumsum(rows) - rows
    values = np.zeros((rows.sum(), COLUMNS), dtype=">i4")
    known = np.zeros(values.shape, dtype=bool)
    at = (first[:, None] + places, sketches % COLUMNS)
    values[at], known[at] = sketches, True
    _copy(
        connection,
        f"news.posting (document_id, {', '.join(HASH_COLUMNS)})",
        {"document_id": np.repeat(ids, rows).astype(">i4")}
        | {name: values[:, column] for column, name in enumerate(HASH_COLUMNS)},
        {name: known[:, column] for column, name in enumerate(HASH_COLUMNS)},
    )


def _copy(
    connection: Connection,
    target: str,
    columns: dict[str, npt.NDArray[Any]],
    known: dict[str, npt.NDArray[np.bool_]] | None = None,
) -> None:
    """COPY in Postgres' binary form; each column's values are of one width, those that are not
    `known` null."""
    count = len(next(iter(columns.values())))
    fields: list[tuple[str, Any]] = [("columns", ">i2")]
    for name, values in columns.items():
        fields += [(f"{name} size", ">i4"), (name, values.dtype)]
    rows = np.zeros(count, dtype=fields)
    rows["columns"] = len(columns)
    for name, values in columns.items():
        rows[f"{name} size"], rows[name] = values.dtype.itemsize, values
    packed = rows.view(np.uint8).reshape(count, -1)
    written = np.ones_like(packed, dtype=bool)
    for name, is_known in (known or {}).items():
        rows[f"{name} size"][~is_known] = -1
        start, width = rows.dtype.fields[name][1], rows.dtype[name].itemsize
        written[~is_known, start : start + width] = False
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {target} from stdin (format binary)".encode()) as copy,
    ):
        copy.write(b"PGCOPY\n\xff\r\n\0" + b"\0" * 8)
        copy.write(packed[written].tobytes() if known else rows.tobytes())
        copy.write(b"\xff\xff")
