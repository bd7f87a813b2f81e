"""Articles that came from no feed: lines of a file, decided on in a scratch database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ArticleId
from newswatch.store.server.database import Connection, scalar


@dataclass(frozen=True, slots=True)
class BareArticle:
    canonical_url: str
    host: str
    outlet: str
    title: str
    text: str
    language: str | None
    published_at: datetime | None
    seen_at: datetime


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


def insert(connection: Connection, articles: Sequence[BareArticle]) -> list[ArticleId]:
    """The ids, in order; of two with one URL the first keeps its text."""
    ids = []
    with connection.transaction(), connection.cursor() as cursor:
        for article in articles:
            row = cursor.execute(
                """
                insert into news.article (
                    canonical_url, host, outlet, title, text, language, published_at, body_source,
                    page_kind, word_count, first_seen_at, extracted_at
                ) values (%s, %s, %s, %s, %s, %s, %s, 'page', 'article', %s, %s, %s)
                on conflict (canonical_url) do update set canonical_url = excluded.canonical_url
                returning article_id
                """,
                [
                    article.canonical_url,
                    article.host,
                    article.outlet,
                    article.title,
                    article.text,
                    article.language,
                    article.published_at,
                    len(article.text.split()),
                    article.seen_at,
                    article.seen_at,
                ],
            ).fetchone()
            ids.append(ArticleId(row[0] if row else 0))
    return ids


def text_of(connection: Connection, article_id: ArticleId) -> str:
    return str(
        scalar(connection, "select text from news.article where article_id = %s", [article_id])
    )


def verdicts(connection: Connection, article_ids: Sequence[ArticleId]) -> dict[ArticleId, Verdict]:
    rows = connection.execute(
        """
        select article_id, duplicate_of_article, seed.name, kind, coverage, reason,
               (select member.article_id
                from news.decision as member join news.fingerprint using (article_id)
                where member.story_id = decision.story_id
                  and fingerprint.algorithm = member.algorithm_version
                order by document_id limit 1)
        from news.decision
        left join news.seed on seed_id = duplicate_of_seed
        where article_id = any(%s)
        """,
        [list(article_ids)],
    )
    return {row[0]: Verdict(*row) for row in rows}
