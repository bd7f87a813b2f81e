"""`news.story_change`: moving articles from story to story, and what remains of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from newswatch.models import ArticleId, SeedId
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class StoryHead:
    story_id: int
    headline: str
    first_seen_at: datetime
    last_seen_at: datetime
    article_count: int
    merged_into: int | None


@dataclass(frozen=True, slots=True)
class PlacedArticle:
    """An article in its story, and what it copies."""

    article_id: ArticleId
    title: str
    story_id: int | None
    duplicate_of_article: ArticleId | None
    duplicate_of_seed: SeedId | None


@dataclass(frozen=True, slots=True)
class StoryChange:
    """Articles that went from one story to another; `kind` is merge, split or version."""

    kind: str
    story_id: int
    from_story_id: int
    article_ids: Sequence[ArticleId]
    why: str
    changed_at: datetime


def head(connection: Connection, story_id: int) -> StoryHead | None:
    with connection.cursor(row_factory=class_row(StoryHead)) as cursor:
        return cursor.execute(
            """
            select story_id, headline, first_seen_at, last_seen_at, article_count, merged_into
            from news.story where story_id = %s
            """,
            [story_id],
        ).fetchone()


def placed(connection: Connection, story_id: int) -> list[PlacedArticle]:
    """The articles of a story, by id."""
    with connection.cursor(row_factory=class_row(PlacedArticle)) as cursor:
        return cursor.execute(
            """
            select article_id, title, story_id, duplicate_of_article, duplicate_of_seed
            from news.decision join news.article using (article_id)
            where story_id = %s order by article_id
            """,
            [story_id],
        ).fetchall()


def story_of(connection: Connection, article_id: ArticleId) -> int | None:
    row = connection.execute(
        "select story_id from news.decision where article_id = %s", [article_id]
    ).fetchone()
    return row[0] if row else None


def changes_of_story(connection: Connection, story_id: int) -> list[StoryChange]:
    """What came to the story and what left it, in order."""
    return _changes(connection, "story_id = %(id)s or from_story_id = %(id)s", story_id)


def changes_of_article(connection: Connection, article_id: ArticleId) -> list[StoryChange]:
    return _changes(connection, "article_ids @> array[%(id)s::bigint]", article_id)


def _changes(connection: Connection, where: str, wanted: int) -> list[StoryChange]:
    with connection.cursor(row_factory=class_row(StoryChange)) as cursor:
        return cursor.execute(
            f"""
            select kind, story_id, from_story_id, article_ids, why, changed_at
            from news.story_change where {where} order by change_id
            """.encode(),
            {"id": wanted},
        ).fetchall()


def move(connection: Connection, change: StoryChange) -> None:
    """Move the articles, with the editions that carried them, and note it.

    Why they joined their former story is no reason to be in this one.
    """
    moved = {
        "to": change.story_id,
        "from": change.from_story_id,
        "articles": list(change.article_ids),
    }
    connection.execute(
        "update news.decision set story_id = %(to)s, story_similarity = null, story_terms = null"
        " where article_id = any(%(articles)s)",
        moved,
    )
    connection.execute(
        "update news.edition_story set story_id = %(to)s"
        " where story_id = %(from)s and article_id = any(%(articles)s)",
        moved,
    )
    connection.execute(
        """
        insert into news.story_change (kind, story_id, from_story_id, article_ids, why, changed_at)
        values (%s, %s, %s, %s, %s, %s)
        """,
        [
            change.kind,
            change.story_id,
            change.from_story_id,
            sorted(change.article_ids),
            change.why,
            change.changed_at,
        ],
    )


def merge_away(connection: Connection, story_id: int, into: int) -> None:
    """The story, and those merged into it before, are that one from now on."""
    connection.execute(
        "update news.story set merged_into = %(into)s"
        " where story_id = %(story)s or merged_into = %(story)s",
        {"story": story_id, "into": into},
    )


def count_again(connection: Connection, story_id: int) -> None:
    """Headline of the first article, times and count from the articles; a story without any keeps
    what it had."""
    connection.execute(
        """
        update news.story set
            headline = coalesce(first.title, headline),
            first_seen_at = coalesce(found.first_seen_at, story.first_seen_at),
            last_seen_at = coalesce(found.last_seen_at, story.last_seen_at),
            article_count = found.article_count
        from (
            select min(article.first_seen_at) as first_seen_at,
                   max(article.first_seen_at) as last_seen_at,
                   count(*) as article_count
            from news.decision join news.article using (article_id) where story_id = %(story)s
        ) as found
        left join lateral (
            select title
            from news.decision
            join news.article using (article_id)
            join news.fingerprint
              on fingerprint.article_id = decision.article_id and algorithm = algorithm_version
            where story_id = %(story)s
            order by document_id limit 1
        ) as first on true
        where story.story_id = %(story)s
        """,
        {"story": story_id},
    )
