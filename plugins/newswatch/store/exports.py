"""What `newswatch export` reads: the analysts' own views."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from newswatch.store.server.database import Connection

EXPORT_COLUMNS = (
    "topic",
    "score",
    "salience",
    "reason",
    "article_id",
    "story_id",
    "seen_at",
    "published_at",
    "outlet",
    "country",
    "language",
    "title",
    "url",
    "field",
    "char_start",
    "char_end",
    "matched",
    "sentence",
)


def flagged_topics(connection: Connection) -> list[str]:
    """The topics that ever flagged anything."""
    rows = connection.execute("select distinct topic from analyst.topic order by 1")
    return [topic for (topic,) in rows]


def flagged_between(
    connection: Connection, topic: str, since: date, until: date
) -> Iterator[tuple[Any, ...]]:
    """A row a flagged article with its first mention, by UTC day of first sight, both inclusive.

    Streams: the result is not held in memory.
    """
    with connection.transaction(), connection.cursor(name="export") as cursor:
        cursor.execute(
            """
            select flag.topic, flag.score, flag.salience, flag.reason, flag.article_id,
                   flag.story_id, flag.seen_at, flag.published_at, flag.outlet, flag.country,
                   flag.language, flag.title, flag.url, mention.field, mention.char_start,
                   mention.char_end, mention.matched, mention.sentence
            from analyst.flag
            left join lateral (
                select * from analyst.mention
                where mention.flag_id = flag.flag_id order by mention_id limit 1
            ) as mention on true
            where flag.topic = %(topic)s
              and flag.seen_at >= %(since)s::date::timestamp at time zone 'UTC'
              and flag.seen_at < (%(until)s::date + 1)::timestamp at time zone 'UTC'
            order by flag.seen_at, flag.article_id
            """,
            {"topic": topic, "since": since, "until": until},
        )
        yield from cursor
