"""What the outgoing feeds of topics and stories hold, the newest first."""

from __future__ import annotations

from typing import Any

from newswatch.models import StoryId
from newswatch.store import rows
from newswatch.store.server.database import Connection

Row = dict[str, Any]
MOST = 50  # entries of a feed

_ENTRY = """
    article.article_id, article.url, article.title, article.outlet, article.language,
    article.seen_at, article.loaded_at, article.revised_at, article.summary
"""


def of_topic(connection: Connection, topic: str) -> list[Row]:
    """The newest flagged originals, in the order of publication."""
    return rows.objects(
        connection,
        f"""
        select {_ENTRY}, newest.evidence
        from (
            select article_id, publication, evidence from analyst.flag
            where topic = %s order by publication desc, article_id desc limit %s
        ) as newest
        join analyst.article using (article_id)
        order by newest.publication desc, article_id desc
        """,
        [topic, MOST],
    )


def of_story(connection: Connection, story_id: StoryId) -> list[Row]:
    """The newest articles of the story, copies included."""
    return rows.objects(
        connection,
        f"""
        select {_ENTRY}, newest.new_sentences[1] as evidence
        from (
            select article_id, decision_order, new_sentences from analyst.story_article
            where story_id = %s order by decision_order desc limit %s
        ) as newest
        join analyst.article using (article_id)
        order by newest.decision_order desc
        """,
        [story_id, MOST],
    )


def topic_name(connection: Connection, topic: str) -> str | None:
    found: str | None = rows.first_value(
        connection, "select name from analyst.topic where topic = %s and is_newest", [topic]
    )
    return found
