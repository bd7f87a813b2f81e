"""A way to a person: what every channel is given, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """What one person is told. `to` is their address in the form of the channel."""

    to: str
    subject: str
    text: str
    sent_at: datetime
    html: str = ""  # the same for who can show it
    message_id: str = ""  # the same for the same message, so that a second copy shows as the first
    data: Mapping[str, Any] = field(default_factory=dict)  # the same for machines; ready for JSON
    unsubscribe: str = ""  # address at which a reader leaves the list; empty: it goes to no list


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel has taken the message."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It is certain that nothing was delivered."""

    reason: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The channel broke once it had begun to take the message: it may have been delivered."""

    reason: str


Outcome = Sent | Refused | Uncertain


class Channel(Protocol):
    """Mail, a webhook: whatever takes one message for one person."""

    def send(self, message: Message) -> Outcome:
        """Hand the message over, once. What the outside world does is an outcome, never raised."""
        ...
