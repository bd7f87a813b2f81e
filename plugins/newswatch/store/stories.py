"""`news.story`, the terms it is found by, and how rare terms are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from psycopg.types.json import Jsonb

from newswatch.models import ArticleId, DuplicateKind, SeedId, StoryRole
from newswatch.store.fingerprints import WORDING
from newswatch.store.server.database import Connection


class StrandRow(TypedDict):
    """A story in one language."""

    terms: Mapping[str, float]
    anchors: Mapping[str, tuple[float, str]]  # weight, and the form it was met in


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as far as joining needs it; strands by language."""

    story_id: int
    strands: Mapping[str, StrandRow]
    last_seen_at: datetime


def rarities(connection: Connection, terms: Sequence[str]) -> tuple[int, dict[str, int]]:
    """How many originals were counted, and how many of them hold each of the terms."""
    rows: dict[str, int] = dict(
        connection.execute(
            "select term, articles from news.term where term = any(%b)", [["", *terms]]
        ).fetchall()
    )
    return rows.pop("", 0), rows


def count_terms(connection: Connection, articles: int, counts: Mapping[str, int]) -> None:
    """Add to how many originals there are, and hold each term."""
    terms = sorted(counts)  # two batches' locks in one order
    connection.execute(
        """
        insert into news.term as known (term, articles)
        select * from unnest(%b::text[], %b::bigint[])
        on conflict (term) do update set articles = known.articles + excluded.articles
        """,
        [["", *terms], [articles, *(counts[term] for term in terms)]],
    )


def newest_with_terms(
    connection: Connection, terms: Sequence[str], most: int
) -> dict[str, list[int]]:
    """The newest stories that are found by each term, the newest first, no more than `most`."""
    return dict(
        connection.execute(
            """
            select mine.term, array_agg(newest.story_id order by newest.story_id desc)
            from unnest(%s::text[]) as mine (term)
            cross join lateral (
                select story_id from news.story_term
                where story_term.term = mine.term order by story_id desc limit %s
            ) as newest
            group by mine.term
            """,
            [sorted(terms), most],
        ).fetchall()
    )


def load_stories(
    connection: Connection, story_ids: Sequence[int], not_in: str | None = None
) -> list[StoryRow]:
    """Those of them that have no strand in that language."""
    rows = connection.execute(
        """
        select story_id, strands, last_seen_at from news.story
        where story_id = any(%s) and strands ? %s is not true
        order by 1
        """,
        [list(story_ids), not_in],
    )
    return [StoryRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An article of a story; with a seed it is a reprint of that."""

    article_id: ArticleId
    seed_id: SeedId | None
    title: str
    text: str
    language: str | None


def members(connection: Connection, story_id: int, most: int) -> list[MemberRow]:
    """The story's originals, with the texts of those that were headlines, no more than the latest
    `most`, and the first reprint of each seed."""
    rows = connection.execute(
        """
        select article_id, seed_id, title, text, language
        from (
            (select article_id, null::bigint as seed_id from news.decision
             where story_id = %(story_id)s and coalesce(kind, 'revision') = 'revision'
             order by article_id desc limit %(most)s)
            union all
            (select distinct on (duplicate_of_seed) article_id, duplicate_of_seed
             from news.decision
             where story_id = %(story_id)s and duplicate_of_seed is not null
             order by duplicate_of_seed, article_id)
        ) as member
        join news.article using (article_id)
        order by article_id
        """,
        {"story_id": story_id, "most": most},
    )
    return [MemberRow(*row) for row in rows]


def whole(connection: Connection, story_id: int) -> list[tuple[MemberRow, DuplicateKind | None]]:
    """All articles of a story with their kinds, in the order in which they were decided on, and
    in the wording that was."""
    rows = connection.execute(
        f"""
        select decision.article_id, duplicate_of_seed, coalesce(wording.title, article.title),
               coalesce(wording.text, article.text), language, kind
        from news.decision
        join news.article using (article_id)
        join news.fingerprint as mine
          on mine.article_id = decision.article_id and algorithm = algorithm_version
         and mine.revised_at is null
        left join lateral ({WORDING}) as wording on true
        where story_id = %s
        order by document_id
        """.encode(),
        [story_id],
    )
    return [(MemberRow(*row), kind) for *row, kind in rows]


@dataclass(frozen=True, slots=True)
class RoleUpdate:
    article_id: ArticleId
    role: StoryRole
    new_sentences: Sequence[str]


def set_roles(connection: Connection, rows: Sequence[RoleUpdate]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "update news.decision set role = %s, new_sentences = %s where article_id = %s",
            [(row.role, list(row.new_sentences), row.article_id) for row in rows],
        )


def reserve_ids(connection: Connection, count: int) -> list[int]:
    """Ids for new stories, ascending; one that is not used stays a gap."""
    rows = connection.execute(
        "select nextval(pg_get_serial_sequence('news.story', 'story_id'))"
        " from generate_series(1, %s)",
        [count],
    )
    return [story_id for (story_id,) in rows]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Of a new story: its first article's headline and time."""

    headline: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class StoryUpdate:
    """What a batch made of a story, or a story that it began."""

    row: StoryRow
    best_terms: Sequence[str]  # what it is found by
    new_articles: int
    beginning: Beginning | None = None


def save_stories(connection: Connection, updates: Sequence[StoryUpdate]) -> None:
    """Write the new and the changed stories, and what they are found by."""
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into news.story (
                story_id, headline, first_seen_at, last_seen_at, article_count, strands
            ) overriding system value values (%s, %s, %s, %s, %s, %s)
            """,
            [
                (
                    one.row.story_id,
                    one.beginning.headline,
                    one.beginning.seen_at,
                    one.row.last_seen_at,
                    one.new_articles,
                    Jsonb(one.row.strands),
                )
                for one in updates
                if one.beginning
            ],
        )
        cursor.executemany(
            """
            update news.story set
                strands = %s, last_seen_at = %s, article_count = article_count + %s
            where story_id = %s
            """,
            [
                (Jsonb(one.row.strands), one.row.last_seen_at, one.new_articles, one.row.story_id)
                for one in updates
                if one.beginning is None
            ],
        )
    connection.execute(
        "delete from news.story_term where story_id = any(%s)",
        [[one.row.story_id for one in updates]],
    )
    found_by = sorted((term, one.row.story_id) for one in updates for term in one.best_terms)
    with (
        connection.cursor() as cursor,
        cursor.copy("copy news.story_term (term, story_id) from stdin") as copy,
    ):
        for row in found_by:
            copy.write_row(row)
