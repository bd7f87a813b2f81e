"""`news.fingerprint` and `news.posting`: what candidates are found and compared by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ArticleId, SeedId
from newswatch.store.database import Connection

DEDUPE_KEY = 0x64656475  # "dedu": one batch decides at a time
COMMON = 100  # a hash in more documents tells nothing


@dataclass(frozen=True, slots=True)
class FingerprintRow:
    """A stored fingerprint; hashes are little-endian 8-byte integers, packed."""

    document_id: int
    article_id: ArticleId | None
    seed_id: SeedId | None
    grams: bytes
    numbers: bytes
    words: int
    text_hash: int
    title_hash: int
    outlet: str
    title: str
    seen_at: datetime | None
    original_id: int | None


def lock_decisions(connection: Connection) -> None:
    """Until the transaction ends nobody else decides; so every batch sees all earlier ones."""
    connection.execute("select pg_advisory_xact_lock(%s)", [DEDUPE_KEY])


def insert_fingerprint(
    connection: Connection,
    *,
    article_id: ArticleId | None = None,
    seed_id: SeedId | None = None,
    algorithm: int,
    grams: bytes,
    numbers: bytes,
    words: int,
    text_hash: int,
    title_hash: int,
) -> int:
    """Its document id, higher than all before."""
    row = connection.execute(
        """
        insert into news.fingerprint (
            article_id, seed_id, algorithm, grams, numbers, words, text_hash, title_hash
        ) values (%s, %s, %s, %s, %s, %s, %s, %s) returning document_id
        """,
        [article_id, seed_id, algorithm, grams, numbers, words, text_hash, title_hash],
    ).fetchone()
    if row is None:
        raise LookupError("insert returned no row")
    return int(row[0])


def insert_postings(connection: Connection, postings: Sequence[tuple[int, int]]) -> None:
    """(hash, document_id) pairs, in sorted order so that index pages are visited once."""
    with (
        connection.cursor() as cursor,
        cursor.copy("copy news.posting (hash, document_id) from stdin") as copy,
    ):
        for posting in sorted(postings):
            copy.write_row(posting)


CANDIDATES = """
    with sketch as (
        select * from unnest(%(documents)s::bigint[], %(hashes)s::bigint[]) as s (document_id, hash)
    )
    select sketch.document_id, found.document_id
    from sketch
    cross join lateral (
        select array_agg(document_id) as documents
        from (
            select document_id from news.posting
            where posting.hash = sketch.hash limit %(common)s + 1
        ) as holders
    ) as list
    cross join lateral unnest(list.documents) as found (document_id)
    where cardinality(list.documents) <= %(common)s
      and found.document_id < sketch.document_id
    group by 1, 2
    having count(*) >= 2
"""


def candidates(
    connection: Connection, postings: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """(document, earlier document) pairs that share at least two hashes of their sketches."""
    return connection.execute(
        CANDIDATES.encode(),
        {
            "hashes": [hash for hash, _ in postings],
            "documents": [document for _, document in postings],
            "common": COMMON,
        },
    ).fetchall()


def same_text_or_title(
    connection: Connection, text_hashes: Mapping[int, int], title_hashes: Mapping[int, int]
) -> list[tuple[int, int]]:
    """(document, earlier document) pairs with equal words or an equal headline.

    The arguments map a document to its hash. Of each hash the earliest few documents are enough:
    all later ones are their copies.
    """
    return connection.execute(
        """
        with mine as (
            select *, true as by_text
            from unnest(%(text_documents)s::bigint[], %(texts)s::bigint[]) as m (document_id, hash)
            union all
            select *, false
            from unnest(%(title_documents)s::bigint[], %(titles)s::bigint[])
                as m (document_id, hash)
        )
        select distinct mine.document_id, found.document_id
        from mine
        cross join lateral (
            (select document_id from news.fingerprint
             where mine.by_text and text_hash = mine.hash and document_id < mine.document_id
             order by document_id limit 3)
            union all
            (select document_id from news.fingerprint
             where not mine.by_text and title_hash = mine.hash and title_hash <> 0
               and document_id < mine.document_id
             order by document_id desc limit 5)
        ) as found
        """,
        {
            "text_documents": list(text_hashes),
            "texts": list(text_hashes.values()),
            "title_documents": list(title_hashes),
            "titles": list(title_hashes.values()),
        },
    ).fetchall()


def load(connection: Connection, document_ids: Sequence[int]) -> list[FingerprintRow]:
    """The documents with what decisions need of their article or seed."""
    rows = connection.execute(
        """
        select fingerprint.document_id, fingerprint.article_id, fingerprint.seed_id, grams, numbers,
               words, text_hash, title_hash, coalesce(article.outlet, seed.outlet, ''),
               coalesce(article.title, seed.name), article.first_seen_at,
               coalesce(original.document_id, original_seed.document_id)
        from news.fingerprint
        left join news.article using (article_id)
        left join news.seed on seed.seed_id = fingerprint.seed_id
        left join news.decision on decision.article_id = fingerprint.article_id
        left join news.fingerprint as original
            on original.article_id = decision.duplicate_of_article
        left join news.fingerprint as original_seed
            on original_seed.seed_id = decision.duplicate_of_seed
        where fingerprint.document_id = any(%s)
        order by 1
        """,
        [list(document_ids)],
    )
    return [FingerprintRow(*row) for row in rows]
