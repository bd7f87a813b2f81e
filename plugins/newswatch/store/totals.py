"""`news.outlet_day` and `news.story_total`: what is published, counted.

Whoever changes which articles are published, what is counted of them, whether they are originals
or what story they are in tells it here in the same transaction, under the lock of `publication`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from newswatch.models import ArticleId, StoryId
from newswatch.store import publication, rows
from newswatch.store.server.database import Connection


def count_in(connection: Connection, article_ids: Sequence[ArticleId]) -> None:
    """Count those of the articles that are published, which were not counted."""
    _add(connection, article_ids, 1)


def count_out(connection: Connection, article_ids: Sequence[ArticleId]) -> None:
    """Take those of the articles that are published out of the days, before they change."""
    _add(connection, article_ids, -1)


def _add(connection: Connection, article_ids: Sequence[ArticleId], times: Literal[1, -1]) -> None:
    publication.lock(connection)
    connection.execute(
        """
        insert into news.outlet_day
        select (first_seen_at at time zone 'UTC')::date, outlet, country, language,
               %(times)s * count(*), %(times)s * count(*) filter (where kind is null)
        from news.article join news.decision using (article_id)
        where article_id = any(%(articles)s) and loaded_at is not null
        group by 1, 2, 3, 4
        on conflict (day, outlet, country, language) do update set
            articles = outlet_day.articles + excluded.articles,
            originals = outlet_day.originals + excluded.originals
        """,
        {"times": times, "articles": list(article_ids)},
    )


def count_stories_of(connection: Connection, article_ids: Sequence[ArticleId]) -> None:
    """Count the stories of the articles again."""
    stories = rows.values(
        connection,
        "select distinct story_id from news.decision"
        " where article_id = any(%s) and story_id is not null",
        [list(article_ids)],
    )
    count_stories(connection, stories)


def count_stories(connection: Connection, story_ids: Sequence[StoryId]) -> None:
    """Count the stories again."""
    publication.lock(connection)
    wanted = {"stories": list(story_ids)}
    connection.execute("delete from news.story_total where story_id = any(%(stories)s)", wanted)
    connection.execute(
        """
        insert into news.story_total
        select story_id, min(first_seen_at), max(first_seen_at), count(*),
               count(*) filter (where kind is null), count(distinct outlet)
        from news.decision join news.article using (article_id)
        where story_id = any(%(stories)s) and loaded_at is not null
        group by story_id
        """,
        wanted,
    )


def count_days(connection: Connection) -> None:
    """Count all days again."""
    connection.execute("delete from news.outlet_day")
    connection.execute(
        """
        insert into news.outlet_day
        select (first_seen_at at time zone 'UTC')::date, outlet, country, language, count(*),
               count(*) filter (where kind is null)
        from news.article join news.decision using (article_id)
        where loaded_at is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
        """
    )
