"""Telling a person: a part of the digest, and of poll's alert."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from newswatch.delivery.channel import (
    Channel,
    Deferred,
    Message,
    Outcome,
    Refused,
    Sent,
    Uncertain,
    nothing,
)
from newswatch.delivery.mail import Mail
from newswatch.delivery.sign import Signer
from newswatch.settings import Settings
from newswatch.text.invisible import shown

log = logging.getLogger(__name__)


def mail_of(settings: Settings) -> Channel:
    key = settings.dkim_key
    signer = Signer(Path(key).expanduser(), settings.dkim_selector) if key else None
    return Mail(settings.smtp_url, settings.mail_from, settings.reply_to, signer)


def deliver(channel: Channel, message: Message, hand_over: Callable[[], None] = nothing) -> Outcome:
    """Hand a message over. What did not arrive for certain is logged."""
    outcome = channel.send(message, hand_over)
    match outcome:
        case Sent():
            pass
        case Deferred(reason):
            _log("%r to %s was not taken: %s", message, reason)
        case Refused(reason):
            _log("%r to %s was refused: %s", message, reason)
        case Uncertain(reason):
            _log("%r to %s may not have arrived: %s", message, reason)
        case _:
            assert_never(outcome)
    return outcome


def _log(sentence: str, message: Message, reason: str) -> None:
    log.error(f"newswatch: {sentence}", message.subject, message.to, shown(reason))
