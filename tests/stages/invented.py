"""Articles that tests of the deduplicate stage store, and what was decided of them, by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newswatch.models import RunId
from newswatch.settings import Settings
from newswatch.stages.job import Job
from newswatch.store import bare_articles
from newswatch.store.bare_articles import BareArticle
from newswatch.store.database import Connection

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


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
    return Job(connection, Settings(), now, RunId(0))


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
                seen_at=NOON + timedelta(hours=item.hours, microseconds=place),
            )
            for place, item in enumerate(items)
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
