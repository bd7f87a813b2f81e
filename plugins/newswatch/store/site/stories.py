"""One story: how it went, who carries it, who copied whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from newswatch.models import StoryId
from newswatch.store import rows
from newswatch.store.server.database import Connection

Row = dict[str, Any]
MOST_COUNTED = 40  # outlets, countries or languages that are told
MOST_CHANGES = 50


def head(connection: Connection, story_id: StoryId) -> Row | None:
    """None if there is no such story, or nothing of it is published."""
    found = rows.objects(connection, "select * from analyst.story where story_id = %s", [story_id])
    return found[0] if found else None


def led_to(connection: Connection, story_id: StoryId) -> StoryId | None:
    """The story that this one was merged into."""
    found: StoryId | None = rows.first_value(
        connection,
        "select story_id from analyst.story_change where kind = 'merge' and from_story_id = %s"
        " order by changed_at desc limit 1",
        [story_id],
    )
    return found


def members(connection: Connection, story_id: StoryId, after: int, most: int) -> list[Row]:
    """The articles of the story as it went, those decided on after `after` (a `decision_order`)."""
    return rows.objects(
        connection,
        """
        with member as (
            select * from analyst.story_article
            where story_id = %(story)s and decision_order > %(after)s
            order by decision_order limit %(most)s
        )
        select member.*, article.language, article.country, article.duplicate_of,
               article.duplicate_kind, article.body_source, article.word_count,
               article.published_at, original.outlet as original_outlet,
               (select array_agg(topic order by topic) from analyst.flag
                where flag.article_id = member.article_id) as topics
        from member
        join analyst.article using (article_id)
        left join analyst.article as original on original.article_id = article.duplicate_of
        order by decision_order
        """,
        {"story": story_id, "after": after, "most": most},
    )


def counted(connection: Connection, story_id: StoryId) -> dict[str, list[Row]]:
    """The articles of the story by outlet, country, language and role, the most first."""
    found = rows.objects(
        connection,
        """
        with member as (
            select outlet, country, language, coalesce(duplicate_kind, 'original') as kind, seen_at
            from analyst.article where story_id = %s
        ),
        counted as (
            select case when grouping(outlet) = 0 then 'outlet'
                        when grouping(country) = 0 then 'country'
                        when grouping(language) = 0 then 'language' else 'kind' end as by,
                   coalesce(outlet, country, language, kind) as name, count(*) as articles,
                   count(distinct outlet) as outlets, min(seen_at) as first_seen_at
            from member
            group by grouping sets ((outlet), (country), (language), (kind))
        )
        select * from (
            select *, row_number() over (partition by by order by articles desc, name) as place
            from counted where name is not null
        ) as ranked
        where place <= %s order by by, place
        """,
        [story_id, MOST_COUNTED],
    )
    told: dict[str, list[Row]] = {"outlet": [], "country": [], "language": [], "kind": []}
    for row in found:
        told[row["by"]].append(row)
    return told


def copied(connection: Connection, story_id: StoryId) -> list[Row]:
    """Who copied whom in the story, the most first."""
    return rows.objects(
        connection,
        """
        select coalesce(original_outlet, 'seed ' || seed) as original, duplicate.outlet,
               count(*) as copies
        from analyst.article
        join analyst.duplicate using (article_id)
        where article.story_id = %s
        group by 1, 2 order by copies desc, 1, 2 limit %s
        """,
        [story_id, MOST_COUNTED],
    )


def topics_of(connection: Connection, story_id: StoryId) -> list[Row]:
    """The topics that the story is flagged for."""
    return rows.objects(
        connection,
        """
        select topic, count(*) as flagged, max(score) as score from analyst.flag
        where story_id = %s group by topic order by flagged desc, topic
        """,
        [story_id],
    )


def silent(
    connection: Connection, story_id: StoryId, topics: list[str], until: datetime
) -> list[Row]:
    """Outlets that told these topics within four weeks, and whose feeds bring news, but nothing of
    the story; those that told most first."""
    return rows.objects(
        connection,
        """
        select flag.outlet, count(*) as flagged
        from analyst.flag
        where flag.topic = any(%(topics)s)
          and flag.seen_at > %(until)s - interval '28 days' and flag.seen_at <= %(until)s
          and not exists (
              select from analyst.article
              where article.story_id = %(story)s and article.outlet = flag.outlet)
          and exists (
              select from ops.feed_health
              where feed_health.outlet = flag.outlet and enabled and state in ('active', 'moved')
                and entries_7d > 0)
        group by flag.outlet order by flagged desc, flag.outlet limit %(most)s
        """,
        {"story": story_id, "topics": topics, "until": until, "most": MOST_COUNTED},
    )


def changes(connection: Connection, story_id: StoryId) -> list[Row]:
    """What was merged into the story and split from it, the newest first."""
    return rows.objects(
        connection,
        """
        select kind, story_id, from_story_id, cardinality(article_ids) as articles, why, changed_at
        from analyst.story_change where story_id = %(story)s or from_story_id = %(story)s
        order by changed_at desc limit %(most)s
        """,
        {"story": story_id, "most": MOST_CHANGES},
    )
