"""`news.seed`: the documents that count as already known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newswatch.models import SeedId
from newswatch.store.server.database import Connection, scalar


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
    """What of a stored seed tells whether a file says anything new."""

    seed_id: SeedId
    text_hash: int
    has_text: bool


def find_seed(connection: Connection, name: str) -> KnownSeed | None:
    row = connection.execute(
        "select seed_id, text_hash, text is not null"
        " from news.seed join news.fingerprint using (seed_id)"
        " where name = %s and algorithm = (select version from news.dedupe_version)",
        [name],
    ).fetchone()
    return None if row is None else KnownSeed(*row)


def save_seed(connection: Connection, seed: SeedRow, now: datetime) -> SeedId:
    """Its id; one of that name is overwritten and keeps its id."""
    return SeedId(
        scalar(
            connection,
            """
            insert into news.seed (name, outlet, language, subject, url, text, added_at)
            values (%s, %s, %s, %s, %s, %s, %s)
            on conflict (name) do update set
                outlet = excluded.outlet, language = excluded.language, subject = excluded.subject,
                url = excluded.url, text = excluded.text, added_at = excluded.added_at
            returning seed_id
            """,
            [seed.name, seed.outlet, seed.language, seed.subject, seed.url, seed.text, now],
        )
    )


def add_text(connection: Connection, seed_id: SeedId, text: str) -> None:
    connection.execute("update news.seed set text = %s where seed_id = %s", [text, seed_id])


def forget_fingerprint(connection: Connection, seed_id: SeedId) -> None:
    """Drop what the seed was found by, in any version, before another text takes its name."""
    connection.execute("delete from news.fingerprint where seed_id = %s", [seed_id])


def list_seeds(connection: Connection) -> list[tuple[str, str | None, str | None, int, bool]]:
    """Name, outlet, language, words, and whether the text is known."""
    return connection.execute(
        """
        select name, seed.outlet, language, words, text is not null
        from news.seed join news.fingerprint using (seed_id)
        where algorithm = (select version from news.dedupe_version)
        order by name
        """
    ).fetchall()
