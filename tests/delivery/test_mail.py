"""Mail as a channel: its form, and what is certain and what is not when it is handed over."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from demo.mailbox import Mailbox
from launcher.processes import free_port
from newswatch.delivery.channel import (
    Channel,
    Deferred,
    Message,
    Outcome,
    Refused,
    Sent,
    Uncertain,
)
from newswatch.delivery.mail import Mail

MESSAGE = Message(
    to="b@y.example",
    subject="hello",
    text="body\n.\nafter a dot",
    sent_at=datetime(2026, 1, 14, 9, 0, tzinfo=UTC),
)
SENDER = "a <a@x.example>"


def send(port: int, message: Message = MESSAGE, login: str = "") -> Outcome:
    channel: Channel = Mail(f"smtp://{login}127.0.0.1:{port}", SENDER)
    return channel.send(message)


def test_it_arrives_as_it_was_sent(tmp_path: Path) -> None:
    with Mailbox(tmp_path / "mail") as mailbox:
        assert send(mailbox.port) == Sent()
        assert send(mailbox.port) == Sent()
    first, second = sorted((tmp_path / "mail").glob("*.eml"))
    assert b"Subject: hello" in first.read_bytes()
    assert b"after a dot" in second.read_bytes()


class Refusing:
    """Refuses at one step."""

    def __init__(self, step: str, answer: str) -> None:
        self.step, self.answer = step, answer

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.answer if self.step == "sender" else "250 ok"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.step == "recipient":
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        return self.answer


@contextmanager
def refusing(step: str, answer: str) -> Iterator[int]:
    port = free_port()
    controller = Controller(Refusing(step, answer), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.mark.parametrize(
    ("step", "answer", "outcome"),
    [
        ("sender", "451 try later", Deferred),
        ("sender", "550 who are you", Deferred),  # ours to mend
        ("recipient", "451 try later", Deferred),
        ("recipient", "550 no such reader", Refused),
        ("message", "451 try later", Deferred),
        ("message", "554 we do not want it", Refused),
    ],
)
def test_a_refusal_is_certain_and_for_good_if_it_is_of_reader_or_message(
    step: str, answer: str, outcome: type[Deferred | Refused]
) -> None:
    with refusing(step, answer) as port:
        found = send(port)
    assert isinstance(found, outcome)
    assert answer in found.reason


@contextmanager
def breaking(after: bytes) -> Iterator[int]:
    """A server that plays along and hangs up once it has seen a certain line."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def play() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"220 hello\r\n")
                seen, is_text = b"", False
                while after not in seen:
                    received = connection.recv(4096)
                    if not received:
                        return
                    seen += received
                    if after not in seen and seen.endswith(b"\r\n") and not is_text:
                        is_text = seen.splitlines()[-1].upper().startswith(b"DATA")
                        connection.sendall(b"354 go on\r\n" if is_text else b"250 ok\r\n")

        thread = threading.Thread(target=play)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(
    ("after", "outcome"),
    [
        (b"ehlo", Deferred),
        (b"mail FROM", Deferred),
        (b"rcpt TO", Deferred),
        (b"DATA", Deferred),  # no byte of the mail was given
        (b"\r\n.\r\n", Uncertain),
    ],
    ids=["greeting", "sender", "recipient", "before-the-text", "after-the-text"],
)
def test_a_broken_connection_is_uncertain_only_after_the_hand_over(
    after: bytes, outcome: type[Outcome]
) -> None:
    handed_over: list[bool] = []
    with breaking(after) as port:
        channel: Channel = Mail(f"smtp://127.0.0.1:{port}", SENDER)
        found = channel.send(MESSAGE, lambda: handed_over.append(True))
    assert isinstance(found, outcome)
    assert bool(handed_over) == (outcome is Uncertain)


def test_what_ends_the_attempt_before_the_hand_over_leaves_no_mail(tmp_path: Path) -> None:
    def away() -> None:
        raise ConnectionError("the database is away")

    with Mailbox(tmp_path / "mail") as mailbox:
        channel: Channel = Mail(f"smtp://127.0.0.1:{mailbox.port}", SENDER)
        with pytest.raises(ConnectionError):
            channel.send(MESSAGE, away)
        assert channel.send(MESSAGE) == Sent()
        assert len(list(mailbox.folder.glob("*.eml"))) == 1


def test_a_server_that_is_not_there_is_certain() -> None:
    outcome = send(1)
    assert isinstance(outcome, Deferred)
    assert outcome.reason.startswith("127.0.0.1:1: ")


@pytest.mark.parametrize("offered", [True, False])
def test_an_address_that_is_not_ascii_is_for_servers_that_take_it(
    tmp_path: Path, offered: bool
) -> None:
    port, kept = free_port(), Keeping()
    controller = Controller(kept, hostname="127.0.0.1", port=port, enable_SMTPUTF8=offered)
    controller.start()
    try:
        outcome = send(port, replace(MESSAGE, to="жук@y.example"))
    finally:
        controller.stop()
    if offered:
        assert (outcome, kept.recipients) == (Sent(), ["жук@y.example"])
    else:
        assert outcome == Refused(
            "жук@y.example: the mail server takes ASCII letters only before the @"
        )
        assert kept.recipients == []


class Keeping:
    """Takes every mail, and keeps whom it is for."""

    def __init__(self) -> None:
        self.recipients: list[str] = []

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.recipients += envelope.rcpt_tos
        return "250 kept"


ODD = ["pa@ss", "two words", "100%", "a:b/c", "p@ss w:rd%/#?", "päss"]


@pytest.mark.parametrize("password", ODD)
def test_a_password_of_any_characters_is_given_and_never_told(password: str) -> None:
    given: list[bytes] = []

    def check(server: object, session: object, envelope: object, how: str, data: Any) -> AuthResult:
        given.append(data.password)
        return AuthResult(success=False, handled=False)

    port = free_port()
    controller = Controller(
        Keeping(),
        hostname="127.0.0.1",
        port=port,
        authenticator=check,
        auth_require_tls=False,
    )
    controller.start()
    try:
        outcome = send(port, login=f"bob:{quote(password, safe='')}@")
    finally:
        controller.stop()
    assert isinstance(outcome, Deferred)
    assert password not in outcome.reason
    if password.isascii():
        assert set(given) == {password.encode()}
