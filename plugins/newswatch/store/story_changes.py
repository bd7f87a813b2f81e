"""`news.story_change`: moving articles from story to story, and what remains of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ArticleId, SeedId, StoryId
from newswatch.store import rows, totals
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class StoryHead:
    story_id: StoryId
    headline: str
    first_seen_at: datetime
    last_seen_at: datetime
    article_count: int
    merged_into: StoryId | None


@dataclass(frozen=True, slots=True)
class PlacedArticle:
    """An article in its story, and what it copies."""

    article_id: ArticleId
    title: str
    story_id: StoryId | None
    duplicate_of_article: ArticleId | None
    duplicate_of_seed: SeedId | None


@dataclass(frozen=True, slots=True)
class StoryChange:
    """Articles that went from one story to another; `kind` is merge, split or version."""

    kind: str
    story_id: StoryId
    from_story_id: StoryId
    article_ids: tuple[ArticleId, ...]
    why: str
    changed_at: datetime


def head(connection: Connection, story_id: StoryId) -> StoryHead | None:
    return rows.first(
        connection,
        StoryHead,
        f"select {rows.listed(rows.columns(StoryHead))} from news.story where story_id = %s",
        [story_id],
    )


def placed(connection: Connection, story_id: StoryId) -> list[PlacedArticle]:
    """The articles of a story, by id."""
    return rows.read(
        connection,
        PlacedArticle,
        f"""
        select {rows.listed(rows.columns(PlacedArticle))}
        from news.decision join news.article using (article_id)
        where story_id = %s order by article_id
        """,
        [story_id],
    )


def changes_of_story(connection: Connection, story_id: StoryId) -> list[StoryChange]:
    """What came to the story and what left it, in order."""
    return _changes(connection, "story_id = %(id)s or from_story_id = %(id)s", story_id)


def changes_of_article(connection: Connection, article_id: ArticleId) -> list[StoryChange]:
    return _changes(connection, "article_ids @> array[%(id)s::bigint]", article_id)


_CHANGE = rows.columns(StoryChange)


def _changes(connection: Connection, where: str, wanted: int) -> list[StoryChange]:
    return rows.read(
        connection,
        StoryChange,
        f"select {rows.listed(_CHANGE)} from news.story_change where {where} order by change_id",
        {"id": wanted},
    )


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
        rows.query(rows.insert("news.story_change", _CHANGE)), rows.parameters(change)
    )


def merge_away(connection: Connection, story_id: StoryId, into: StoryId) -> None:
    """The story, and those merged into it before, are that one from now on."""
    connection.execute(
        "update news.story set merged_into = %(into)s"
        " where story_id = %(story)s or merged_into = %(story)s",
        {"story": story_id, "into": into},
    )


def count_again(connection: Connection, story_id: StoryId) -> None:
    """Headline of the first article, times and counts from the articles; a story without any keeps
    the headline and the times that it had."""
    totals.count_stories(connection, [story_id])
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
