"""`news.parked`: what a stage failed at, why, and when it is tried again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from newswatch.models import ArticleId, EntryId, FeedId, ParkedKind
from newswatch.store import rows
from newswatch.store.server.database import Connection

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=20), timedelta(days=1)
TRIED_FOR = timedelta(days=14)  # after that only another version tries it


@dataclass(frozen=True, slots=True)
class Subject:
    """What a stage works on, one at a time; `what` is for people. An item of a feed has the feed's
    id and a hash of its key as `name`; an edition, and a row of the watchlist, have a name only."""

    what: str = field(compare=False)
    feed_id: FeedId | None = None
    entry_id: EntryId | None = None
    article_id: ArticleId | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What a subject failed of; `error` is one sentence."""

    kind: ParkedKind
    error: str


@dataclass(frozen=True, slots=True)
class Tries:
    """By what it is told whether a parked subject may be tried: the time, and the version of the
    code and the rules that would try it."""

    now: datetime
    version: str


_KEY = rows.columns(Subject, but=("what",))
_ROW = ("stage", "what", *_KEY, *rows.columns(Fault), "version", "first_at", "last_at")
_NOT_YET = "(version = %(version)s and coalesce(next_try_at > %(now)s, true))"
_NEXT_TRY = """
    case when %(now)s - parked.first_at < %(tried_for)s
         then %(now)s + least(%(longest)s, %(first)s * power(2, least(parked.attempts, 20))) end
"""


def held(stage: str, table: Literal["feed", "entry", "article"]) -> str:
    """Whether the row of the table is parked and not to be tried yet. A condition of a statement
    whose parameters have those of `Tries`."""
    return f"""exists (
        select from news.parked where parked.stage = '{stage}' and parked.name is null
          and parked.{table}_id = {table}.{table}_id and {_NOT_YET}
    )"""


DUE_OF_FEED = f"""exists (
    select from news.parked where parked.stage = 'poll' and parked.feed_id = feed.feed_id
      and not {_NOT_YET}
)"""
"""Whether the feed, or an item of it, is parked and to be tried again, on the same terms."""


def subjects(connection: Connection, stage: str, tries: Tries) -> dict[Subject, bool]:
    """What is parked of the stage, each with whether it is to be tried again by now."""
    found = rows.objects(
        connection,
        f"select {rows.listed(_KEY)}, what, not {_NOT_YET} as is_due from news.parked"
        " where stage = %(stage)s and kind <> 'wrong'",
        _parameters(stage, tries),
    )
    return {
        Subject(**{name: row[name] for name in ("what", *_KEY)}): row["is_due"] for row in found
    }


def park(connection: Connection, stage: str, subject: Subject, fault: Fault, tries: Tries) -> None:
    """Keep that it failed; each time the next try is twice as far off. What a person has to mend
    is not tried by time."""
    first = None if fault.kind == "wrong" else tries.now + FIRST_PAUSE
    connection.execute(
        rows.query(
            rows.insert("news.parked", (*_ROW, "next_try_at"))
            + f"""
            on conflict (stage, {rows.listed(_KEY)}) do update set
                {rows.taken_from("excluded", ("what", "kind", "error", "version", "last_at"))},
                attempts = parked.attempts + 1,
                next_try_at = case when excluded.kind <> 'wrong' then {_NEXT_TRY} end
            """
        ),
        rows.parameters(subject)
        | rows.parameters(fault)
        | _parameters(stage, tries)
        | {"first_at": tries.now, "last_at": tries.now, "next_try_at": first},
    )


def postpone(connection: Connection, stage: str, subject: Subject, tries: Tries) -> None:
    """It was to be tried, and could not be: it waits as after another failure."""
    connection.execute(
        rows.query(
            f"""
            update news.parked set attempts = attempts + 1, version = %(version)s,
                next_try_at = {_NEXT_TRY}
            where {_IS_SUBJECT}
            """
        ),
        rows.parameters(subject) | _parameters(stage, tries),
    )


def retry_now(connection: Connection, stage: str, subject: Subject) -> int:
    """Have the next run of the stage try it, if it is not for a person to mend; how many it was."""
    return connection.execute(
        rows.query(
            f"update news.parked set next_try_at = 'epoch' where {_IS_SUBJECT} and kind <> 'wrong'"
        ),
        rows.parameters(subject, stage=stage),
    ).rowcount


def clear(connection: Connection, stage: str, done: Collection[Subject]) -> None:
    """These have come through."""
    rows.write(
        connection,
        f"delete from news.parked where {_IS_SUBJECT}",
        [rows.parameters(subject, stage=stage) for subject in done],
    )


def forget(connection: Connection, before: datetime) -> int:
    """Drop what failed last before that time and has no row that waits: items of feeds, editions;
    how many."""
    return connection.execute(
        "delete from news.parked where name is not null and kind <> 'wrong' and last_at < %s",
        [before],
    ).rowcount


_IS_SUBJECT = "stage = %(stage)s and " + " and ".join(
    f"{name} is not distinct from %({name})s" for name in _KEY
)


def _parameters(stage: str, tries: Tries) -> dict[str, object]:
    pauses = {"first": FIRST_PAUSE, "longest": LONGEST_PAUSE, "tried_for": TRIED_FOR}
    return {"stage": stage, **pauses} | rows.parameters(tries)


def keep_only(connection: Connection, stage: str, file: str, places: Sequence[str]) -> None:
    """Forget the wrong rows of a file of the watchlist, or a folder, but for these places."""
    connection.execute(
        "delete from news.parked where stage = %s and kind = 'wrong' and starts_with(name, %s)"
        " and name <> all(%s::text[])",
        [stage, file, list(places)],
    )
