"""`news.fingerprint` and `news.posting`: what candidates are found and compared by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from newswatch.models import ArticleId, SeedId, StoryId
from newswatch.store.database import Connection

DEDUPE_KEY = 0x64656475  # "dedu": one batch decides at a time

DECISION_OF_VERSION = """
    select algorithm_version, article_id, kind, duplicate_of_article, duplicate_of_seed, coverage,
           coverage_of_original, story_id
    from news.decision
    union all
    select algorithm_version, article_id, kind, duplicate_of_article, duplicate_of_seed, coverage,
           coverage_of_original, null
    from news.decision_beside
"""


@dataclass(frozen=True, slots=True)
class FingerprintRow:
    """A stored fingerprint; hashes are little-endian 8-byte integers, packed."""

    document_id: int
    article_id: ArticleId | None
    seed_id: SeedId | None
    algorithm: int
    grams: bytes
    numbers: bytes
    words: int
    text_hash: int
    title_hash: int
    outlet: str
    title: str
    seen_at: datetime | None
    original_id: int | None
    story_id: StoryId | None  # a seed's is that of its first copy


def lock_decisions(connection: Connection) -> None:
    """Until the transaction ends nobody else decides; so every batch sees all earlier ones."""
    connection.execute("select pg_advisory_xact_lock(%s)", [DEDUPE_KEY])


@dataclass(frozen=True, slots=True)
class NewFingerprint:
    """A fingerprint to store: of an article, or of a seed."""

    article_id: ArticleId | None
    seed_id: SeedId | None
    outlet: str
    algorithm: int
    grams: bytes
    numbers: bytes
    words: int
    text_hash: int
    title_hash: int


def insert_fingerprints(connection: Connection, rows: Sequence[NewFingerprint]) -> list[int]:
    """Their document ids: higher than all before, and ascending in the order given."""
    columns = [[getattr(row, field.name) for row in rows] for field in fields(NewFingerprint)]
    found = connection.execute(
        """
        insert into news.fingerprint (
            article_id, seed_id, outlet, algorithm, grams, numbers, words, text_hash, title_hash
        )
        select article_id, seed_id, outlet, algorithm, grams, numbers, words, text_hash, title_hash
        from unnest(
            %s::bigint[], %s::bigint[], %s::text[], %s::smallint[], %s::bytea[], %s::bytea[],
            %s::int[], %s::bigint[], %s::bigint[]
        ) with ordinality as new (
            article_id, seed_id, outlet, algorithm, grams, numbers, words, text_hash, title_hash,
            place
        )
        order by place
        returning document_id
        """,
        columns,
    )
    return sorted(document_id for (document_id,) in found)


def insert_postings(connection: Connection, postings: Sequence[tuple[int, int]]) -> None:
    """(hash, document_id) pairs, in sorted order so that index pages are visited once."""
    with (
        connection.cursor() as cursor,
        cursor.copy("copy news.posting (hash, document_id) from stdin") as copy,
    ):
        for posting in sorted(postings):
            copy.write_row(posting)


HOLDERS = """
    select sketch.hash, holders.document_ids
    from unnest(%(hashes)s::bigint[]) as sketch (hash)
    cross join lateral (
        select case when count(*) <= %(most)s then array_agg(document_id) end as document_ids,
               count(*) as number
        from (
            select document_id from news.posting
            where posting.hash = sketch.hash limit %(most)s + 1
        ) as held
    ) as holders
    where holders.number > 0
"""


def holders(
    connection: Connection, hashes: Sequence[int], most: int
) -> dict[int, list[int] | None]:
    """The documents that hold each hash that any holds; None where they are more than `most`."""
    rows = connection.execute(HOLDERS.encode(), {"hashes": sorted(set(hashes)), "most": most})
    return dict(rows.fetchall())


def same_text_or_title(
    connection: Connection, text_hashes: Mapping[int, int], title_hashes: Mapping[int, int]
) -> list[tuple[int, int]]:
    """(document, earlier document) pairs with equal words or an equal headline.

    The arguments map a document to its hash. Of equal texts the earliest few are enough, for all
    later ones are their copies; of equal headlines the latest.
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


def recent_of_outlet(
    connection: Connection, outlet: str, algorithm: int, before: int, most: int = 50
) -> list[tuple[int, bytes]]:
    """Hash of the headline and grams of the outlet's last articles before that document."""
    return connection.execute(
        """
        select title_hash, grams from news.fingerprint
        where outlet = %s and algorithm = %s and document_id < %s and article_id is not null
        order by document_id desc limit %s
        """,
        [outlet, algorithm, before, most],
    ).fetchall()


def load(connection: Connection, document_ids: Sequence[int]) -> list[FingerprintRow]:
    """The documents with what decisions need of their article or seed."""
    rows = connection.execute(
        f"""
        select mine.document_id, mine.article_id, mine.seed_id, mine.algorithm, mine.grams,
               mine.numbers, mine.words, mine.text_hash, mine.title_hash, mine.outlet,
               coalesce(article.title, seed.name), article.first_seen_at,
               coalesce(original.document_id, original_seed.document_id),
               coalesce(decision.story_id, reprint.story_id)
        from news.fingerprint as mine
        left join news.article using (article_id)
        left join news.seed on seed.seed_id = mine.seed_id
        left join ({DECISION_OF_VERSION}) as decision
            on decision.article_id = mine.article_id
           and decision.algorithm_version = mine.algorithm
        left join news.fingerprint as original
            on original.article_id = decision.duplicate_of_article
           and original.algorithm = mine.algorithm
        left join news.fingerprint as original_seed
            on original_seed.seed_id = decision.duplicate_of_seed
           and original_seed.algorithm = mine.algorithm
        left join lateral (
            select copy.story_id
            from news.decision as copy
            join news.fingerprint as copied
                on copied.article_id = copy.article_id
               and copied.algorithm = copy.algorithm_version
            where copy.duplicate_of_seed = seed.seed_id
            order by copied.document_id limit 1
        ) as reprint on true
        where mine.document_id = any(%s)
        order by 1
        """.encode(),
        [list(document_ids)],
    )
    return [FingerprintRow(*row) for row in rows]
