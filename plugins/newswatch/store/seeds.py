"""`news.seed`: the documents that count as already known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newswatch.models import SeedId
from newswatch.store.database import Connection


@dataclass(frozen=True, slots=True)
class SeedRow:
    name: str
    outlet: str | None
    language: str | None
    subject: str | None
    url: str | None
    text: str | None


def insert_seed(connection: Connection, seed: SeedRow, now: datetime) -> SeedId | None:
    """Its id, or None if one of that name is there."""
    row = connection.execute(
        """
        insert into news.seed (name, outlet, language, subject, url, text, added_at)
        values (%s, %s, %s, %s, %s, %s, %s) on conflict (name) do nothing returning seed_id
        """,
        [seed.name, seed.outlet, seed.language, seed.subject, seed.url, seed.text, now],
    ).fetchone()
    return None if row is None else SeedId(row[0])


def list_seeds(connection: Connection) -> list[tuple[str, str | None, str | None, int, bool]]:
    """Name, outlet, language, words, and whether the text is known."""
    return connection.execute(
        """
        select name, outlet, language, words, text is not null
        from news.seed join news.fingerprint using (seed_id) order by name
        """
    ).fetchall()
