"""`news.reader`: who gets the brief, and from where on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ReaderId
from newswatch.store import rows
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class KnownReader:
    """A row of `news.reader`, which explains the columns."""

    reader_id: ReaderId
    name: str
    email: str
    since_at: datetime
    starts_after: int
    left_at: datetime | None


_KNOWN = f"select {rows.listed(rows.columns(KnownReader))} from news.reader"


def known(connection: Connection) -> list[KnownReader]:
    """All that ever were."""
    return rows.read(
        connection,
        KnownReader,
        f"{_KNOWN} order by reader_id",
    )


def find(connection: Connection, reader_id: ReaderId) -> KnownReader | None:
    return rows.first(
        connection,
        KnownReader,
        f"{_KNOWN} where reader_id = %s",
        [reader_id],
    )


def named(connection: Connection, name: str) -> KnownReader | None:
    return rows.first(
        connection,
        KnownReader,
        f"{_KNOWN} where name = %s",
        [name],
    )


def add(connection: Connection, name: str, email: str, now: datetime, starts_after: int) -> None:
    connection.execute(
        "insert into news.reader (name, email, since_at, starts_after) values (%s, %s, %s, %s)",
        [name, email, now, starts_after],
    )


def rename(connection: Connection, reader_id: ReaderId, name: str) -> None:
    connection.execute("update news.reader set name = %s where reader_id = %s", [name, reader_id])


def readdress(connection: Connection, reader_id: ReaderId, email: str) -> None:
    connection.execute("update news.reader set email = %s where reader_id = %s", [email, reader_id])


def stay(connection: Connection, reader_id: ReaderId) -> None:
    """They were away for a moment only: they go on where they were."""
    connection.execute("update news.reader set left_at = null where reader_id = %s", [reader_id])


def restart(connection: Connection, reader_id: ReaderId, now: datetime, starts_after: int) -> None:
    """They are back, and begin as one who is new."""
    connection.execute(
        "update news.reader set left_at = null, since_at = %s,"
        " starts_after = greatest(starts_after, %s) where reader_id = %s",
        [now, starts_after, reader_id],
    )


def leave(connection: Connection, reader_ids: Sequence[ReaderId], now: datetime) -> None:
    """They are sent nothing more; who had left before did so then."""
    connection.execute(
        "update news.reader set left_at = %s where reader_id = any(%s) and left_at is null",
        [now, list(reader_ids)],
    )
