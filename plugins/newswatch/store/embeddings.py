"""`news.embedding`: what flagged originals mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ArticleId
from newswatch.store import rows
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class Unembedded:
    """A flagged article that has no vectors of the model."""

    article_id: ArticleId
    title: str
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Embedding:
    """A row of `news.embedding`, which explains the columns."""

    article_id: ArticleId
    model: str
    version: str
    headline: bytes
    lead: bytes
    embedded_at: datetime


def unembedded(
    connection: Connection, model: str, since: datetime, after: ArticleId, limit: int
) -> list[Unembedded]:
    """Articles first seen since then that have a flag in force and no vectors of that model, or of
    an earlier wording, in order of id, above `after`."""
    return rows.read(
        connection,
        Unembedded,
        """
        select article_id, title, text, language
        from news.article left join news.embedding using (article_id)
        where first_seen_at >= %(since)s and article_id > %(after)s
          and (model is distinct from %(model)s or embedded_at < revised_at)
          and exists (select from news.flag
                      where flag.article_id = article.article_id and superseded_at is null)
        order by article_id limit %(limit)s
        """,
        {"model": model, "since": since, "after": after, "limit": limit},
    )


_COLUMNS = rows.columns(Embedding)


def save(connection: Connection, embeddings: Sequence[Embedding]) -> None:
    """In place of what another model, or another wording, had."""
    rows.write(
        connection,
        rows.insert("news.embedding", _COLUMNS)
        + "on conflict (article_id) do update set "
        + rows.taken_from("excluded", _COLUMNS),
        [rows.parameters(embedding) for embedding in embeddings],
    )
