"""`news.fingerprint` and `news.posting`: what candidates are found and compared by.

`store.candidates` finds them. A row of `news.posting` has up to `COLUMNS` hashes of one document,
each in the column of its remainder, for what Postgres adds to a row is several times a hash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, zip_longest

from newswatch.models import ArticleId, DocumentId, SeedId, StoryId
from newswatch.store import rows
from newswatch.store.server.database import Connection

DEDUPE_KEY = 0x64656475  # "dedu": one batch decides at a time
COLUMNS = 8  # of hashes in a row of postings
HASH_COLUMNS = tuple(f"hash_{column}" for column in range(COLUMNS))

WORDING = """
    select title, text from news.article_version
    where article_version.article_id = mine.article_id and article.revised_at is not null
      and replaced_at > coalesce(mine.revised_at, '-infinity')
    order by replaced_at limit 1
"""
"""Of document `mine` of `article`; no row where it is the wording that the article has now."""


@dataclass(frozen=True, slots=True)
class FingerprintRow:
    """A stored fingerprint; hashes are little-endian 4-byte integers, packed.

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
    """(hash, document_id) pairs."""
    hashes: dict[DocumentId, list[int]] = {}
    for hash_, document_id in postings:
        hashes.setdefault(document_id, []).append(hash_)
    target = f"news.posting (document_id, {rows.listed(HASH_COLUMNS)})"
    with (
        connection.cursor() as cursor,
        cursor.copy(rows.query(f"copy {target} from stdin (null '')")) as copy,
    ):
        for document_id, of in hashes.items():
            for row in zip_longest(*by_column(of).values(), fillvalue=""):
                copy.write("\t".join(map(str, (document_id, *row))) + "\n")


def by_column(hashes: Iterable[int]) -> dict[str, list[int]]:
    """Each hash once, in order, under the column that it is stored in."""
    found: dict[str, list[int]] = {column: [] for column in HASH_COLUMNS}
    for hash_ in sorted(set(hashes)):
        found[HASH_COLUMNS[hash_ % COLUMNS]].append(hash_)
    return found


def remove(connection: Connection, documents: Mapping[DocumentId, Sequence[int]]) -> None:
    """Delete documents, given with all hashes that they may be posted by."""
    posted = " or ".join(f"{column} = any(%({column})s::int[])" for column in HASH_COLUMNS)
    connection.execute(
        rows.query(
            f"delete from news.posting where ({posted}) and document_id = any(%(documents)s::int[])"
        ),
        {"documents": list(documents)} | by_column(chain.from_iterable(documents.values())),
    )
    connection.execute(
        "delete from news.fingerprint where document_id = any(%s)", [list(documents)]
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
        left join news.version_decision as decision
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
