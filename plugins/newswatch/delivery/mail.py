"""Handing one mail to an SMTP server, and knowing what that means when it fails."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from newswatch.errors import MailRefused, MailUncertain, SettingError

TIMEOUT = 30.0
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class Outgoing:
    """An open connection to the server of an SMTP URL; a context manager.

    Raises `SettingError` for a malformed URL, `MailRefused` if the server cannot be reached.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise SettingError(
                f"NEWSWATCH_SMTP_URL={url!r} is no SMTP address",
                mend="write smtp://host:port, smtp+starttls://user:password@host or smtps://...",
            )
        host, port = parts.hostname, parts.port or _PORTS[parts.scheme]
        context = ssl.create_default_context()
        try:
            if parts.scheme == "smtps":
                self._server: smtplib.SMTP = smtplib.SMTP_SSL(
                    host, port, timeout=TIMEOUT, context=context
                )
            else:
                self._server = smtplib.SMTP(host, port, timeout=TIMEOUT)
            if parts.scheme == "smtp+starttls":
                self._server.starttls(context=context)
            if parts.username:
                self._server.login(unquote(parts.username), unquote(parts.password or ""))
        except (OSError, smtplib.SMTPException) as error:
            raise MailRefused(f"{host}:{port}: {error}") from None

    def __enter__(self) -> Outgoing:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._server.quit()
        except (OSError, smtplib.SMTPException):
            self._server.close()

    def send(self, mail: EmailMessage, to: str) -> None:
        """Hand it over. Raises `MailRefused` if the server said no: nothing was delivered; and
        `MailUncertain` if the connection broke once the server had begun to take it."""
        sender = str(mail["From"].addresses[0].addr_spec)
        body = mail.as_bytes()
        try:
            self._server.ehlo_or_helo_if_needed()
            self._expect(self._server.mail(sender), "sender")
            self._expect(self._server.rcpt(to), "recipient")
        except (OSError, smtplib.SMTPException) as error:
            raise MailRefused(str(error)) from None
        try:
            # SMTPException is an OSError: what is certain has to be told apart first.
            code, said = self._server.data(body)
        except smtplib.SMTPDataError as error:
            raise MailRefused(f"data: {error.smtp_code} {error.smtp_error!r}") from None
        except (OSError, smtplib.SMTPException) as error:
            raise MailUncertain(f"the connection broke after DATA: {error}") from None
        self._expect((code, said), "message")

    def _expect(self, answer: tuple[int, bytes], what: str) -> None:
        code, said = answer
        if code not in (250, 251):
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._server.rset()
            raise MailRefused(f"{what}: {code} {said.decode(errors='replace')}")
