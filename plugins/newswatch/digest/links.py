"""Addresses that only one reader was given: whose they are and what for stands in them, signed.

Who holds such an address acts for its reader, in what it is for and in nothing else.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from newswatch.models import ArticleId, ReaderId, Rhythm

Purpose = Literal["unsubscribe", "preferences", "edition", "archive", "judge"]
_SIGNATURE = 20  # bytes
_FORM = "newswatch link 1"  # signed with the rest: another form has other signatures


@dataclass(frozen=True, slots=True)
class Link:
    """What an address is for. `edition` is the local date of the edition that carried it, or that
    it shows."""

    reader: ReaderId  # stays with who is renamed
    purpose: Purpose
    edition: date | None = None
    rhythm: Rhythm = "daily"  # of that edition
    flag: tuple[str, ArticleId] | None = None  # a topic, and the article that it is about


def address(public_url: str, link: Link, secret: str) -> str:
    """Where the product's pages lie, the purpose, and the token that `read` takes."""
    return f"{public_url.rstrip('/')}/{link.purpose}/{make(link, secret)}"


def make(link: Link, secret: str) -> str:
    """The token of a link: letters, digits, `-` and `_`; the same for the same link and secret."""
    said: list[object] = [
        link.reader,
        link.purpose,
        link.edition.isoformat() if link.edition else "",
    ]
    said += [link.rhythm] if link.rhythm != "daily" or link.flag else []
    said += link.flag or ()
    payload = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(_signature(payload, secret) + payload).rstrip(b"=").decode()


def read(token: str, secret: str) -> Link | None:
    """The link of a token that `make` made with this secret; None for any other string, and where
    there is no secret."""
    if not secret or not token.isascii():
        return None
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    signature, payload = raw[:_SIGNATURE], raw[_SIGNATURE:]
    if not hmac.compare_digest(signature, _signature(payload, secret)):
        return None
    reader, purpose, day, *more = json.loads(payload)
    edition = date.fromisoformat(day) if day else None
    rhythm, *flag = more or ["daily"]
    link = Link(ReaderId(reader), purpose, edition, rhythm, tuple(flag) or None)
    # The same bytes can be written in several ways; one of them is the address that was given out.
    return link if purpose in get_args(Purpose) and make(link, secret) == token else None


def _signature(payload: bytes, secret: str) -> bytes:
    signed = _FORM.encode() + b"\n" + payload
    return hmac.digest(secret.encode(), signed, "sha256")[:_SIGNATURE]
