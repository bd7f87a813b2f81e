"""`news.edition_entry`, and what an edition's entries are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.types.json import Jsonb

from newswatch.models import ArticleId, EditionId, EntryNumber, StoryId
from newswatch.store import rows
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class WindowReport:
    """A flagged report that an edition groups; `model` and vectors are None where it has none."""

    article_id: ArticleId
    story_id: StoryId
    title: str
    text: str
    language: str | None
    seen_at: datetime
    copy_of: ArticleId | None
    model: str | None
    headline: bytes | None
    lead: bytes | None


@dataclass(frozen=True, slots=True)
class StatedPair:
    """Two sides that a person put together by a merge, or parted by a split."""

    kind: Literal["merge", "split"]
    one_side: frozenset[ArticleId]
    other_side: frozenset[ArticleId]


@dataclass(frozen=True, slots=True)
class EditionEntryRow:
    """A row of `news.edition_entry`, which explains the columns."""

    article_id: ArticleId
    number: EntryNumber
    nearest: ArticleId | None
    likelihood: float | None
    signs: Jsonb
    is_stated: bool


def window_reports(
    connection: Connection,
    topics: Sequence[str],
    min_score: float,
    seen_since: datetime,
    until: int,
    article_ids: Sequence[ArticleId],
) -> list[WindowReport]:
    """What was flagged for the topics: seen since then and published up to that publication, and
    these articles, whenever they were seen."""
    return rows.read(
        connection,
        WindowReport,
        """
        select near.article_id, decision.story_id, article.title, article.text, article.language,
               article.first_seen_at as seen_at, decision.duplicate_of_article as copy_of,
               embedding.model, embedding.headline, embedding.lead
        from (
            select unnest(%(article_ids)s::bigint[]) as article_id
            union
            select article_id from news.article
            where first_seen_at >= %(seen_since)s and publication <= %(until)s
        ) as near
        cross join lateral (
            select from news.flag
            where flag.article_id = near.article_id and superseded_at is null
              and flag.topic = any(%(topics)s) and flag.score >= %(min_score)s
            limit 1
        ) as flagged
        cross join lateral (
            select title, text, language, first_seen_at from news.article
            where article.article_id = near.article_id limit 1
        ) as article
        cross join lateral (
            select story_id, duplicate_of_article from news.decision
            where decision.article_id = near.article_id and story_id is not null limit 1
        ) as decision
        left join lateral (
            select model, headline, lead from news.embedding
            where embedding.article_id = near.article_id limit 1
        ) as embedding on true
        order by near.article_id
        """,
        {
            "topics": list(topics),
            "min_score": min_score,
            "seen_since": seen_since,
            "until": until,
            "article_ids": list(article_ids),
        },
    )


def stated(connection: Connection, article_ids: Sequence[ArticleId]) -> list[StatedPair]:
    """What people said of these articles, in order: of a merge all that were then in either story,
    of a split those that left and those that stayed."""
    return rows.read(
        connection,
        StatedPair,
        """
        select kind, article_ids as one_side,
               (select coalesce(array_agg(other.article_id), '{}') from news.decision as other
                where other.article_id = any(%(articles)s) and other.decided_at <= changed_at
                  and other.article_id <> all(article_ids)
                  and other.story_id = case change.kind when 'merge' then change.story_id
                                                 else change.from_story_id end) as other_side
        from news.story_change as change
        where change.kind in ('merge', 'split') and change_id = any(array(
            select about.change_id from unnest(%(articles)s::bigint[]) as mine (article_id)
            cross join lateral (
                select change_id from news.story_change
                where article_ids @> array[mine.article_id]
            ) as about
        ))
        order by change_id
        """,
        {"articles": list(article_ids)},
    )


def numbers_in(connection: Connection, edition_id: EditionId) -> dict[ArticleId, EntryNumber]:
    """The entry of each report that the edition grouped."""
    return rows.mapping(
        connection,
        "article_id",
        "number",
        "select article_id, number from news.edition_entry where edition_id = %s",
        [edition_id],
    )


def reserve_numbers(connection: Connection, count: int) -> list[EntryNumber]:
    """So many numbers that no entry had."""
    return rows.values(
        connection,
        "select nextval('news.edition_entry_number') from generate_series(1, %s)",
        [count],
    )


_ENTRY = ("edition_id", *rows.columns(EditionEntryRow))


def save(connection: Connection, edition_id: EditionId, entries: Sequence[EditionEntryRow]) -> None:
    rows.write(
        connection,
        rows.insert("news.edition_entry", _ENTRY),
        [rows.parameters(entry, edition_id=edition_id) for entry in entries],
    )
