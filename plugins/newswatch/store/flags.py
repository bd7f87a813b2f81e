"""`news.flag`, `news.mention` and `news.topic_version`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from newswatch.models import ArticleId, Flag
from newswatch.store.server.database import Connection, scalar


@dataclass(frozen=True, slots=True)
class FlaggableArticle:
    """An article to look for topics in; only an original is looked at."""

    article_id: ArticleId
    title: str
    text: str
    language: str | None
    is_original: bool


def unflagged_articles(connection: Connection, limit: int) -> list[FlaggableArticle]:
    """The next ones that are decided on and wait to be flagged."""
    with connection.cursor(row_factory=class_row(FlaggableArticle)) as cursor:
        return cursor.execute(
            """
            select article_id, title, text, language, decision.kind is null as is_original
            from news.article join news.decision using (article_id)
            where deduplicated_at is not null and flagged_at is null
            order by article_id limit %s
            """,
            [limit],
        ).fetchall()


def originals_between(
    connection: Connection, since: datetime, until: datetime, after: int, limit: int
) -> list[FlaggableArticle]:
    """Flagged originals first seen in a period, in order of id, above `after`."""
    with connection.cursor(row_factory=class_row(FlaggableArticle)) as cursor:
        return cursor.execute(
            """
            select article_id, title, text, language, true as is_original
            from news.article join news.decision using (article_id)
            where flagged_at is not null and decision.kind is null
              and first_seen_at >= %s and first_seen_at < %s and article_id > %s
            order by article_id limit %s
            """,
            [since, until, after, limit],
        ).fetchall()


def record_version(
    connection: Connection, topic: str, version: str, name: str, definition: str, now: datetime
) -> None:
    """Keep a topic's definition the first time that it is used."""
    connection.execute(
        """
        insert into news.topic_version (topic, version, name, definition, first_used_at)
        values (%s, %s, %s, %s, %s) on conflict do nothing
        """,
        [topic, version, name, definition, now],
    )


def insert_flag(connection: Connection, article_id: ArticleId, flag: Flag, now: datetime) -> None:
    """A flag in force, with its mentions."""
    flag_id = scalar(
        connection,
        """
        insert into news.flag (
            article_id, topic, version, score, salience, rule, reason, flagged_at
        ) values (%s, %s, %s, %s, %s, %s, %s, %s) returning flag_id
        """,
        [
            article_id,
            flag.topic,
            flag.topic_version,
            flag.score,
            flag.salience,
            flag.rule,
            flag.reason,
            now,
        ],
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into news.mention (
                flag_id, field, char_start, char_end, matched, sentence, alias
            ) values (%s, %s, %s, %s, %s, %s, %s)
            """,
            [
                (flag_id, one.field, one.start, one.end, one.text, one.sentence, one.alias)
                for one in flag.mentions
            ],
        )


def mark_flagged(connection: Connection, article_ids: Sequence[ArticleId], now: datetime) -> None:
    connection.execute(
        "update news.article set flagged_at = %s where article_id = any(%s)",
        [now, list(article_ids)],
    )


def flags_in_force(
    connection: Connection, topic: str, article_ids: Sequence[ArticleId]
) -> dict[ArticleId, str]:
    """The version that flagged each of the articles that the topic flags now."""
    rows = connection.execute(
        "select article_id, version from news.flag"
        " where topic = %s and article_id = any(%s) and superseded_at is null",
        [topic, list(article_ids)],
    )
    return dict(rows.fetchall())


def topics_in_force(
    connection: Connection, article_ids: Sequence[ArticleId]
) -> dict[ArticleId, set[str]]:
    """The topics that flag each of the articles now."""
    found: dict[ArticleId, set[str]] = {one: set() for one in article_ids}
    for article_id, topic in connection.execute(
        "select article_id, topic from news.flag"
        " where article_id = any(%s) and superseded_at is null",
        [list(article_ids)],
    ):
        found[article_id].add(topic)
    return found


def supersede(
    connection: Connection, topic: str, article_ids: Sequence[ArticleId], now: datetime
) -> None:
    """End the topic's flags of these articles; the rows stay as history."""
    connection.execute(
        "update news.flag set superseded_at = %s"
        " where topic = %s and article_id = any(%s) and superseded_at is null",
        [now, topic, list(article_ids)],
    )
