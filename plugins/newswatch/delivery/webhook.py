"""Webhooks: a message as a JSON POST, and the plain requests of the watchdog."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from newswatch.delivery.channel import (
    Deferred,
    Message,
    Outcome,
    Sent,
    Uncertain,
    nothing,
    refused_by_status,
)

TIMEOUT = 15.0
MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes JSON. `text` is what Slack, Mattermost and ntfy show, `content` what
    Discord does."""

    url: str = field(repr=False)

    def send(self, message: Message, hand_over: Callable[[], None] = nothing) -> Outcome:
        said = f"{message.subject}\n\n{message.text}"
        body = {"title": message.subject, "text": said, "content": said[:1900]}
        machine = {"id": message.message_id, "sent_at": message.sent_at.isoformat()}
        hand_over()
        try:
            request(self.url, {**body, **machine, **message.data})
        except urllib.error.HTTPError as error:
            return refused_by_status(place(self.url), error.code)
        except urllib.error.URLError as error:  # no connection
            return Deferred(f"{place(self.url)}: {error.reason}")
        except (OSError, ValueError) as error:
            return Uncertain(f"{place(self.url)}: {error}")
        return Sent()


def request(url: str, body: Mapping[str, Any] | None = None, timeout: float = TIMEOUT) -> bytes:
    """GET, or POST of JSON; the answer's body. Raises `OSError` whatever goes wrong, of which
    `HTTPError` is one, and `ValueError` for what is no HTTP."""
    headers = {"User-Agent": "newswatch", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(url, data=data, headers=headers)  # noqa: S310
    with urllib.request.urlopen(asked, timeout=timeout) as answer:  # noqa: S310
        return bytes(answer.read(MOST_BYTES))


def place(url: str) -> str:
    """The host of an address: its path may be a secret."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
