"""What an edition of a reader is built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.models import (
    ArticleId,
    FlaggedArticle,
    ReaderId,
    Reading,
    Rhythm,
    StoryFacts,
    StoryId,
    TopicStory,
)
from newswatch.store import rows
from newswatch.store.server.database import Connection

# Rows of what editions told a reader of stories; takes the reader, the rhythm and the stories.
_TOLD = """
        from news.edition_story
        cross join lateral (
            select from news.edition join news.outbox using (edition_id)
            where edition.edition_id = edition_story.edition_id
              and reader_id = %s and rhythm = %s and told_at is not null limit 1
        ) as told
        where story_id = any(%s) and is_told
"""
_FLAGGED = """
        select flag.topic, decision.story_id, article_id, article.title,
               article.canonical_url as url, article.outlet, article.language, flag.score,
               flag.salience, article.first_seen_at as seen_at, article.published_at,
               article.body_source not in ('feed-summary', 'headline') as has_text,
               article.page_kind = 'live-blog' as is_live,
               coalesce(nullif(article.subtitle, ''), article.summary) as summary,
               named.mentions
        from waiting
        join news.flag using (article_id)
        join news.article using (article_id)
        join news.decision using (article_id)
        cross join lateral (
            select coalesce(jsonb_agg(
                       jsonb_build_object(
                           'field', field, 'part', part, 'matched', matched,
                           'sentence', sentence,
                           'before', substr(
                               case field when 'title' then article.title
                                          when 'text' then article.text
                                          else coalesce(article.subtitle, '') end,
                               greatest(char_start - 59, 1), least(char_start, 60)
                           )
                       ) order by mention_id), '[]') as mentions
            from news.mention where mention.flag_id = flag.flag_id
        ) as named
        where superseded_at is null and flag.topic = any(%(topics)s) and flag.score >= %(min_score)s
          and article.publication > %(after)s and article.publication <= %(until)s
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom an edition is for, and of which publications, those in (after, until]."""

    reader: ReaderId
    topics: Sequence[str]
    min_score: float
    after: int
    until: int


def untold_articles(connection: Connection, asked: Asked) -> list[FlaggedArticle]:
    """What was flagged for the topics and was not told to the reader in a daily brief: once for
    each of the topics.

    Each brief lists all that it had to tell; so what it did not tell, or never reached its
    reader, and what was published since, is all that there is.
    """
    return rows.read(
        connection,
        FlaggedArticle,
        f"""
        with last as (
            select edition_id, covers_up_to, told_at
            from news.edition join news.outbox using (edition_id)
            where reader_id = %(reader)s and rhythm = 'daily' order by edition_id desc limit 1
        ),
        waiting as (
            select article_id from last join news.edition_story using (edition_id)
            where told_at is null or not is_told
            union
            select article_id from news.article
            where publication > greatest(%(after)s, (select covers_up_to from last))
              and publication <= %(until)s
        )
        {_FLAGGED}
          and not exists (
              select from news.edition_story as told
              join news.edition using (edition_id)
              join news.outbox using (edition_id)
              where told.article_id = flag.article_id and told.topic = flag.topic
                and reader_id = %(reader)s and rhythm = 'daily'
                and told_at is not null and is_told
          )
        order by article_id
        """,
        rows.parameters(asked),
    )


def articles_between(connection: Connection, asked: Asked) -> list[FlaggedArticle]:
    """What was flagged for the topics among these publications, told or not."""
    return rows.read(
        connection,
        FlaggedArticle,
        f"""
        with waiting as (
            select article_id from news.article
            where publication > %(after)s and publication <= %(until)s
        )
        {_FLAGGED}
        order by article_id
        """,
        rows.parameters(asked),
    )


def story_facts(
    connection: Connection, story_ids: Sequence[StoryId], until: int
) -> list[StoryFacts]:
    """The stories, of what was published up to that publication."""
    return rows.read(
        connection,
        StoryFacts,
        """
        select story_id, array_agg(distinct article.outlet order by article.outlet) as outlets,
               min(article.first_seen_at) as first_seen_at,
               max(article.first_seen_at) as last_seen_at,
               count(decision.kind)::int as copies
        from news.decision join news.article using (article_id)
        where story_id = any(%s) and article.publication <= %s
        group by story_id
        """,
        [list(story_ids), until],
    )


def told_before(
    connection: Connection, reader_id: ReaderId, rhythm: Rhythm, story_ids: Sequence[StoryId]
) -> list[TopicStory]:
    """Those of the stories that an edition of the rhythm told the reader of."""
    return rows.read(
        connection,
        TopicStory,
        f"""
        select distinct topic, story_id
        {_TOLD}
        """,
        [reader_id, rhythm, list(story_ids)],
    )


@dataclass(frozen=True, slots=True)
class ToldReport:
    """A report of a story that its reader was told of."""

    story_id: StoryId
    article_id: ArticleId
    title: str
    text: str
    language: str | None


def told_reports(
    connection: Connection,
    reader_id: ReaderId,
    rhythm: Rhythm,
    story_ids: Sequence[StoryId],
    most: int,
) -> list[ToldReport]:
    """What editions of the rhythm told the reader of these stories, in the order in which it came;
    of each story the latest ones."""
    return rows.read(
        connection,
        ToldReport,
        f"""
        select story_id, article_id, title, text, language
        from (
            select told.story_id, told.article_id,
                   row_number() over (partition by told.story_id order by told.article_id desc)
                       as place
            from (
                select distinct story_id, article_id
                {_TOLD}
            ) as told
        ) as latest
        join news.article using (article_id)
        where place <= %s
        order by article_id
        """,
        [reader_id, rhythm, list(story_ids), most],
    )


@dataclass(frozen=True, slots=True)
class ToldArticle:
    """A report that its reader was told of, in a story that the edition called so; empty where it
    stood behind "and N more"."""

    article_id: ArticleId
    story_id: StoryId
    headline: str


def told_articles(
    connection: Connection, reader_id: ReaderId, rhythm: Rhythm, story_ids: Sequence[StoryId]
) -> list[ToldArticle]:
    """What editions of the rhythm told the reader of these stories, each report by the last edition
    that told it; what was told last is first."""
    return rows.read(
        connection,
        ToldArticle,
        f"""
        select article_id, story_id, headline
        from (
            select distinct on (article_id, story_id) article_id, story_id, edition_id, headline
            {_TOLD}
            order by article_id, story_id, edition_id desc, headline = ''
        ) as last
        order by edition_id desc, story_id, article_id
        """,
        [reader_id, rhythm, list(story_ids)],
    )


def alerted(
    connection: Connection, reader_id: ReaderId, story_ids: Sequence[StoryId]
) -> dict[StoryId, datetime | None]:
    """The stories that an alert was made of for the reader, and when it was handed over; None if
    it was not."""
    return rows.mapping(
        connection,
        "story_id",
        "told_at",
        """
        select story_id, min(told_at) as told_at
        from news.edition_story
        cross join lateral (
            select told_at from news.edition join news.outbox using (edition_id)
            where edition.edition_id = edition_story.edition_id
              and reader_id = %s and rhythm = 'alert' limit 1
        ) as told
        where story_id = any(%s)
        group by story_id
        """,
        [reader_id, list(story_ids)],
    )


def outlets_by(
    connection: Connection, story_ids: Sequence[StoryId], until: int
) -> dict[StoryId, list[str]]:
    """The outlets that had carried each story by that publication."""
    return rows.mapping(
        connection,
        "story_id",
        "outlets",
        """
        select story_id, array_agg(distinct outlet) as outlets
        from news.decision join news.article using (article_id)
        where story_id = any(%s) and publication <= %s group by story_id
        """,
        [list(story_ids), until],
    )


def topic_names(connection: Connection) -> dict[str, str]:
    """The newest name of each topic that ever flagged."""
    return rows.mapping(
        connection, "topic", "name", "select topic, name from analyst.topic where is_newest"
    )


def reading(connection: Connection, since: int, until: int) -> Reading:
    """What the publications in (since, until] brought."""
    found = rows.first(
        connection,
        Reading,
        """
        select count(*) as articles, count(distinct outlet) as outlets
        from news.article where publication > %s and publication <= %s
        """,
        [since, until],
    )
    return found or Reading(0, 0)
