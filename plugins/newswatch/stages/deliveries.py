"""Handing editions over: each once, and until the next one is due."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
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
from newswatch.models import DeliveryState, Rhythm
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
    states: list[DeliveryState] = []
    away = 0
    while away < MOST_AWAY and (delivery := outbox.take(job.connection, rhythms, job.now)):
        state, is_away = _deliver(job, delivery)
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


def _counted(states: Sequence[DeliveryState]) -> Counter[str]:
    """How many came to each state, and how many of them a person has to know of."""
    counts = Counter(state.replace("-", "_") for state in states)
    given_up = sum(state in outbox.GIVEN_UP for state in states)
    return counts + Counter(given_up=given_up)


def _deliver(job: Job, delivery: Delivery) -> tuple[DeliveryState, bool]:
    """The state that it comes to, and whether the server is away."""
    record = partial(outbox.record, job.connection, delivery.edition_id, now=job.now)
    state: DeliveryState
    is_away = False
    match outcome := _sent(job, delivery):
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


def _channel_of(job: Job, delivery: Delivery) -> Channel | None:
    """Where an edition goes: the address of a service is secret, and stands in the file alone.
    None if the file has it no more, or cannot be read."""
    if "://" not in delivery.email:
        return mail_of(job.settings)
    try:
        found = load_readers(job.settings).readers
    except InputError:
        return None
    return next((Push(reader.channel) for reader in found if reader.email == delivery.email), None)


def _sent(job: Job, delivery: Delivery) -> Outcome:
    """What the hand-over comes to; a message that our code fails at waits for better code."""
    given_away = False

    def hand_over() -> None:
        nonlocal given_away
        outbox.hand_over(job.connection, delivery.edition_id, job.now)
        given_away = True

    try:
        message = Message(
            to=delivery.email,
            subject=delivery.subject,
            text=delivery.body_text,
            html=delivery.body_html,
            sent_at=job.now,
            message_id=delivery.message_id,
            unsubscribe=links_of(
                job.settings,
                delivery.reader_id,
                delivery.subscriber,
                delivery.rhythm,
                delivery.local_date,
            ).unsubscribe,
        )
        channel = _channel_of(job, delivery)
        if channel is None:
            return Deferred("its channel cannot be read from subscribers.yaml")
        return deliver(channel, message, hand_over)
    except Exception as error:
        fault = fault_of(error)
        if fault is None:
            raise
        log.error("newswatch: no mail to %s: %s", shown(delivery.subscriber), fault.error)
        return Uncertain(fault.error) if given_away else Deferred(fault.error)
