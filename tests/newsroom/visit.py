"""One GET as a test makes it."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    headers: Message


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def get(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    """The answer, whatever its status; redirects are not followed, nothing is unpacked."""
    try:
        with _opener.open(urllib.request.Request(url, headers=dict(headers or {})), timeout=5) as r:
            return Answer(r.status, r.read(), r.headers)
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.read(), error.headers)
