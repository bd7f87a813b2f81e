"""`news.seed`: the documents that count as already known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newswatch.models import SeedId
from newswatch.store import rows
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class SeedRow:
    name: str
    outlet: str | None
    language: str | None
    subject: str | None
    url: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class KnownSeed:
    """A stored seed, as far as it tells whether a file says anything new of it."""

    seed_id: SeedId
    text_hash: int
    has_text: bool


def find_seed(connection: Connection, name: str) -> KnownSeed | None:
    return rows.first(
        connection,
        KnownSeed,
        "select seed_id, text_hash, text is not null as has_text"
        " from news.seed join news.fingerprint using (seed_id)"
        " where name = %s and algorithm = (select version from news.dedupe_version)",
        [name],
    )


_SEED = (*rows.columns(SeedRow), "added_at")


def save_seed(connection: Connection, seed: SeedRow, now: datetime) -> SeedId:
    """Store the seed, or overwrite the seed of that name; its id, which stays."""
    seed_id: SeedId = rows.first_value(
        connection,
        rows.insert("news.seed", _SEED)
        + f"on conflict (name) do update set {rows.taken_from('excluded', _SEED)}"
        " returning seed_id",
        rows.parameters(seed, added_at=now),
    )
    return seed_id


def add_text(connection: Connection, seed_id: SeedId, text: str) -> None:
    connection.execute("update news.seed set text = %s where seed_id = %s", [text, seed_id])


def forget_fingerprint(connection: Connection, seed_id: SeedId) -> None:
    """Drop what the seed was found by, in any version, before another text takes its name."""
    connection.execute("delete from news.fingerprint where seed_id = %s", [seed_id])


@dataclass(frozen=True, slots=True)
class SeedRecord:
    """A seed as `newswatch seeds list` shows it."""

    name: str
    outlet: str | None
    language: str | None
    words: int
    has_text: bool


def list_seeds(connection: Connection) -> list[SeedRecord]:
    """All seeds, by name."""
    return rows.read(
        connection,
        SeedRecord,
        """
        select name, seed.outlet, language, words, text is not null as has_text
        from news.seed join news.fingerprint using (seed_id)
        where algorithm = (select version from news.dedupe_version)
        order by name
        """,
    )
