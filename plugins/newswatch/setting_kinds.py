"""What values of settings make sense: each kind says what is wrong with one, and the mend."""

from __future__ import annotations

import math
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urlsplit

from newswatch.addresses.mailbox import is_mailbox


@dataclass(frozen=True, slots=True)
class Between:
    """A number that makes sense, ends included."""

    least: float
    most: float

    def problem(self, value: float) -> tuple[str, str] | None:
        """What is wrong with a value, and the mend."""
        if math.isfinite(value) and self.least <= value <= self.most:
            return None
        return "out of range", f"write a number from {self.least:,g} to {self.most:,g}"


@dataclass(frozen=True, slots=True)
class MailServer:
    """The address of an SMTP server, or nothing."""

    def problem(self, value: str) -> tuple[str, str] | None:
        if not value:
            return None
        mend = "write smtp://host:port, smtp+starttls://user:password@host or smtps://..., and"
        mend += " what is special in user and password percent-encoded: @ is %40"
        try:
            parts = urlsplit(value)
            good = (
                parts.scheme in ("smtp", "smtp+starttls", "smtps")
                and bool(parts.hostname)
                and parts.port != 0
                and not (parts.path or parts.query or parts.fragment)
                and is_printable(value, blanks=False)
            )
        except ValueError:
            good = False
        return None if good else ("no SMTP address", mend)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The address of a person, with or without a name before it."""

    needed: bool

    def problem(self, value: str) -> tuple[str, str] | None:
        if not value and not self.needed:
            return None
        _, address = parseaddr(value)
        if not (is_printable(value) and is_mailbox(address)):
            return "no mail address", "write name@host, or Name <name@host>"
        if not address.isascii():  # not every server takes it as the sender of a mail
            return "not ASCII", "write the host as the network does, xn--..., and a plain name"
        return None


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where pages lie; empty: nowhere."""

    def problem(self, value: str) -> tuple[str, str] | None:
        try:
            parts = urlsplit(value)
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            good = False
        if not value or (
            good
            and value.isascii()
            and is_printable(value, blanks=False)
            and not (parts.query or parts.fragment)
        ):
            return None
        return "no address of pages", "write https://host or https://host/path"


@dataclass(frozen=True, slots=True)
class Secret:
    """What signs, or opens a door; empty: there is none. It is told nowhere."""

    least: int  # characters

    def problem(self, value: str) -> tuple[str, str] | None:
        if not value or len(value) >= self.least:
            return None
        mend = f"write {self.least} characters that nobody can guess, as of `openssl rand -hex 32`"
        return "too short", mend


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Addresses that are asked over HTTP, one or several, or none."""

    def problem(self, value: str | tuple[str, ...]) -> tuple[str, str] | None:
        wanted = [address for address in ([value] if isinstance(value, str) else value) if address]
        try:
            good = all(
                is_printable(address, blanks=False)
                and urlsplit(address).scheme in ("http", "https")
                and bool(urlsplit(address).hostname)
                and urlsplit(address).port != 0
                for address in wanted
            )
        except ValueError:
            good = False
        return None if good else ("no web address", "write https://host/path")


@dataclass(frozen=True, slots=True)
class Services:
    """Addresses of services in apprise's form, or none. Apprise says which of them it knows."""

    def problem(self, value: tuple[str, ...]) -> tuple[str, str] | None:
        good = all(
            is_printable(address, blanks=False) and "://" in address[1:] for address in value
        )
        mend = "write it as in ntfy://host/topic: appriseit.com/services"
        return None if good else ("no address of a service", mend)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these words."""

    words: tuple[str, ...]

    def problem(self, value: str) -> tuple[str, str] | None:
        return None if value in self.words else ("not known", f"write {' or '.join(self.words)}")


@dataclass(frozen=True, slots=True)
class Folder:
    """The absolute path of a folder, or nothing."""

    def problem(self, value: str) -> tuple[str, str] | None:
        if not value or (value.startswith("/") and is_printable(value)):
            return None
        return "no absolute path", "write it from / on"


@dataclass(frozen=True, slots=True)
class OneLine:
    """A text that may stand in a header."""

    def problem(self, value: str) -> tuple[str, str] | None:
        return (
            None
            if is_printable(value)
            else ("it holds a control character", "write one plain line")
        )


def is_printable(text: str, *, blanks: bool = True) -> bool:
    """Whether it can be stored and sent as one line."""
    return text.isprintable() and (blanks or " " not in text)
