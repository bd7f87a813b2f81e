"""Candidates: the stored documents that a new one may copy, by shared hashes, words or headline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newswatch.models import DocumentId
from newswatch.store import rows
from newswatch.store.fingerprints import HASH_COLUMNS, by_column
from newswatch.store.server.database import Connection

HOLDERS = " union all ".join(
    f"""
    select sketch.hash, holders.document_ids
    from unnest(%({column})b::int[]) as sketch (hash)
    cross join lateral (
        select case when count(*) <= %(most)s then array_agg(document_id) end as document_ids,
               count(*) as number
        from (
            select document_id from news.posting
            where {column} = sketch.hash limit %(most)s + 1
        ) as held
    ) as holders
    where holders.number > 0
    """
    for column in HASH_COLUMNS
)


def holders(
    connection: Connection, hashes: Sequence[int], most: int
) -> dict[int, list[DocumentId] | None]:
    """The documents that hold each hash that any holds; None where they are more than `most`."""
    return rows.mapping(
        connection, "hash", "document_ids", HOLDERS, {"most": most} | by_column(hashes)
    )


@dataclass(frozen=True, slots=True)
class OwnTitle:
    """A headline that is looked for among those of one outlet."""

    title_hash: int
    outlet: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """A document, and an earlier one with equal words or an equal headline."""

    document_id: DocumentId
    earlier_id: DocumentId


def same_text_or_title(
    connection: Connection,
    text_hashes: Mapping[DocumentId, int],
    title_hashes: Mapping[DocumentId, int],
    own_titles: Mapping[DocumentId, OwnTitle],
) -> list[Likeness]:
    """The earlier documents with equal words or an equal headline.

    The arguments map a document to its hash; `own_titles` finds documents of that outlet only. Of
    equal texts the earliest few are enough, for all later ones are their copies; of equal
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
            select *
            from unnest(%(own_documents)s::bigint[], %(own)s::bigint[], %(outlets)s::text[])
                as m (document_id, hash, outlet)
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
            "own_documents": list(own_titles),
            "own": [own.title_hash for own in own_titles.values()],
            "outlets": [own.outlet for own in own_titles.values()],
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
