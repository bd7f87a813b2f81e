"""What is certain of a message handed over by HTTP, whichever channel does it."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from loopback import Reply, raw_server, serving
from newswatch.delivery.channel import Channel, Deferred, Message, Outcome, Refused, Uncertain
from newswatch.delivery.push import Push
from newswatch.delivery.webhook import Webhook

MESSAGE = Message(
    to="", subject="Alert", text="NEW  Envoy lands\n", sent_at=datetime(2026, 1, 14, 9, tzinfo=UTC)
)
# Each takes an address of http://.
CHANNELS: dict[str, Callable[[str], Channel]] = {
    "webhook": Webhook,
    "push": lambda address: Push(address.replace("http", "json", 1)),
}


@pytest.fixture(params=CHANNELS)
def send(request: pytest.FixtureRequest) -> Callable[[str], Outcome]:
    made = CHANNELS[request.param]
    return lambda address: made(address).send(MESSAGE)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((status, Refused) for status in (400, 404, 410)),
        *((status, Deferred) for status in (302, 408, 429, 500, 503)),
    ],
)
def test_what_the_server_does_not_take_was_not_delivered(
    send: Callable[[str], Outcome],
    status: int,
    outcome: type[Deferred | Refused],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with serving() as site, caplog.at_level(logging.DEBUG, "apprise"):
        site.otherwise = Reply(status)
        found = send(f"{site.base}/secret")
    assert isinstance(found, outcome)
    assert f"HTTP {status}" in found.reason
    assert "secret" not in found.reason


def test_nobody_listens(send: Callable[[str], Outcome]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    found = send(f"http://127.0.0.1:{port}/secret")
    assert isinstance(found, Deferred)
    assert "secret" not in found.reason


def test_a_connection_that_breaks_may_have_delivered(send: Callable[[str], Outcome]) -> None:
    def hang_up(connection: socket.socket) -> None:
        connection.recv(65_536)

    with raw_server(hang_up) as url:
        assert isinstance(send(url), Uncertain)
