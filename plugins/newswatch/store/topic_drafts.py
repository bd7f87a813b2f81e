"""`news.topic_draft`: what people write of topics on the page; read from `analyst.topic_draft`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newswatch.store import rows
from newswatch.store.server.database import Connection

MOST = 30  # of a topic's history


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """The draft of a topic that is in progress."""

    topic: str
    definition: str
    written_by: str
    written_at: datetime


_DRAFT = rows.columns(TopicDraft)
_IN_PROGRESS = f"select {rows.listed(_DRAFT)} from analyst.topic_draft where ended_at is null"


def in_progress(connection: Connection, topic: str) -> TopicDraft | None:
    return rows.first(connection, TopicDraft, f"{_IN_PROGRESS} and topic = %s", [topic])


def all_in_progress(connection: Connection) -> list[TopicDraft]:
    return rows.read(connection, TopicDraft, f"{_IN_PROGRESS} order by topic")


def save(connection: Connection, draft: TopicDraft) -> None:
    """In progress from now on, in place of an earlier one of the topic."""
    with connection.transaction():
        end(connection, draft.topic, draft.written_at)
        connection.execute(
            rows.query(rows.insert("news.topic_draft", _DRAFT)), rows.parameters(draft)
        )


def end(connection: Connection, topic: str, now: datetime, published_by: str | None = None) -> None:
    """The draft in progress is thrown away, or was published by somebody."""
    connection.execute(
        "update news.topic_draft set ended_at = %s, published_by = %s"
        " where topic = %s and ended_at is null",
        [now, published_by, topic],
    )


def versions(connection: Connection, topic: str) -> list[dict[str, Any]]:
    """The definitions of a topic that were used, the newest first, each with who published it on
    the page, if somebody did, and how many articles it flags."""
    return rows.objects(
        connection,
        """
        select topic.version, topic.first_used_at, topic.definition, draft.published_by
        from analyst.topic
        left join lateral (
            select published_by from analyst.topic_draft
            where topic_draft.topic = topic.topic and topic_draft.definition = topic.definition
              and published_by is not null
            order by draft_id desc limit 1
        ) as draft on true
        where topic.topic = %s order by topic.first_used_at desc, topic.version limit %s
        """,
        [topic, MOST],
    )


def published(connection: Connection, topic: str) -> list[dict[str, Any]]:
    """Who published a draft of the topic and when, the newest first."""
    return rows.objects(
        connection,
        "select written_by, published_by, ended_at from analyst.topic_draft"
        " where topic = %s and published_by is not null order by draft_id desc limit %s",
        [topic, MOST],
    )
