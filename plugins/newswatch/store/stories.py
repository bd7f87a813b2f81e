"""`news.story`, the terms it is found by, and how rare terms are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.types.json import Jsonb

from newswatch.store.database import Connection, scalar


@dataclass(frozen=True, slots=True)
class StoryRow:
    story_id: int
    vector: dict[str, float]
    last_seen_at: datetime


def rarities(connection: Connection, terms: Sequence[str]) -> tuple[int, dict[str, int]]:
    """How many originals were counted, and how many of them hold each of the terms."""
    rows: dict[str, int] = dict(
        connection.execute(
            "select term, articles from news.term where term = any(%s)", [["", *terms]]
        ).fetchall()
    )
    return rows.pop("", 0), rows


def count_terms(connection: Connection, articles: int, counts: Mapping[str, int]) -> None:
    """Add to how many originals there are, and hold each term."""
    rows = sorted([("", articles), *counts.items()])
    connection.execute(
        """
        insert into news.term as known (term, articles)
        select * from unnest(%s::text[], %s::bigint[])
        on conflict (term) do update set articles = known.articles + excluded.articles
        """,
        [[term for term, _ in rows], [number for _, number in rows]],
    )


def near_stories(
    connection: Connection, terms: Sequence[tuple[int, str]], since: datetime, shared: int
) -> list[StoryRow]:
    """Stories since then that share at least so many terms with one of the articles.

    `terms` are (article_id, term) pairs; a story is found by its best terms only.
    """
    rows = connection.execute(
        """
        select story_id, vector, last_seen_at
        from news.story
        where last_seen_at >= %(since)s and story_id in (
            select story_id
            from unnest(%(articles)s::bigint[], %(terms)s::text[]) as mine (article_id, term)
            join news.story_term using (term)
            group by story_id, article_id having count(*) >= %(shared)s
        )
        order by story_id
        """,
        {
            "articles": [article for article, _ in terms],
            "terms": [term for _, term in terms],
            "since": since,
            "shared": shared,
        },
    )
    return [StoryRow(*row) for row in rows]


def insert_story(connection: Connection, headline: str, seen_at: datetime) -> int:
    return int(
        scalar(
            connection,
            "insert into news.story (headline, first_seen_at, last_seen_at, article_count, vector)"
            " values (%s, %s, %s, 0, '{}') returning story_id",
            [headline, seen_at, seen_at],
        )
    )


def save_story(
    connection: Connection,
    story_id: int,
    vector: Mapping[str, float],
    best_terms: Sequence[str],
    last_seen_at: datetime,
) -> None:
    """A story's new vector, and the terms it is found by."""
    connection.execute(
        "update news.story set vector = %s, last_seen_at = %s where story_id = %s",
        [Jsonb(dict(vector)), last_seen_at, story_id],
    )
    connection.execute(
        "delete from news.story_term where story_id = %s and term <> all(%s)",
        [story_id, list(best_terms)],
    )
    connection.execute(
        "insert into news.story_term (term, story_id) select unnest(%s::text[]), %s"
        " on conflict do nothing",
        [sorted(best_terms), story_id],
    )


def add_articles(connection: Connection, counts: Mapping[int, int]) -> None:
    """So many more articles in each story."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "update news.story set article_count = article_count + %s where story_id = %s",
            [(number, story_id) for story_id, number in sorted(counts.items())],
        )


def story_of_document(connection: Connection, document_ids: Sequence[int]) -> dict[int, int]:
    """The story of each document that is an article with a decision."""
    return dict(
        connection.execute(
            "select document_id, story_id"
            " from news.fingerprint join news.decision using (article_id)"
            " where document_id = any(%s) and story_id is not null",
            [list(document_ids)],
        ).fetchall()
    )
