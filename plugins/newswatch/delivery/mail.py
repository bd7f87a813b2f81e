"""Mail: a message in its form, handed to an SMTP server."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from newswatch.delivery.channel import Message, Outcome, Refused, Sent, Uncertain
from newswatch.masking import masked

TIMEOUT = 30.0
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
# `policy.SMTP` would fold a long List-Unsubscribe into encoded words, which mail programs ignore.
POLICY = SMTP.clone(max_line_length=998)


@dataclass(frozen=True, slots=True)
class Mail:
    """The server of an SMTP URL (as `Settings.smtp_url`), and who the mails are from."""

    url: str
    sender: str

    def send(self, message: Message) -> Outcome:
        """Over a connection of its own: no mail waits for, or fails with, another."""
        if not self.url:
            return Refused("no mail server is set: write its address to NEWSWATCH_SMTP_URL")
        try:
            mail = as_mail(message, self.sender)
            server = self._connected()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            return Refused(f"{self._place}: {self._without_password(error)}")
        try:
            return _hand_over(server, mail, message.to)
        finally:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()

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


def as_mail(message: Message, sender: str) -> EmailMessage:
    """The multipart mail, with the header that mail programs show as "unsubscribe" (RFC 2369)."""
    mail = EmailMessage(policy=POLICY)
    mail["From"], mail["To"], mail["Subject"] = sender, message.to, message.subject
    mail["Date"], mail["Auto-Submitted"] = format_datetime(message.sent_at), "auto-generated"
    if message.message_id:
        mail["Message-ID"] = message.message_id
    if message.unsubscribe:
        mail["List-Id"] = "newswatch digest <digest.newswatch>"
        mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    return mail


def _hand_over(server: smtplib.SMTP, mail: EmailMessage, to: str) -> Outcome:
    try:
        server.ehlo_or_helo_if_needed()
        # An address that is not ASCII is for servers that say so only (RFC 6531).
        international = ["SMTPUTF8"] if not to.isascii() and server.has_extn("smtputf8") else []
        server.command_encoding = "utf-8" if international else "ascii"
        body = mail.as_bytes(policy=POLICY.clone(utf8=bool(international)))
        sender = str(mail["From"].addresses[0].addr_spec)
        for step, answer in (
            ("sender", server.mail(sender, international)),
            ("recipient", server.rcpt(to)),
        ):
            if refused := _refusal(server, step, answer):
                return refused
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return Refused(str(error))
    try:
        # SMTPException is an OSError: what is certain has to be told apart first.
        answer = server.data(body)
    except smtplib.SMTPDataError as error:
        return Refused(f"data: {error.smtp_code} {error.smtp_error!r}")
    except (OSError, smtplib.SMTPException) as error:
        return Uncertain(f"the connection broke after DATA: {error}")
    return _refusal(server, "message", answer) or Sent()


def _refusal(server: smtplib.SMTP, step: str, answer: tuple[int, bytes]) -> Refused | None:
    code, said = answer
    if code in (250, 251):
        return None
    with contextlib.suppress(OSError, smtplib.SMTPException):
        server.rset()
    return Refused(f"{step}: {code} {said.decode(errors='replace')}")
