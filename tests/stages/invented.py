"""Articles that tests of the deduplicate stage store, and what was decided of them, by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg.rows import dict_row

import bare_articles
import rows
from bare_articles import BareArticle
from newswatch.copies.rules import Rules
from newswatch.models import ArticleId, ExtractedArticle
from newswatch.stages.deduplicate.deduplicate import deduplicate
from newswatch.stages.flag.flag import flag
from newswatch.stages.job import Job
from newswatch.store import revisions
from newswatch.store.fingerprints import HASH_COLUMNS
from newswatch.store.server.database import Connection, scalar

STRICT = Rules(2, copy=0.95, garbled=0.95)  # what was edited a little is no copy
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
POSTED = f"""(
    select document_id, hash
    from news.posting cross join unnest(array[{", ".join(HASH_COLUMNS)}]) as hash
    where hash is not null
) as posting"""
"""Postings as pairs of hash and document."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article as a test writes it."""

    name: str
    text: str
    title: str = ""
    outlet: str = ""
    hours: float = 0
    language: str | None = "en"


def job_on(connection: Connection, now: datetime = NOON) -> Job:
    return rows.job(connection, now=now)


def store(connection: Connection, items: Sequence[Item]) -> None:
    bare_articles.insert(
        connection,
        [
            BareArticle(
                canonical_url=f"https://{item.outlet or item.name}.example/{item.name}",
                host=f"{item.outlet or item.name}.example",
                outlet=item.outlet or item.name,
                title=item.title or f"Report {item.name}",
                text=item.text,
                language=item.language,
                published_at=None,
                first_seen_at=seen_at,
                extracted_at=seen_at,
            )
            for place, item in enumerate(items)
            for seen_at in [NOON + timedelta(hours=item.hours, microseconds=place)]
        ],
    )


def decided(connection: Connection) -> dict[str, tuple[str | None, str | None]]:
    """Each article's kind and what it copies, by name."""
    rows = connection.execute(
        """
        select split_part(article.canonical_url, '/', 4), kind,
               coalesce(split_part(original.canonical_url, '/', 4), seed.name)
        from news.decision join news.article using (article_id)
        left join news.article as original on original.article_id = duplicate_of_article
        left join news.seed on seed_id = duplicate_of_seed
        """
    )
    return {name: (kind, of) for name, kind, of in rows}


def story_groups(connection: Connection) -> set[frozenset[str]]:
    groups: defaultdict[int, set[str]] = defaultdict(set)
    for story, name in connection.execute(
        "select story_id, split_part(canonical_url, '/', 4)"
        " from news.decision join news.article using (article_id)"
    ):
        groups[story].add(name)
    return {frozenset(group) for group in groups.values()}


@dataclass
class Newsroom:
    """Articles that are decided on, flagged and revised."""

    connection: Connection
    job: Job

    def publish(self, *items: Item, hours: float = 0) -> None:
        store(self.connection, [replace(item, hours=item.hours + hours) for item in items])
        deduplicate(self.at(hours))
        flag(self.at(hours))

    def propose(self, name: str, text: str, title: str = "", hours: float = 0) -> None:
        found = ExtractedArticle(
            url=f"https://paper.example/{name}",
            title=title or f"Report {name}",
            text=text,
            language="en",
            body_source="page",
            word_count=len(text.split()),
        )
        revisions.propose(self.connection, self.id_of(name), found, self.at(hours).now)

    def revise(self, name: str, text: str, title: str = "", hours: float = 0) -> None:
        self.propose(name, text, title, hours)
        flag(self.at(hours))

    def at(self, hours: float) -> Job:
        return replace(self.job, now=NOON + timedelta(hours=hours))

    def under(self, version: int) -> Job:
        return replace(self.job, settings=replace(self.job.settings, dedupe_version=version))

    def id_of(self, name: str) -> ArticleId:
        query = "select article_id from news.article where canonical_url like %s"
        return ArticleId(scalar(self.connection, query, [f"%/{name}"]))

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        with self.connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query.encode(), values).fetchall()

    def versions(self, name: str) -> list[dict[str, Any]]:
        return self.rows(
            "select * from news.article_version where article_id = %s order by replaced_at",
            self.id_of(name),
        )

    def documents(self, name: str, algorithm: int = 1) -> list[dict[str, Any]]:
        return self.rows(
            "select document_id, revised_at, words from news.fingerprint"
            " where article_id = %s and algorithm = %s order by document_id",
            self.id_of(name),
            algorithm,
        )

    def copies(self) -> dict[str, tuple[str | None, str | None]]:
        return decided(self.connection)
