"""`news.edition` and `news.edition_story`: the editions that were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from newswatch.models import (
    ArticleId,
    DeliveryState,
    EditionId,
    ReaderId,
    Rhythm,
    StoryId,
)
from newswatch.store import outbox, rows
from newswatch.store.server.database import Connection, scalar


@dataclass(frozen=True, slots=True)
class EditionHead:
    """An edition, its date, and the last publication that it covers."""

    edition_id: EditionId
    local_date: date
    covers_up_to: int


@dataclass(frozen=True, slots=True)
class NewEdition:
    """An edition to store: a row of `news.edition`, which explains the columns."""

    reader_id: ReaderId
    subscriber: str
    rhythm: Rhythm
    local_date: date
    due_at: datetime
    email: str
    covers_after: int
    covers_up_to: int
    built_at: datetime
    subject: str
    body_text: str
    body_html: str
    page_html: str | None
    grouped_by: str
    stories: int


@dataclass(frozen=True, slots=True)
class EditionStory:
    """A flagged article that an edition has to tell, and whether it does."""

    topic: str
    story_id: StoryId
    article_id: ArticleId
    is_told: bool
    headline: str  # what the edition called it; empty if it does not tell it


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """An edition as it was built, and what became of it."""

    edition_id: EditionId
    subscriber: str
    rhythm: Rhythm
    local_date: date
    built_at: datetime
    subject: str
    body_text: str
    body_html: str
    page_html: str  # what its web copy shows
    message_id: str
    state: DeliveryState
    told_at: datetime | None
    is_newest: bool  # of its reader and rhythm


_HEAD = f"select {rows.listed(rows.columns(EditionHead))} from news.edition"


def last_edition(connection: Connection, reader_id: ReaderId, rhythm: Rhythm) -> EditionHead | None:
    """The reader's edition that was made last, whatever became of it."""
    return rows.first(
        connection,
        EditionHead,
        f"{_HEAD} where reader_id = %s and rhythm = %s order by edition_id desc limit 1",
        [reader_id, rhythm],
    )


def last_told(connection: Connection, reader_id: ReaderId, rhythm: Rhythm) -> EditionHead | None:
    """The one among those that were handed over to them which was made last."""
    return rows.first(
        connection,
        EditionHead,
        f"{_HEAD} join news.outbox using (edition_id)"
        " where reader_id = %s and rhythm = %s and told_at is not null"
        " order by edition_id desc limit 1",
        [reader_id, rhythm],
    )


def last_due(connection: Connection, reader_id: ReaderId, rhythm: Rhythm) -> datetime | None:
    """When the newest of the reader's editions was due."""
    due_at: datetime | None = scalar(
        connection,
        "select max(due_at) from news.edition where reader_id = %s and rhythm = %s",
        [reader_id, rhythm],
    )
    return due_at


def edition_of(
    connection: Connection, reader_id: ReaderId, rhythm: Rhythm, local_date: date | None
) -> StoredEdition | None:
    """The reader's edition of a date, or their newest; if there are two of a date, the newer."""
    return rows.first(
        connection,
        StoredEdition,
        """
        select edition_id, subscriber, rhythm, local_date, built_at, subject, body_text, body_html,
               coalesce(page_html, body_html) as page_html,
               message_id, state, told_at, edition_id = (
                   select max(edition_id) from news.edition
                   where reader_id = %(reader)s and rhythm = %(rhythm)s
               ) as is_newest
        from news.edition join news.outbox using (edition_id)
        where reader_id = %(reader)s and rhythm = %(rhythm)s
          and coalesce(local_date = %(day)s, true)
        order by edition_id desc limit 1
        """,
        {"reader": reader_id, "rhythm": rhythm, "day": local_date},
    )


@dataclass(frozen=True, slots=True)
class EditionTitle:
    """An edition as it stands in a list."""

    rhythm: Rhythm
    local_date: date
    subject: str
    stories: int


def titles(connection: Connection, reader_id: ReaderId) -> list[EditionTitle]:
    """The reader's sixty newest editions, the newest first; not alerts, which have no page."""
    return rows.read(
        connection,
        EditionTitle,
        "select rhythm, local_date, subject, stories from news.edition"
        " where reader_id = %s and rhythm <> 'alert' order by edition_id desc limit 60",
        [reader_id],
    )


def has_edition(
    connection: Connection, reader_id: ReaderId, rhythm: Rhythm, local_date: date
) -> bool:
    return bool(
        scalar(
            connection,
            "select exists (select from news.edition"
            " where reader_id = %s and rhythm = %s and local_date = %s)",
            [reader_id, rhythm, local_date],
        )
    )


def stories_of(connection: Connection, edition_id: EditionId) -> list[EditionStory]:
    """What one edition had to tell."""
    return rows.read(
        connection,
        EditionStory,
        f"select {rows.listed(rows.columns(EditionStory))} from news.edition_story"
        " where edition_id = %s",
        [edition_id],
    )


_EDITION = rows.columns(NewEdition)
# An alert has other stories than the one before it, so that waits beside it.
_TAKES_OVER: Mapping[Rhythm, Sequence[Rhythm]] = {
    "daily": ("daily", "alert"),
    "weekly": ("weekly",),
    "alert": (),
}
_CARRIED = ("edition_id", *rows.columns(EditionStory))


def save_edition(
    connection: Connection,
    edition: NewEdition,
    stories: Sequence[EditionStory],
    *,
    message_id: str,
    state: DeliveryState,
    next_try_at: datetime | None = None,
) -> EditionId | None:
    """Store an edition with its outbox row, and give up those of its reader that still wait and
    that it takes over: it tells what they would have told, unless it is skipped. None if there is
    one of its rhythm that was due at that moment already."""
    with connection.transaction():
        edition_id = rows.first_value(
            connection,
            rows.insert("news.edition", _EDITION)
            + "on conflict (reader_id, rhythm, due_at) do nothing returning edition_id",
            rows.parameters(edition),
        )
        if edition_id is None:
            return None
        rows.write(
            connection,
            rows.insert("news.edition_story", _CARRIED),
            [rows.parameters(story, edition_id=edition_id) for story in stories],
        )
        if state != "skipped":
            outbox.carry_over(
                connection, edition.reader_id, _TAKES_OVER[edition.rhythm], edition.built_at
            )
        outbox.add(connection, edition_id, message_id, state, edition.built_at, next_try_at)
    return EditionId(edition_id)
