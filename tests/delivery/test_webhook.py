"""Webhooks as a channel: what arrives, and that no secret is shown."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from loopback import Reply, serving
from newswatch.delivery.channel import Channel, Message, Outcome, Sent
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


def test_an_address_is_shown_without_its_secret() -> None:
    assert place("https://hooks.example/services/T0/B0/secret") == "hooks.example"
    assert "secret" not in repr(Webhook("https://hooks.example/secret"))
