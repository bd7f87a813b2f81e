"""Chat rooms, phones and webhooks: a message handed to one of the services that apprise knows."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newswatch.delivery.channel import (
    Deferred,
    Message,
    Outcome,
    Sent,
    Uncertain,
    nothing,
    refused_by_status,
)

if TYPE_CHECKING:
    from apprise import NotifyBase

TIMEOUT = 30.0
_FOOT = "\n--\n"  # that a brief's text ends with
# What apprise keeps of a request is lines of its log.
_STATUS = re.compile(r"\berror=(\d{3})\b")
_NOT_CONNECTED = re.compile(r"NewConnectionError|ConnectTimeout|NameResolutionError|SSLError")


class NoService(ValueError):
    """An address that leads to no service, or apprise is not there; its words hold no secret."""


@dataclass(frozen=True, slots=True)
class Push:
    """A service by its address in apprise's form, as `ntfy://host/topic`: all of it may be
    secret."""

    url: str = field(repr=False)

    def send(self, message: Message, hand_over: Callable[[], None] = nothing) -> Outcome:
        try:
            service = _service(self.url)
        except NoService as error:
            return Deferred(str(error))
        body = shortened(message.text, service.body_maxlen - len(message.subject))
        title = message.subject[: service.title_maxlen or None]
        hand_over()
        return _notified(service, title, body)


def place_of(url: str) -> str:
    """The label of an address that leads to a service. Raises `NoService` for any other."""
    _service(url)
    return label(url)


def label(url: str) -> str:
    """How people are shown an address: its kind, and a sign that changes with the rest."""
    return f"{url.partition(':')[0]}://…{hashlib.sha256(url.encode()).hexdigest()[:6]}"


def shortened(text: str, most: int) -> str:
    """Whole lines of what is too long, with its foot, which has the links."""
    if len(text) <= most:
        return text
    text, dash, foot = text.rpartition(_FOOT)
    room = most - len(dash) - len(foot) - 3
    if not dash or room < most // 3:
        text, dash, foot, room = text or foot, "", "", most - 3
    return f"{text[:room].rpartition(chr(10))[0] or text[:room]}\n…{dash}{foot}"


def _service(url: str) -> NotifyBase:
    try:
        import apprise  # of the extra `apprise`
    except ImportError:
        raise NoService("apprise is not installed: pip install 'newswatch[apprise]'") from None
    # Its finest lines say how a request ended, and name addresses: `_notified` reads them, and they
    # go into nobody's log.
    lines = logging.getLogger("apprise")
    lines.setLevel(logging.DEBUG)
    lines.propagate = False
    asset = apprise.AppriseAsset(
        app_id="newswatch", service_timeout=TIMEOUT, secure_logging=True, http_redirects=False
    )
    service = apprise.Apprise.instantiate(url, asset=asset)
    if service is None:
        raise NoService("no service that apprise knows has an address like this")
    return service


def _notified(service: NotifyBase, title: str, body: str) -> Outcome:
    """What is not said to be certain may have arrived."""
    import apprise

    sender = apprise.Apprise(asset=service.asset)
    sender.add(service)
    result = sender.notify(body=body, title=title, body_format="text", log_level=logging.DEBUG)
    if result:
        return Sent()
    said = "\n".join(entry.message for entry in result.logs())
    name = str(service.service_name)
    if status := _STATUS.search(said):
        return refused_by_status(name, int(status[1]))
    if _NOT_CONNECTED.search(said):
        return Deferred(f"{name}: no connection")
    return Uncertain(f"{name}: the connection broke, or no answer came")
