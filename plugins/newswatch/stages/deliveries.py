"""Handing editions over: each once, and until the next one is due."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property, partial
from typing import assert_never

from newswatch.delivery.channel import (
    Channel,
    Deferred,
    Message,
    Outcome,
    Refused,
    Sent,
    Uncertain,
)
from newswatch.delivery.push import Push
from newswatch.digest.lifetime import next_try
from newswatch.errors import InputError
from newswatch.models import DeliveryState, ReaderId, Rhythm
from newswatch.settings import Settings
from newswatch.stages.deliver import deliver, mail_of
from newswatch.stages.editions import links_of
from newswatch.stages.job import Job, Work
from newswatch.stages.parking import fault_of
from newswatch.stages.readers import load_readers
from newswatch.store import digests, outbox, readers
from newswatch.store.digests import StoredEdition
from newswatch.store.outbox import Delivery
from newswatch.store.readers import KnownReader
from newswatch.text.invisible import shown

log = logging.getLogger(__name__)
MOST_AWAY = 3  # times, one after the other, that the server is found to be away in one run


def give_up_interrupted(job: Job, rhythms: Sequence[Rhythm]) -> Counter[str]:
    """What a killed process left behind of these rhythms: to be tried again, or of unknown fate.

    The caller has the claim of the job that sends them.
    """
    return _counted(outbox.give_up_interrupted(job.connection, rhythms, job.now))


def deliver_waiting(job: Job, rhythms: Sequence[Rhythm]) -> Counter[str]:
    """Hand over all of these rhythms that waits and is to be tried by now; if the server is away,
    what is left waits for the next run."""
    services = _Services(job.settings)
    states: list[DeliveryState] = []
    away = 0
    while away < MOST_AWAY and (delivery := outbox.take(job.connection, rhythms, job.now)):
        state, is_away = _deliver(job, delivery, services)
        states.append(state)
        away = away + 1 if is_away else 0
    return _counted(states)


def send_again(job: Job, name: str, rhythm: Rhythm, day: date | None) -> None:
    """Let a reader's stored edition wait to be sent again, as it is; the newest without a day.

    Raises `InputError` if there is none, or if a later edition has taken over what it tells.
    """
    reader, edition = stored_edition(job, name, rhythm, day)
    if reader.left_at is not None:
        raise InputError(f"{name!r} has left", mend="make them active in subscribers.yaml")
    if not (edition.is_newest or edition.told_at):
        raise InputError(
            f"the edition of {edition.local_date} never reached {name!r}, and later ones tell what"
            " it would have told",
            mend="resend the newest: leave out --date",
        )
    outbox.send_again(job.connection, edition.edition_id, job.now)


def stored_edition(
    work: Work, name: str, rhythm: Rhythm, day: date | None
) -> tuple[KnownReader, StoredEdition]:
    """A reader's edition of a local date, or their newest. Raises `InputError` if there is none."""
    reader = readers.named(work.connection, name)
    edition = digests.edition_of(work.connection, reader.reader_id, rhythm, day) if reader else None
    if reader is None or edition is None:
        of_day = f" of {day}" if day else ""
        raise InputError(
            f"no {rhythm} edition{of_day} was made for {name!r}",
            mend="`select subscriber, rhythm, local_date, state from ops.delivery` lists them",
        )
    return reader, edition


def message_of(
    work: Work,
    edition: StoredEdition | Delivery,
    reader_id: ReaderId,
    email: str,
    sent_at: datetime,
) -> Message:
    """A stored edition as it is handed over."""
    own = links_of(work.settings, reader_id, edition.subscriber, edition.rhythm, edition.local_date)
    return Message(
        to=email,
        subject=edition.subject,
        text=edition.body_text,
        html=edition.body_html,
        sent_at=sent_at,
        message_id=edition.message_id,
        unsubscribe=own.unsubscribe,
    )


def _counted(states: Sequence[DeliveryState]) -> Counter[str]:
    """How many came to each state, and how many of them a person has to know of."""
    counts = Counter(state.replace("-", "_") for state in states)
    given_up = sum(state in outbox.GIVEN_UP for state in states)
    return counts + Counter(given_up=given_up)


def _deliver(job: Job, delivery: Delivery, services: _Services) -> tuple[DeliveryState, bool]:
    """The state that it comes to, and whether the server is away."""
    record = partial(outbox.record, job.connection, delivery.edition_id, now=job.now)
    state: DeliveryState
    is_away = False
    match outcome := _sent(job, delivery, services):
        case Sent():
            record(state := "sent")
        case Deferred(reason, is_away):
            again = next_try(delivery.attempts, job.now)
            record(state := "deferred", error=reason, next_try_at=again)
        case Refused(reason):
            record(state := "refused", error=reason)
        case Uncertain(reason):
            record(state := "unknown", error=reason)
        case _:
            assert_never(outcome)
    return state, is_away


class _Services:
    """Where the editions of a run go: the address of a service is secret, and stands in
    subscribers.yaml alone."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def to(self, email: str) -> Channel | None:
        """None if the file has it no more, or cannot be read."""
        return self._pushes.get(email) if "://" in email else mail_of(self._settings)

    @cached_property
    def _pushes(self) -> dict[str, Push]:
        found = load_readers(self._settings).readers
        return {reader.email: Push(reader.channel) for reader in found if reader.channel}


def _sent(job: Job, delivery: Delivery, services: _Services) -> Outcome:
    """What the hand-over comes to; a message that our code fails at waits for better code."""
    given_away = False

    def hand_over() -> None:
        nonlocal given_away
        outbox.hand_over(job.connection, delivery.edition_id, job.now)
        given_away = True

    try:
        message = message_of(job, delivery, delivery.reader_id, delivery.email, job.now)
        channel = services.to(delivery.email)
        if channel is None:
            return Deferred("its channel cannot be read from subscribers.yaml")
        return deliver(channel, message, hand_over)
    except Exception as error:
        fault = fault_of(error)
        if fault is None:
            raise
        log.error("newswatch: no mail to %s: %s", shown(delivery.subscriber), fault.error)
        return Uncertain(fault.error) if given_away else Deferred(fault.error)
