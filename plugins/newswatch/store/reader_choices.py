"""`news.reader_choice`: what readers chose by the links of a brief."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ReaderId
from newswatch.store import rows
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class ReaderChoice:
    """`topics` None: all that subscribers.yaml gives them."""

    reader_id: ReaderId
    unsubscribed_at: datetime | None = None
    topics: tuple[str, ...] | None = None


_COLUMNS = rows.columns(ReaderChoice)


def of_reader(connection: Connection, reader_id: ReaderId) -> ReaderChoice:
    """Of who never chose: the brief, with all topics."""
    found = rows.first(
        connection,
        ReaderChoice,
        f"select {rows.listed(_COLUMNS)} from news.reader_choice where reader_id = %s",
        [reader_id],
    )
    return found or ReaderChoice(reader_id)


def unsubscribed(connection: Connection) -> set[ReaderId]:
    """The readers who want no brief."""
    return set(
        rows.values(
            connection,
            "select reader_id from news.reader_choice where unsubscribed_at is not null",
        )
    )


def save(connection: Connection, choice: ReaderChoice, now: datetime) -> None:
    connection.execute(
        rows.query(
            rows.insert("news.reader_choice", (*_COLUMNS, "changed_at"))
            + "on conflict (reader_id) do update set "
            + rows.taken_from("excluded", ("unsubscribed_at", "topics", "changed_at"))
        ),
        rows.parameters(choice, changed_at=now),
    )
