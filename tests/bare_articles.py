"""Articles that came from no feed, written as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ArticleId
from newswatch.store import rows
from newswatch.store.server.database import Connection
from newswatch.text.scripts import words_in


@dataclass(frozen=True, slots=True)
class BareArticle:
    canonical_url: str
    host: str
    outlet: str
    title: str
    text: str
    language: str | None
    published_at: datetime | None
    first_seen_at: datetime
    extracted_at: datetime


_COLUMNS = (*rows.columns(BareArticle), "body_source", "page_kind", "word_count")
_INSERT = f"""
    {rows.insert("news.article", _COLUMNS)}
    on conflict (canonical_url) do update set canonical_url = excluded.canonical_url
    returning article_id
"""


def insert(connection: Connection, articles: Sequence[BareArticle]) -> list[ArticleId]:
    """The ids, in order; of two with one URL the first keeps its text."""
    with connection.transaction():
        return [
            ArticleId(
                rows.first_value(
                    connection,
                    _INSERT,
                    rows.parameters(
                        article,
                        body_source="page",
                        page_kind="article",
                        word_count=words_in(article.text),
                    ),
                )
            )
            for article in articles
        ]
