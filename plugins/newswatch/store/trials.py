"""Published articles and their flags, as a trial of a topic reads them: by the analysts' views."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from newswatch.models import ArticleId
from newswatch.store import rows
from newswatch.store.flags import FlaggableArticle
from newswatch.store.server.database import Connection

_PUBLISHED = """
    select article.article_id, article.title, article.text, article.language, is_original,
           article.duplicate_of as original_id, coalesce(duplicate.added, '{}') as added,
           subtitle, article.outlet, country, page_kind, section, agency, word_count
    from analyst.article
    left join analyst.duplicate using (article_id)
"""


def published(connection: Connection, article_id: ArticleId) -> FlaggableArticle | None:
    return rows.first(
        connection, FlaggableArticle, f"{_PUBLISHED} where article_id = %s", [article_id]
    )


def published_since(
    connection: Connection, since: datetime, below: ArticleId, limit: int
) -> list[FlaggableArticle]:
    """Those first seen since then, the newest first, of ids below that."""
    return rows.read(
        connection,
        FlaggableArticle,
        f"""
        {_PUBLISHED}
        where article.seen_at >= %s and article_id < %s
        order by article_id desc limit %s
        """,
        [since, below, limit],
    )


def versions_in_force(
    connection: Connection, topic: str, article_ids: Sequence[ArticleId]
) -> dict[ArticleId, str]:
    """The version that flagged each of the articles that the topic flags now."""
    return rows.mapping(
        connection,
        "article_id",
        "topic_version",
        "select article_id, topic_version from analyst.flag"
        " where topic = %s and article_id = any(%s)",
        [topic, list(article_ids)],
    )


def topics_in_force(
    connection: Connection, article_ids: Sequence[ArticleId]
) -> dict[ArticleId, set[str]]:
    """The topics that flag each of the articles now."""
    found = rows.mapping(
        connection,
        "article_id",
        "topics",
        "select article_id, array_agg(topic) as topics from analyst.flag"
        " where article_id = any(%s) group by article_id",
        [list(article_ids)],
    )
    return {article_id: set(found.get(article_id, ())) for article_id in article_ids}
