"""A message in the form of a mail, for any server and any mail program.

No line is longer than 76 octets, and none has a byte above 127: what a server does to other lines
is its own business. Only headers that mail programs do not unfold stand on one line.
"""

from __future__ import annotations

import quopri
from base64 import b64encode
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any, Literal

from newswatch.delivery.channel import Message

LINE = 76  # octets (RFC 2045, 6.7 and 6.8)
_WHOLE = frozenset(("list-id", "list-unsubscribe", "list-unsubscribe-post", "message-id"))


class MailPolicy(EmailPolicy):
    """As `email.policy.SMTP`, which folds a long address into encoded words that no mail program
    reads in a header of addresses."""

    def fold(self, name: str, value: Any) -> str:
        if name.lower() in _WHOLE:
            return f"{name}: {value}{self.linesep}"
        if name.lower() == "subject" and not (self.utf8 or str(value).isascii()):
            # `super` loses blanks between encoded words (Python 3.11)
            words = Header(str(value), "utf-8", LINE, name).encode(linesep=self.linesep)
            return f"{name}: {words}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii")


POLICY = MailPolicy(linesep="\r\n", max_line_length=LINE)


def as_mail(message: Message, sender: str, reply_to: str = "") -> EmailMessage:
    """The multipart mail of a message.

    Where the unsubscribe address is a page, mail programs may act on it with one click (RFC 8058);
    it may be a mailto address (RFC 2369). Raises ValueError for what can stand in no header.
    """
    mail = EmailMessage(policy=POLICY)
    mail["From"], mail["To"], mail["Subject"] = sender, message.to, message.subject
    if reply_to:
        mail["Reply-To"] = reply_to
    mail["Date"], mail["Auto-Submitted"] = format_datetime(message.sent_at), "auto-generated"
    if message.message_id:
        mail["Message-ID"] = message.message_id
    if message.unsubscribe:
        mail["List-Id"] = f"newswatch digest <digest.{mail['From'].addresses[0].domain}>"
        mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        if message.unsubscribe.startswith("https://"):
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text, cte=_transfer_encoding(message.text))
    if message.html:
        encoding = _transfer_encoding(message.html)
        mail.add_alternative(message.html, subtype="html", cte=encoding)
    return mail


def _transfer_encoding(text: str) -> Literal["7bit", "quoted-printable", "base64"]:
    """The text as it is where that can be sent, else whichever is smaller."""
    raw = text.encode()
    lines = raw.splitlines()
    if raw.isascii() and b"\0" not in raw and max(map(len, lines), default=0) <= LINE:
        return "7bit"
    quoted, coded = len(quopri.encodestring(raw)), len(b64encode(raw)) * (LINE + 2) // LINE
    return "quoted-printable" if quoted <= coded else "base64"
