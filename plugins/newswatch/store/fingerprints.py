"""`news.fingerprint` and `news.posting`: what candidates are found and compared by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ArticleId, DocumentId, SeedId, StoryId
from newswatch.store import rows
from newswatch.store.server.database import Connection

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
WORDING = """
    select title, text from news.article_version
    where article_version.article_id = mine.article_id and article.revised_at is not null
      and replaced_at > coalesce(mine.revised_at, '-infinity')
    order by replaced_at limit 1
"""
"""Of document `mine` of `article`; no row where it is the wording that the article has now."""


@dataclass(frozen=True, slots=True)
class FingerprintRow:
    """A stored fingerprint; hashes are little-endian 8-byte integers, packed.

    `first_id` is the article's first document, for a document of a later wording, whose
    `original_id` is what the article copies, or else that. `later_ids` are of a first document.
    """

    document_id: DocumentId
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
    original_id: DocumentId | None
    story_id: StoryId | None  # a seed's is that of its first copy
    revised_at: datetime | None
    first_id: DocumentId | None
    later_ids: tuple[DocumentId, ...]


def lock_decisions(connection: Connection) -> None:
    """Until the transaction ends nobody else decides; so every batch sees all earlier ones."""
    connection.execute("select pg_advisory_xact_lock(%s)", [DEDUPE_KEY])


@dataclass(frozen=True, slots=True)
class NewFingerprint:
    """A fingerprint to store: of an article, or of a seed. `revised_at` is of a later wording."""

    article_id: ArticleId | None
    seed_id: SeedId | None
    outlet: str
    algorithm: int
    grams: bytes
    numbers: bytes
    words: int
    text_hash: int
    title_hash: int
    revised_at: datetime | None


_NEW = {
    "article_id": "bigint",
    "seed_id": "bigint",
    "outlet": "text",
    "algorithm": "smallint",
    "grams": "bytea",
    "numbers": "bytea",
    "words": "int",
    "text_hash": "bigint",
    "title_hash": "bigint",
    "revised_at": "timestamptz",
}
"""The columns of a `NewFingerprint` with their types, which arrays of them need."""


def insert_fingerprints(connection: Connection, new: Sequence[NewFingerprint]) -> list[DocumentId]:
    """Their document ids: higher than all before, and ascending in the order given."""
    arrays = ", ".join(
        f"%({name}){'b' if kind == 'bytea' else 's'}::{kind}[]" for name, kind in _NEW.items()
    )
    found = rows.values(
        connection,
        f"""
        insert into news.fingerprint ({rows.listed(_NEW)})
        select {rows.listed(_NEW)}
        from unnest({arrays}) with ordinality as new ({rows.listed(_NEW)}, place)
        order by place
        returning document_id
        """,
        {name: [getattr(row, name) for row in new] for name in _NEW},
    )
    return sorted(found)


def insert_postings(connection: Connection, postings: Sequence[tuple[int, DocumentId]]) -> None:
    """(hash, document_id) pairs, in sorted order so that index pages are visited once."""
    with (
        connection.cursor() as cursor,
        cursor.copy("copy news.posting (hash, document_id) from stdin") as copy,
    ):
        copy.write("".join(f"{hash_}\t{document_id}\n" for hash_, document_id in sorted(postings)))


def remove(connection: Connection, documents: Mapping[DocumentId, Sequence[int]]) -> None:
    """Delete documents, given with all hashes that they may be posted by."""
    pairs = [(hash_, document_id) for document_id, of in documents.items() for hash_ in of]
    connection.execute(
        """
        delete from news.posting
        using unnest(%s::bigint[], %s::bigint[]) as gone (hash, document_id)
        where posting.hash = gone.hash and posting.document_id = gone.document_id
        """,
        [[hash_ for hash_, _ in pairs], [document_id for _, document_id in pairs]],
    )
    connection.execute(
        "delete from news.fingerprint where document_id = any(%s)", [list(documents)]
    )


HOLDERS = """
    select sketch.hash, holders.document_ids
    from unnest(%(hashes)b::bigint[]) as sketch (hash)
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
) -> dict[int, list[DocumentId] | None]:
    """The documents that hold each hash that any holds; None where they are more than `most`."""
    return rows.mapping(
        connection,
        "hash",
        "document_ids",
        HOLDERS,
        {"hashes": sorted(set(hashes)), "most": most},
    )


@dataclass(frozen=True, slots=True)
class Likeness:
    """A document, and an earlier one with equal words or an equal headline."""

    document_id: DocumentId
    earlier_id: DocumentId


