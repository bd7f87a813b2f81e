"""Articles that came from no feed: lines of a file, decided on in a scratch database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newswatch.models import ArticleId, OriginalRelation
from newswatch.store import rows
from newswatch.store.server.database import Connection, scalar
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of one of them; the story is named by its first article."""

    article_id: ArticleId
    duplicate_of_article: ArticleId | None
    duplicate_of_seed: str | None
    kind: str | None
    coverage: float
    reason: str
    first_of_story: ArticleId
    relation: OriginalRelation | None
    compared_with_article: ArticleId | None
    compared_with_seed: str | None
    coverage_of_original: float
    passages: list[list[int]]
    added: list[str]
    changes: list[dict[str, str]]
    contains: list[dict[str, Any]]  # article or seed, and coverage


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


def text_of(connection: Connection, article_id: ArticleId) -> str:
    return str(
        scalar(connection, "select text from news.article where article_id = %s", [article_id])
    )


def verdicts(connection: Connection, article_ids: Sequence[ArticleId]) -> dict[ArticleId, Verdict]:
    found = rows.read(
        connection,
        Verdict,
        """
        select article_id, duplicate_of_article, seed.name as duplicate_of_seed, kind, coverage,
               reason,
               (select member.article_id
                from news.decision as member join news.fingerprint using (article_id)
                where member.story_id = decision.story_id
                  and fingerprint.algorithm = member.algorithm_version
                order by document_id limit 1) as first_of_story,
               relation, compared_with_article, compared.name as compared_with_seed,
               coverage_of_original, passages, added, changes,
               coalesce(
                   (select jsonb_agg(
                        jsonb_build_object(
                            'article_id', held.article_id, 'seed', held_seed.name,
                            'coverage', round(containment.coverage::numeric, 4)
                        ) order by document_id
                    )
                    from news.containment
                    join news.fingerprint as held using (document_id)
                    left join news.seed as held_seed using (seed_id)
                    where containment.article_id = decision.article_id),
                   '[]'
               ) as contains
        from news.decision
        left join news.seed on seed.seed_id = duplicate_of_seed
        left join news.seed as compared on compared.seed_id = compared_with_seed
        where article_id = any(%s)
        """,
        [list(article_ids)],
    )
    return {verdict.article_id: verdict for verdict in found}
