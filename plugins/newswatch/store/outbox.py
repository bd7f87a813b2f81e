"""`news.outbox`: the delivery of each edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from newswatch.models import DeliveryState, EditionId, ReaderId, Rhythm
from newswatch.store import rows
from newswatch.store.server.database import Connection, scalar

GIVEN_UP: Sequence[DeliveryState] = ("refused", "carried-over", "unknown")
_WAITING = "state in ('pending', 'deferred')"


@dataclass(frozen=True, slots=True)
class Delivery:
    """An edition that is to be sent, and how often that was tried with this one."""

    edition_id: EditionId
    reader_id: ReaderId
    subscriber: str
    rhythm: Rhythm
    local_date: date
    email: str
    subject: str
    body_text: str
    body_html: str
    message_id: str
    attempts: int


def add(
    connection: Connection,
    edition_id: EditionId,
    message_id: str,
    state: DeliveryState,
    now: datetime,
    next_try_at: datetime | None = None,
) -> None:
    """The delivery of a new edition; one that waits for its editor is not tried before that."""
    connection.execute(
        "insert into news.outbox (edition_id, message_id, state, changed_at, next_try_at)"
        " values (%s, %s, %s, %s, %s)",
        [edition_id, message_id, state, now, next_try_at],
    )


def take(connection: Connection, rhythms: Sequence[Rhythm], now: datetime) -> Delivery | None:
    """The next edition of these rhythms to send, marked `sending` and committed: nobody else will
    take it. It goes to where its reader is to be reached by now; who has left is sent nothing."""
    return rows.first(
        connection,
        Delivery,
        f"""
        with taken as (
            update news.outbox
            set state = 'sending', attempts = attempts + 1, changed_at = %(now)s,
                handing_over_at = null
            where edition_id = (
                select edition_id from news.outbox
                where {_WAITING} and coalesce(next_try_at <= %(now)s, true)
                  and (select left_at is null and rhythm = any(%(rhythms)s)
                       from news.edition join news.reader using (reader_id)
                       where edition.edition_id = outbox.edition_id)
                order by edition_id limit 1 for update skip locked
            )
            returning edition_id, message_id, attempts
        )
        update news.edition set email = reader.email
        from taken, news.reader
        where edition.edition_id = taken.edition_id and reader.reader_id = edition.reader_id
        returning edition.edition_id, reader.reader_id, reader.name as subscriber, rhythm,
                  local_date, edition.email, subject, body_text, body_html, message_id, attempts
        """,
        {"rhythms": list(rhythms), "now": now},
    )


def hand_over(connection: Connection, edition_id: EditionId, now: datetime) -> None:
    """Its text is about to be given to the server: from here on nobody knows, unless the server
    answers. A database that may forget in a crash what it has confirmed may not forget this: the
    edition would be sent twice."""
    with connection.transaction():
        connection.execute("set local synchronous_commit = on")
        connection.execute(
            "update news.outbox set handing_over_at = %s where edition_id = %s", [now, edition_id]
        )


def record(
    connection: Connection,
    edition_id: EditionId,
    state: DeliveryState,
    now: datetime,
    error: str | None = None,
    next_try_at: datetime | None = None,
) -> None:
    """What became of a delivery: sent, deferred, refused or unknown. Once told, its reader stays
    told, whatever becomes of it when it is sent again."""
    connection.execute(
        """
        update news.outbox
        set state = came_to, changed_at = %(now)s, last_error = %(error)s, next_try_at = %(next)s,
            sent_at = case when came_to = 'sent' then %(now)s else sent_at end,
            told_at = case when came_to in ('sent', 'unknown') then coalesce(told_at, %(now)s)
                           else told_at end
        from (select %(state)s::text as came_to) as outcome
        where edition_id = %(edition)s
        """,
        {"state": state, "now": now, "error": error, "next": next_try_at, "edition": edition_id},
    )


def carry_over(
    connection: Connection, reader_id: ReaderId, rhythms: Sequence[Rhythm], now: datetime
) -> None:
    """Give up what still waits of the reader's editions of these rhythms: the next one tells it."""
    connection.execute(
        f"update news.outbox set state = 'carried-over', changed_at = %s where {_WAITING}"
        " and edition_id in (select edition_id from news.edition"
        " where reader_id = %s and rhythm = any(%s))",
        [now, reader_id, list(rhythms)],
    )


