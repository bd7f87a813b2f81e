"""A mail server on loopback that does what it is told to: takes, refuses, hangs up."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from types import TracebackType
from typing import Literal, cast

Conduct = Literal[
    "takes",
    "away",  # hangs up at once
    "is busy",  # 451 for the recipient
    "knows nobody",  # 550 for the recipient
    "is full",  # 452 for the message
    "takes no such mail",  # 554 for the message
    "drops before the text",
    "drops the text",  # hangs up once it has the whole mail, and forgets it
    "takes and says nothing",  # hangs up once it has the whole mail, and keeps it
]
_ANSWERS: dict[Conduct, str] = {
    "is busy": "451 4.3.2 come again",
    "knows nobody": "550 5.1.1 no such mailbox",
    "is full": "452 4.2.2 mailbox full",
    "takes no such mail": "554 5.7.1 refused",
}


@dataclass(frozen=True)
class Received:
    """A mail that the server keeps."""

    to: str
    mail: EmailMessage

    @cached_property
    def text(self) -> str:
        part = self.mail.get_body(("plain",))
        assert part is not None
        return cast(str, part.get_content())


class PostOffice:
    """`conduct` says what happens to the next mail for an address; `received` is what it keeps."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.conduct: Callable[[str], Conduct] = lambda to: "takes"
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> PostOffice:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def to(self, address: str) -> list[Received]:
        return [received for received in self.received if received.to == address]

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return  # closed
            with connection, connection.makefile("rwb") as stream:
                try:
                    self._play(_Lines(stream))
                except (ConnectionError, _HungUp):
                    continue

    def _play(self, lines: _Lines) -> None:
        if self.conduct("") == "away":
            return
        lines.say("220 hello")
        to, conduct = "", self.conduct("")
        while True:
            command = lines.hear().decode().strip()
            match command.split(":")[0].split(" ")[0].upper():
                case "RCPT":
                    to = command.partition("<")[2].partition(">")[0]
                    conduct = self.conduct(to)
                    refused = conduct in ("is busy", "knows nobody")
                    lines.say(_ANSWERS[conduct] if refused else "250 ok")
                case "DATA":
                    if conduct == "drops before the text":
                        return
                    lines.say("354 go on")
                    text = lines.hear_text()
                    if conduct == "drops the text":
                        return
                    if conduct in ("is full", "takes no such mail"):
                        lines.say(_ANSWERS[conduct])
                        continue
                    mail = message_from_bytes(text, policy=default)
                    self.received.append(Received(to, cast(EmailMessage, mail)))
                    if conduct == "takes and says nothing":
                        return
                    lines.say("250 kept")
                case "QUIT":
                    lines.say("221 bye")
                    return
                case _:
                    lines.say("250 ok")


class _HungUp(Exception):
    pass


class _Lines:
    def __init__(self, stream: socket.SocketIO | object) -> None:
        self._stream = cast("socket.SocketIO", stream)

    def say(self, line: str) -> None:
        self._stream.write(line.encode() + b"\r\n")
        self._stream.flush()

    def hear(self) -> bytes:
        line = self._stream.readline()
        if not line:
            raise _HungUp
        return bytes(line)

    def hear_text(self) -> bytes:
        text = b""
        while (line := self.hear()) != b".\r\n":
            text += line[1:] if line.startswith(b".") else line
        return text
