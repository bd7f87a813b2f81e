"""A real SMTP server on loopback that keeps what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from launcher.processes import free_port


class Mailbox:
    """Files each mail as NN.eml in a folder; a context manager."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._received = 0
        self._controller = self._server()

    def _server(self) -> Controller:
        return Controller(self, hostname="127.0.0.1", port=self.port)

    @contextmanager
    def away(self) -> Iterator[None]:
        """In this block nobody listens."""
        self._controller.stop()
        try:
            yield
        finally:
            self._controller = self._server()
            self._controller.start()

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self._received += 1
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        (self.folder / f"{self._received:02}.eml").write_bytes(raw)
        return "250 kept"

    def __enter__(self) -> Mailbox:
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("*.*"):
            old.unlink()
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()
