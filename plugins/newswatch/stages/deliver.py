"""Telling a person: a part of the digest, and of poll's alert."""

from __future__ import annotations

import logging
from typing import assert_never

from newswatch.delivery.channel import Channel, Message, Outcome, Refused, Sent, Uncertain
from newswatch.delivery.mail import Mail
from newswatch.settings import Settings

log = logging.getLogger(__name__)


def channel_of(settings: Settings) -> Channel:
    return Mail(settings.smtp_url, settings.mail_from)


def deliver(settings: Settings, message: Message) -> Outcome:
    """Hand a message to the channel that is set. What did not arrive for certain is logged."""
    outcome = channel_of(settings).send(message)
    match outcome:
        case Sent():
            pass
        case Refused(reason):
            log.error("newswatch: %r to %s was refused: %s", message.subject, message.to, reason)
        case Uncertain(reason):
            log.error(
                "newswatch: %r to %s may not have arrived: %s", message.subject, message.to, reason
            )
        case _:
            assert_never(outcome)
    return outcome
