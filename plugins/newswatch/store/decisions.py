"""Articles that wait for a decision, and the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from newswatch.models import ArticleId, DocumentId, OriginalRelation, SeedId, StoryId
from newswatch.store import rows
from newswatch.store.fingerprints import WORDING
from newswatch.store.parked import Tries, held
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

    document_id: DocumentId
    coverage: float
    coverage_of_article: float
    jaccard: float
    passages: Sequence[Spans] = field(metadata=rows.JSONB)
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A row of `news.version_decision`, which explains the columns."""

    article_id: ArticleId
    kind: str | None
    duplicate_of_article: ArticleId | None
    duplicate_of_seed: SeedId | None
    compared_with_article: ArticleId | None
    compared_with_seed: SeedId | None
    coverage: float
    coverage_of_original: float
    jaccard: float
    passages: Sequence[Spans] = field(metadata=rows.JSONB)
    reason: str
    relation: OriginalRelation | None
    added: Sequence[str]
    changes: Sequence[dict[str, str]] = field(metadata=rows.JSONB)
    contains: Sequence[ContainmentRow]
    algorithm_version: int
    story_id: StoryId | None
    story_similarity: float | None
    story_terms: dict[str, float] | None
    story_version: int | None
    role: str | None
    new_sentences: tuple[str, ...]


def waiting_articles(connection: Connection, tries: Tries, limit: int) -> list[Waiting]:
    """The next ones; their order depends on what was published only. The first is canonical."""
    return rows.read(
        connection,
        Waiting,
        f"""
        select {rows.listed(rows.columns(Waiting))}
        from news.article where deduplicated_at is null and not {held("deduplicate", "article")}
        order by first_seen_at, published_at nulls last, canonical_url
        limit %(limit)s
        """,
        rows.parameters(tries, limit=limit),
    )


def still_waiting(connection: Connection, article_ids: Sequence[ArticleId]) -> set[ArticleId]:
    """Those that no other worker has decided meanwhile."""
    return set(
        rows.values(
            connection,
            "select article_id from news.article"
            " where article_id = any(%s) and deduplicated_at is null",
            [list(article_ids)],
        )
    )


DECISION_COLUMNS = (*rows.columns(DecisionRow, but=("contains",)), "decided_at")
CONTAINMENT_COLUMNS = ("article_id", *rows.columns(ContainmentRow))


def save(connection: Connection, decided: Sequence[DecisionRow], now: datetime) -> None:
    """Write the decisions, and that these articles wait no longer."""
    insert(connection, decided, now)
    connection.execute(
        "update news.article set deduplicated_at = %s where article_id = any(%s)",
        [now, [row.article_id for row in decided]],
    )


def insert(connection: Connection, decided: Sequence[DecisionRow], now: datetime) -> None:
    """Write the decisions, of whatever version, with the documents that stand in the articles."""
    rows.copy(
        connection,
        "news.version_decision",
        DECISION_COLUMNS,
        (rows.parameters(row, decided_at=now) for row in decided),
    )
    rows.copy(
        connection,
        "news.containment",
        CONTAINMENT_COLUMNS,
        (
            rows.parameters(edge, article_id=row.article_id)
            for row in decided
            for edge in row.contains
        ),
    )


@dataclass(frozen=True, slots=True)
class PlacedText(Waiting):
    """A decided article, with its story."""

    story_id: StoryId

    def waiting(self) -> Waiting:
        """The article as it waited."""
        return Waiting(*(getattr(self, name) for name in rows.columns(Waiting)))


def placed_since(connection: Connection, since: datetime) -> list[PlacedText]:
    """The articles that were first seen since then, in the order in which they were decided on."""
    return rows.read(
        connection,
        PlacedText,
        f"""
        select {rows.listed(rows.columns(Waiting), of="article")}, decision.story_id
        from news.article
        join news.decision using (article_id)
        join news.fingerprint
          on fingerprint.article_id = article.article_id
         and fingerprint.algorithm = decision.algorithm_version and fingerprint.revised_at is null
        where article.first_seen_at >= %s and decision.story_id is not null
        order by document_id
        """,
        [since],
    )


@dataclass(frozen=True, slots=True)
class WordingRow:
    """The words of a document; a seed has no headline."""

    document_id: DocumentId
    title: str
    text: str
    language: str | None
    outlet: str


def wordings_of(connection: Connection, document_ids: Sequence[DocumentId]) -> list[WordingRow]:
    """The documents of which the text is known, each in its own wording."""
    return rows.read(
        connection,
        WordingRow,
        f"""
        select mine.document_id, coalesce(wording.title, article.title, '') as title,
               coalesce(wording.text, article.text, seed.text) as text,
               coalesce(article.language, seed.language) as language, mine.outlet
        from news.fingerprint as mine
        left join news.article using (article_id)
        left join news.seed on seed.seed_id = mine.seed_id
        left join lateral ({WORDING}) as wording on true
        where mine.document_id = any(%s) and (article_id is not null or seed.text is not null)
        """,
        [list(document_ids)],
    )
