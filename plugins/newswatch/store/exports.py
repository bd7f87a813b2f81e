"""What `newswatch export` reads: the analysts' own views."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from newswatch.models import ArticleId, StoryId
from newswatch.store import rows
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class FlaggedRow:
    """A flagged article as `newswatch export` writes it, with its first mention."""

    topic: str
    score: float
    salience: str
    reason: str
    article_id: ArticleId
    story_id: StoryId | None
    seen_at: datetime
    published_at: datetime | None
    outlet: str
    country: str | None
    language: str | None
    title: str
    url: str
    field: str | None
    char_start: int | None
    char_end: int | None
    matched: str | None
    sentence: str | None


_OF_MENTION = ("field", "char_start", "char_end", "matched", "sentence")
_OF_FLAG = rows.columns(FlaggedRow, but=_OF_MENTION)


def flagged_topics(connection: Connection) -> list[str]:
    """The topics that ever flagged anything."""
    return rows.values(connection, "select distinct topic from analyst.topic order by 1")


def flagged_between(
    connection: Connection, topic: str, since: date, until: date
) -> Iterator[FlaggedRow]:
    """The flagged articles by UTC day of first sight, both inclusive.

    Streams: the result is not held in memory.
    """
    yield from rows.stream(
        connection,
        FlaggedRow,
        f"""
        select {rows.listed(_OF_FLAG, of="flag")}, {rows.listed(_OF_MENTION, of="mention")}
        from analyst.flag
        left join lateral (
            select * from analyst.mention
            where mention.flag_id = flag.flag_id
            order by part = 'subject' desc, field = 'text' desc, mention_id limit 1
        ) as mention on true
        where flag.topic = %(topic)s
          and flag.seen_at >= %(since)s::date::timestamp at time zone 'UTC'
          and flag.seen_at < (%(until)s::date + 1)::timestamp at time zone 'UTC'
        order by flag.seen_at, flag.article_id
        """,
        {"topic": topic, "since": since, "until": until},
    )