def send_again(connection: Connection, edition_id: EditionId, now: datetime) -> None:
    """Let it wait to be sent, whatever became of it."""
    connection.execute(
        "update news.outbox set state = 'pending', changed_at = %s, next_try_at = null"
        " where edition_id = %s",
        [now, edition_id],
    )


@dataclass(frozen=True, slots=True)
class HeldEdition:
    """An edition that waits for its editor, until `next_try_at`."""

    subscriber: str
    local_date: date
    subject: str
    body_text: str
    next_try_at: datetime


_HELD = "state = 'pending' and next_try_at > %(now)s"


def take_questions(connection: Connection, run: str, now: datetime) -> list[EditionId]:
    """The held editions that no other run has asked the editor about: they are this run's."""
    return rows.values(
        connection,
        f"""
        update news.outbox set asked_by = %(run)s
        where {_HELD} and coalesce(asked_by, %(run)s) = %(run)s returning edition_id
        """,
        {"now": now, "run": run},
    )


def held_edition(
    connection: Connection, edition_id: EditionId, now: datetime
) -> HeldEdition | None:
    return rows.first(
        connection,
        HeldEdition,
        f"""
        select subscriber, local_date, subject, body_text, next_try_at
        from news.outbox join news.edition using (edition_id)
        where edition_id = %(edition)s and {_HELD}
        """,
        {"edition": edition_id, "now": now},
    )


def release(connection: Connection, edition_id: EditionId, now: datetime) -> bool:
    """Let a held one be sent; False if it is not held any more."""
    released = connection.execute(
        "update news.outbox set next_try_at = null, changed_at = %(now)s"
        f" where edition_id = %(edition)s and {_HELD}",
        {"edition": edition_id, "now": now},
    ).rowcount
    return released == 1


def hold_back(connection: Connection, edition_id: EditionId, now: datetime) -> bool:
    """Keep a held one from being sent: the next one tells it. False if it is not held any more."""
    held_back = connection.execute(
        "update news.outbox set state = 'skipped', next_try_at = null, changed_at = %(now)s,"
        f" last_error = 'the editor held it back' where edition_id = %(edition)s and {_HELD}",
        {"edition": edition_id, "now": now},
    ).rowcount
    return held_back == 1


def give_up_interrupted(
    connection: Connection, rhythms: Sequence[Rhythm], now: datetime
) -> list[DeliveryState]:
    """What a killed process left of these rhythms in `sending` is `unknown` if its text may have
    been handed over, else it is tried again; the state that each came to.

    Call it under the claim of their job, when nobody else sends them.
    """
    return rows.values(
        connection,
        """
        update news.outbox
        set changed_at = %(now)s, next_try_at = null, last_error = 'the process ended '
            || case when handing_over_at is null then 'before the hand-over'
                    else 'between hand-over and answer' end,
            state = case when handing_over_at is null then 'deferred' else 'unknown' end,
            told_at = case when handing_over_at is null then told_at
                           else coalesce(told_at, %(now)s) end
        where state = 'sending' and edition_id in (
            select edition_id from news.edition where rhythm = any(%(rhythms)s)
        )
        returning state
        """,
        {"rhythms": list(rhythms), "now": now},
    )


def refusals(connection: Connection, reader_id: ReaderId, email: str, most: int) -> int:
    """How many of the reader's last editions, one after the other, their address refused for good;
    it counts up to so many."""
    return int(
        scalar(
            connection,
            """
            select count(*) filter (where state = 'refused' and email = %s)
            from (
                select state, email from news.edition join news.outbox using (edition_id)
                where reader_id = %s order by edition_id desc limit %s
            ) as latest
            """,
            [email, reader_id, most],
        )
    )