def same_text_or_title(
    connection: Connection,
    text_hashes: Mapping[DocumentId, int],
    title_hashes: Mapping[DocumentId, int],
    own_title_hashes: Mapping[DocumentId, int],
) -> list[Likeness]:
    """The earlier documents with equal words or an equal headline.

    The arguments map a document to its hash; `own_title_hashes` finds documents of the same outlet
    only. Of equal texts the earliest few are enough, for all later ones are their copies; of equal
    headlines the latest. Later wordings of articles have their own places, so that they crowd
    nothing out.
    """
    return rows.read(
        connection,
        Likeness,
        """
        with mine as (
            select *, true as by_text
            from unnest(%(text_documents)s::bigint[], %(texts)s::bigint[]) as m (document_id, hash)
            union all
            select *, false
            from unnest(%(title_documents)s::bigint[], %(titles)s::bigint[])
                as m (document_id, hash)
        ),
        own as (
            select m.*, outlet
            from unnest(%(own_documents)s::bigint[], %(own)s::bigint[]) as m (document_id, hash)
            join news.fingerprint using (document_id)
        )
        select distinct mine.document_id, found.document_id as earlier_id
        from mine
        cross join (values (true), (false)) as among (first_wordings)
        cross join lateral (
            (select document_id from news.fingerprint
             where mine.by_text and text_hash = mine.hash and document_id < mine.document_id
               and (revised_at is null) = first_wordings
             order by document_id limit 3)
            union all
            (select document_id from news.fingerprint
             where not mine.by_text and title_hash = mine.hash and title_hash <> 0
               and document_id < mine.document_id and (revised_at is null) = first_wordings
             order by document_id desc limit 5)
        ) as found
        union all
        select own.document_id, found.document_id
        from own
        cross join lateral (
            select document_id, outlet from news.fingerprint
            where title_hash = own.hash and title_hash <> 0
              and document_id < own.document_id and revised_at is null
            order by document_id desc limit 20
        ) as found
        where found.outlet = own.outlet
        """,
        {
            "text_documents": list(text_hashes),
            "texts": list(text_hashes.values()),
            "title_documents": list(title_hashes),
            "titles": list(title_hashes.values()),
            "own_documents": list(own_title_hashes),
            "own": list(own_title_hashes.values()),
        },
    )


@dataclass(frozen=True, slots=True)
class EarlierArticle:
    """An article's first document, the hash of its headline, and its packed grams."""

    document_id: DocumentId
    title_hash: int
    grams: bytes


def recent_of_outlet(
    connection: Connection, outlet: str, algorithm: int, before: DocumentId, most: int
) -> list[EarlierArticle]:
    """The outlet's last articles before that document, each in its first wording."""
    return rows.read(
        connection,
        EarlierArticle,
        """
        select document_id, title_hash, grams from news.fingerprint
        where outlet = %s and algorithm = %s and document_id < %s and article_id is not null
          and revised_at is null
        order by document_id desc limit %s
        """,
        [outlet, algorithm, before, most],
    )


def load(connection: Connection, document_ids: Sequence[DocumentId]) -> list[FingerprintRow]:
    """The documents with what decisions need of their article or seed."""
    return rows.read(
        connection,
        FingerprintRow,
        f"""
        select mine.document_id, mine.article_id, mine.seed_id, mine.algorithm, mine.grams,
               mine.numbers, mine.words, mine.text_hash, mine.title_hash, mine.outlet,
               coalesce(wording.title, article.title, seed.name) as title,
               coalesce(mine.revised_at, article.first_seen_at) as seen_at,
               coalesce(original.document_id, original_seed.document_id, first.document_id)
                   as original_id,
               coalesce(decision.story_id, reprint.story_id) as story_id,
               mine.revised_at, first.document_id as first_id,
               case when mine.revised_at is null and article.revised_at is not null then array(
                   select later.document_id from news.fingerprint as later
                   where later.article_id = mine.article_id and later.algorithm = mine.algorithm
                     and later.revised_at is not null
                   order by later.document_id
               ) else '{{}}' end as later_ids
        from news.fingerprint as mine
        left join news.article using (article_id)
        left join lateral ({WORDING}) as wording on true
        left join news.fingerprint as first
            on mine.revised_at is not null and first.article_id = mine.article_id
           and first.algorithm = mine.algorithm and first.revised_at is null
        left join news.seed on seed.seed_id = mine.seed_id
        left join ({DECISION_OF_VERSION}) as decision
            on decision.article_id = mine.article_id
           and decision.algorithm_version = mine.algorithm
        left join news.fingerprint as original
            on original.article_id = decision.duplicate_of_article
           and original.algorithm = mine.algorithm and original.revised_at is null
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
        order by mine.document_id
        """,
        [list(document_ids)],
        binary=True,  # as text a fingerprint would be twice as long
    )


def of_articles(
    connection: Connection, article_ids: Sequence[ArticleId], algorithm: int
) -> list[FingerprintRow]:
    """All documents of these articles, in order."""
    document_ids = rows.values(
        connection,
        "select document_id from news.fingerprint where article_id = any(%s) and algorithm = %s",
        [list(article_ids), algorithm],
    )
    return load(connection, document_ids)
