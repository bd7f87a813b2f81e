"""Handing over a mail: what is certain, and what is not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from demo.mailbox import Mailbox
from launcher.processes import free_port
from newswatch.delivery.mail import Outgoing
from newswatch.errors import MailError, MailRefused, MailUncertain, SettingError


def mail() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a <a@x.example>", "b@y.example", "hello"
    made.set_content("body\n.\nafter a dot")
    return made


def send(port: int) -> None:
    with Outgoing(f"smtp://127.0.0.1:{port}") as server:
        server.send(mail(), "b@y.example")


def test_it_arrives_as_it_was_sent(tmp_path: Path) -> None:
    with Mailbox(tmp_path / "mail") as mailbox:
        send(mailbox.port)
        send(mailbox.port)
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


@pytest.mark.parametrize("step", ["sender", "recipient", "message"])
@pytest.mark.parametrize("answer", ["550 no such reader", "451 try later"])
def test_a_refusal_is_certain(step: str, answer: str) -> None:
    with refusing(step, answer) as port, pytest.raises(MailRefused, match=answer.split()[0]):
        send(port)


@contextmanager
def breaking(after: bytes) -> Iterator[int]:
    """A server that plays along and hangs up once it has seen a certain line."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def play() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"220 hello\r\n")
                seen = b""
                while after not in seen:
                    seen += connection.recv(4096)
                    if after not in seen and seen.endswith(b"\r\n"):
                        data = seen.splitlines()[-1].upper().startswith(b"DATA")
                        connection.sendall(b"354 go on\r\n" if data else b"250 ok\r\n")

        thread = threading.Thread(target=play)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(
    ("after", "error"),
    [
        (b"ehlo", MailRefused),
        (b"mail FROM", MailRefused),
        (b"rcpt TO", MailRefused),
        (b"\r\n.\r\n", MailUncertain),
    ],
    ids=["greeting", "sender", "recipient", "after-data"],
)
def test_a_broken_connection_is_uncertain_only_after_the_hand_over(
    after: bytes, error: type[MailError]
) -> None:
    with breaking(after) as port, pytest.raises(error):
        send(port)


def test_a_server_that_is_not_there_is_certain() -> None:
    with pytest.raises(MailRefused, match=r"127\.0\.0\.1:1"):
        send(1)


@pytest.mark.parametrize("url", ["http://x", "smtp://", "localhost:25", ""])
def test_a_wrong_address_is_an_input_error(url: str) -> None:
    with pytest.raises(SettingError, match="is no SMTP address; write smtp://host:port"):
        Outgoing(url)
