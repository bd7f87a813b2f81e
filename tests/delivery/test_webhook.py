"""Webhooks as a channel: what arrives, and what is certain."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime

import pytest

from loopback import Reply, raw_server, serving
from newswatch.delivery.channel import Channel, Deferred, Message, Outcome, Refused, Sent, Uncertain
from newswatch.delivery.webhook import Webhook, place

MESSAGE = Message(
    to="",
    subject="[newswatch warning] 12 wait",
    text="* 12 wait\n",
    sent_at=datetime(2026, 1, 14, 9, tzinfo=UTC),
    message_id="<backlog@alerts.newswatch>",
    data={"check": "backlog"},
)


def send(url: str) -> Outcome:
    channel: Channel = Webhook(url)
    return channel.send(MESSAGE)


def test_people_and_machines_are_told_the_same() -> None:
    with serving() as site:
        site.otherwise = Reply(204)
        assert send(f"{site.base}/secret") == Sent()
        (request,) = site.requests
    assert json.loads(request.body) == {
        "title": "[newswatch warning] 12 wait",
        "text": "[newswatch warning] 12 wait\n\n* 12 wait\n",
        "content": "[newswatch warning] 12 wait\n\n* 12 wait\n",
        "id": "<backlog@alerts.newswatch>",
        "sent_at": "2026-01-14T09:00:00+00:00",
        "check": "backlog",
    }
    assert request.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((status, Refused) for status in (400, 404, 410)),
        *((status, Deferred) for status in (408, 429, 500, 503)),
    ],
)
def test_what_the_server_does_not_take_was_not_delivered(
    status: int, outcome: type[Deferred | Refused]
) -> None:
    with serving() as site:
        site.otherwise = Reply(status)
        assert send(f"{site.base}/secret") == outcome(f"{place(site.base)}: HTTP {status}")


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    outcome = send(f"http://127.0.0.1:{port}/secret")
    assert isinstance(outcome, Deferred)
    assert "secret" not in outcome.reason


def test_a_connection_that_breaks_may_have_delivered() -> None:
    def hang_up(connection: socket.socket) -> None:
        connection.recv(65_536)

    with raw_server(hang_up) as url:
        assert isinstance(send(url), Uncertain)


def test_an_address_is_shown_without_its_secret() -> None:
    assert place("https://hooks.example/services/T0/B0/secret") == "hooks.example"
    assert "secret" not in repr(Webhook("https://hooks.example/secret"))
