"""Mail: a message handed to an SMTP server."""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from newswatch.delivery.channel import (
    Deferred,
    Message,
    Outcome,
    Refused,
    Sent,
    Uncertain,
    nothing,
)
from newswatch.delivery.form import POLICY, as_mail
from newswatch.delivery.sign import CannotSign, Signer
from newswatch.masking import masked

TIMEOUT = 30.0
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mail:
    """The server of an SMTP URL (as `Settings.smtp_url`), and who the mails are from."""

    url: str
    sender: str
    reply_to: str = ""
    signer: Signer | None = None

    def send(self, message: Message, hand_over: Callable[[], None] = nothing) -> Outcome:
        """Over a connection of its own: no mail waits for, or fails with, another."""
        if not self.url:
            return Deferred(
                "no mail server is set: write its address to NEWSWATCH_SMTP_URL", is_away=True
            )
        try:
            mail = as_mail(message, self.sender, self.reply_to)
        except ValueError as error:
            return Refused(f"no mail can be made of it: {error}")
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            return Deferred(f"{self._place}: {self._without_password(error)}", is_away=True)
        with contextlib.closing(server):
            outcome = self._hand_over(server, mail, message.to, hand_over)
            with contextlib.suppress(OSError, smtplib.SMTPException):
                server.quit()
            return outcome

    def _hand_over(
        self, server: smtplib.SMTP, mail: EmailMessage, to: str, hand_over: Callable[[], None]
    ) -> Outcome:
        """What is wrong with sender or server may be mended while the mail waits; a recipient or a
        message that is refused for good is so.

        Up to the line that ends the text, the server has no mail (RFC 5321, 4.1.1.4).
        """
        try:
            server.ehlo_or_helo_if_needed()
            # An address that is not ASCII is for servers that say so only (RFC 6531).
            international = ["SMTPUTF8"] if not to.isascii() and server.has_extn("smtputf8") else []
            if not (to.isascii() or international):
                return Refused(f"{to}: the mail server takes ASCII letters only before the @")
            server.command_encoding = "utf-8" if international else "ascii"
            body = self._in_bytes(mail, utf8=bool(international))
            sender = str(mail["From"].addresses[0].addr_spec)
            code, said = server.mail(sender, international)
            if code // 100 != 2:
                return Deferred(_answer("sender", code, said))
            code, said = server.rcpt(to)
            if code // 100 != 2:
                return _refusal("recipient", code, said)
            code, said = server.docmd("DATA")
            if code != 354:
                return _refusal("data", code, said)
            server.send(_LEADING_DOT.sub(b"..", body))
        except (OSError, smtplib.SMTPException, ValueError, CannotSign) as error:
            server.close()
            return Deferred(str(error))
        hand_over()
        try:
            code, said = server.docmd(".")
        except (OSError, smtplib.SMTPException) as error:
            server.close()
            return Uncertain(f"the connection broke before the answer: {error}")
        match code // 100:
            case 2:
                return Sent()
            case 4 | 5:
                return _refusal("message", code, said)
            case _:
                return Uncertain(_answer("message", code, said))

    def _in_bytes(self, mail: EmailMessage, *, utf8: bool) -> bytes:
        """The mail as it is sent, signed if that is wanted. Raises `CannotSign`."""
        body = mail.as_bytes(policy=POLICY.clone(utf8=utf8))
        body += b"" if body.endswith(b"\r\n") else b"\r\n"
        return self.signer.signed(body, mail["From"].addresses[0].domain) if self.signer else body

    @property
    def _place(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port or PORTS[parts.scheme]}"

    def _connected(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        context = ssl.create_default_context()
        server = (
            smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
            if parts.scheme == "smtps"
            else smtplib.SMTP(host, port, timeout=TIMEOUT)
        )
        try:
            if parts.scheme == "smtp+starttls":
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _without_password(self, error: Exception) -> str:
        """The error's words; some servers repeat what they were told."""
        return masked(str(error), unquote(urlsplit(self.url).password or ""))


def _refusal(step: str, code: int, said: bytes) -> Deferred | Refused:
    kind = Refused if code // 100 == 5 else Deferred
    return kind(_answer(step, code, said))


def _answer(step: str, code: int, said: bytes) -> str:
    return f"{step}: {code} {said.decode(errors='replace')}"
