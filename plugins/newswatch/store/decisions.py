"""Articles that wait for a decision, and the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from newswatch.models import ArticleId
from newswatch.store.fingerprints import WORDING
from newswatch.store.server.database import Connection

Spans = tuple[int, int, int, int]
"""Of a passage in the earlier text, start and end, and in the newer one; code points."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that nobody has decided on."""

    article_id: ArticleId
    canonical_url: str
    outlet: str
    title: str
    text: str
    language: str | None
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class ContainmentRow:
    """A row of `news.containment` but for the longer article."""

    document_id: int
    coverage: float
    coverage_of_article: float
    jaccard: float
    passages: Sequence[Spans]
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A row of `news.decision`, which explains the columns."""

    article_id: ArticleId
    kind: str | None
    duplicate_of_article: int | None
    duplicate_of_seed: int | None
    compared_with_article: int | None
    compared_with_seed: int | None
    coverage: float
    coverage_of_original: float
    jaccard: float
    passages: Sequence[Spans]
    reason: str
    contains: Sequence[ContainmentRow]
    algorithm_version: int
    story_id: int | None
    story_similarity: float | None
    story_terms: dict[str, float] | None
    role: str | None
    new_sentences: Sequence[str]


def waiting_articles(connection: Connection, limit: int) -> list[Waiting]:
    """The next ones; their order depends on what was published only. The first is canonical."""
    with connection.cursor(row_factory=class_row(Waiting)) as cursor:
        return cursor.execute(
            """
            select article_id, canonical_url, outlet, title, text, language, first_seen_at
            from news.article where deduplicated_at is null
            order by first_seen_at, published_at nulls last, canonical_url
            limit %s
            """,
            [limit],
        ).fetchall()


def still_waiting(connection: Connection, article_ids: Sequence[ArticleId]) -> set[ArticleId]:
    """Those that no other worker has decided meanwhile."""
    rows = connection.execute(
        "select article_id from news.article"
        " where article_id = any(%s) and deduplicated_at is null",
        [list(article_ids)],
    )
    return {row[0] for row in rows}


def save(connection: Connection, rows: Sequence[DecisionRow], now: datetime) -> None:
    """Write the decisions, and that these articles wait no longer."""
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into news.decision (
                article_id, kind, duplicate_of_article, duplicate_of_seed, compared_with_article,
                compared_with_seed, coverage, coverage_of_original, jaccard, passages, reason,
                algorithm_version, decided_at, story_id, story_similarity, story_terms, role,
                new_sentences
            ) values (
                %(article_id)s, %(kind)s, %(duplicate_of_article)s, %(duplicate_of_seed)s,
                %(compared_with_article)s, %(compared_with_seed)s, %(coverage)s,
                %(coverage_of_original)s, %(jaccard)s, %(passages)s, %(reason)s,
                %(algorithm_version)s, %(now)s, %(story_id)s, %(story_similarity)s, %(story_terms)s,
                %(role)s, %(new_sentences)s
            )
            """,
            [_parameters(row) | {"now": now} for row in rows],
        )
        cursor.executemany(
            """
            insert into news.containment (
                article_id, document_id, coverage, coverage_of_article, jaccard, passages, reason
            ) values (
                %(article_id)s, %(document_id)s, %(coverage)s, %(coverage_of_article)s, %(jaccard)s,
                %(passages)s, %(reason)s
            )
            """,
            [
                asdict(edge)
                | {"article_id": row.article_id, "passages": Jsonb(list(edge.passages))}
                for row in rows
                for edge in row.contains
            ],
        )
    connection.execute(
        "update news.article set deduplicated_at = %s where article_id = any(%s)",
        [now, [row.article_id for row in rows]],
    )


def text_of(connection: Connection, document_id: int) -> str:
    """The text of a document, in its own wording; empty where only a fingerprint is known."""
    row = connection.execute(
        f"""
        select coalesce(wording.text, article.text, seed.text, '')
        from news.fingerprint as mine
        left join news.article using (article_id)
        left join news.seed on seed.seed_id = mine.seed_id
        left join lateral ({WORDING}) as wording on true
        where document_id = %s
        """.encode(),
        [document_id],
    ).fetchone()
    return "" if row is None else str(row[0])


def _parameters(row: DecisionRow) -> dict[str, Any]:
    return {
        "article_id": row.article_id,
        "kind": row.kind,
        "duplicate_of_article": row.duplicate_of_article,
        "duplicate_of_seed": row.duplicate_of_seed,
        "compared_with_article": row.compared_with_article,
        "compared_with_seed": row.compared_with_seed,
        "coverage": row.coverage,
        "coverage_of_original": row.coverage_of_original,
        "jaccard": row.jaccard,
        "passages": Jsonb(list(row.passages)),
        "reason": row.reason,
        "algorithm_version": row.algorithm_version,
        "story_id": row.story_id,
        "story_similarity": row.story_similarity,
        "story_terms": Jsonb(row.story_terms) if row.story_terms else None,
        "role": row.role,
        "new_sentences": list(row.new_sentences),
    }
