"""A way to a person: what every channel is given, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
class Deferred:
    """It is certain that nothing was delivered; another time it may be. `is_away`: the channel
    takes nothing now, whoever it is for."""

    reason: str
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """It is certain that nothing was delivered, and that this message never will be to this
    person."""

    reason: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The channel broke once it had begun to take the message: it may have been delivered."""

    reason: str


Outcome = Sent | Deferred | Refused | Uncertain


_ANOTHER_TIME = (408, 425, 429)  # RFC 9110, RFC 8470, RFC 6585


def refused_by_status(where: str, status: int) -> Refused | Deferred:
    """What an HTTP status that is no success says of a message."""
    is_final = status // 100 == 4 and status not in _ANOTHER_TIME
    return (Refused if is_final else Deferred)(f"{where}: HTTP {status}")


def nothing() -> None:
    """For who need not know when a message is handed over."""


class Channel(Protocol):
    """Mail, a webhook: whatever takes one message for one person."""

    def send(self, message: Message, hand_over: Callable[[], None] = nothing) -> Outcome:
        """Hand the message over, once. What the outside world does is an outcome, never raised.

        `hand_over` is called just before the message is given away: what happens up to then is
        certain. What it raises ends the attempt, and nothing is delivered.
        """
        ...
