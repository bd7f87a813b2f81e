"""Services by apprise: what arrives there, and that no secret is shown."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from loopback import Reply, serving
from newswatch.delivery.channel import Channel, Deferred, Message, Outcome, Sent
from newswatch.delivery.push import NoService, Push, place_of, shortened

FOOT = "\n--\nIn the browser: https://news.example/edition/token\n"
MESSAGE = Message(
    to="json://…",
    subject="Alert: Envoy lands",
    text="NEW  Envoy lands\n" + FOOT,
    sent_at=datetime(2026, 1, 14, 9, tzinfo=UTC),
)


def send(url: str, given_away: list[str] | None = None) -> Outcome:
    channel: Channel = Push(url)
    return channel.send(MESSAGE, lambda: given_away.append("") if given_away is not None else None)


def test_a_webhook_gets_subject_and_text() -> None:
    given_away: list[str] = []
    with serving() as site:
        site.otherwise = Reply(200)
        assert send(site.base.replace("http", "json") + "/secret", given_away) == Sent()
        (request,) = site.requests
    body = json.loads(request.body)
    assert (body["title"], body["message"]) == (MESSAGE.subject, MESSAGE.text.strip())
    assert (request.path, given_away) == ("/secret", [""])


def test_ntfy_gets_it_under_its_topic() -> None:
    with serving() as site:
        site.otherwise = Reply(200, b"{}")
        assert send(site.base.replace("http", "ntfy") + "/topic") == Sent()
        (request,) = site.requests
    assert json.loads(request.body)["topic"] == "topic"


def test_an_address_is_shown_without_its_secrets() -> None:
    url = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general"
    assert place_of(url).startswith("slack://…")
    assert len(place_of(url)) == len("slack://…") + 6
    assert place_of(url) != place_of(url.replace("7FQ", "7FR"))
    assert "TIiaj" not in repr(Push(url))


@pytest.mark.parametrize("url", ["", "nonsense", "pigeon://secret", "slack://secret"])
def test_what_leads_nowhere_is_said_without_it(url: str) -> None:
    with pytest.raises(NoService) as found:
        place_of(url)
    assert "secret" not in str(found.value)
    assert isinstance(send(url), Deferred)


def test_what_is_too_long_keeps_whole_lines_and_its_links() -> None:
    text = "".join(f"line {number}\n" for number in range(100)) + FOOT
    found = shortened(text, 300)
    assert len(found) <= 300
    assert found.endswith("\n…" + FOOT)
    assert all(line in text.split("\n") for line in found.split("\n") if line != "…")
    assert shortened(text, 5_000) == text
    assert len(shortened("a" * 500, 100)) <= 100
