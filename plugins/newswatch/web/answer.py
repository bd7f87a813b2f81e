"""What a server said, as bytes and as text that can be stored, sent back and shown.

Servers send headers and status lines in any charset, with controls and line breaks in them. They
are cleaned here, once, so that nobody after this has to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from newswatch.text.invisible import without_unseen

MAX_VALIDATOR = 1_000  # bytes of an ETag or a date that are kept and sent back
MAX_SENTENCE = 300

RawHeaders = Iterable[tuple[bytes, bytes]]

# Of these the first counts (RFC 9110, 5.3: they are no lists); others that come twice are joined.
_SINGLE = frozenset(
    {
        *("age", "content-length", "content-type", "date", "etag", "expires", "last-modified"),
        *("location", "retry-after", "server"),
    }
)
_SPACES = re.compile(r"\s+")
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, its body still encoded."""

    status: int
    reason: str
    headers: Mapping[str, str]  # names in lower case, values clean
    location: bytes | None = None  # as sent
    cookies: tuple[str, ...] = ()  # each Set-Cookie
    body: bytes = b""
    is_cut: bool = False  # the connection ended before the body did


def answer_from(
    status: int, reason: str | bytes, raw: RawHeaders, body: bytes = b"", *, is_cut: bool = False
) -> Answer:
    """From what a parser of HTTP gives."""
    raw = list(raw)
    if isinstance(reason, str):
        reason = reason.encode("utf-8", "surrogateescape")
    locations = [value for name, value in raw if name.lower() == b"location"]
    cookies = [clean(value) for name, value in raw if name.lower() == b"set-cookie"]
    return Answer(
        status,
        clean(reason),
        headers_from(raw),
        location=locations[0] if locations else None,
        cookies=tuple(cookies),
        body=body,
        is_cut=is_cut,
    )


def headers_from(raw: RawHeaders) -> dict[str, str]:
    """Names in lower case. A validator that could not be sent back byte for byte is left out: it
    would ask about something else."""
    headers: dict[str, str] = {}
    for name_sent, value_sent in raw:
        name = clean(name_sent).lower()
        if name in ("etag", "last-modified") and not _can_be_sent_back(value_sent):
            continue
        if name not in headers:
            headers[name] = clean(value_sent)
        elif name not in _SINGLE:
            headers[name] += f", {clean(value_sent)}"
    return headers


def clean(sent: bytes) -> str:
    """One line without controls: UTF-8, or what bytes that are not would be in Windows-1252."""
    try:
        text = sent.decode("utf-8")
    except UnicodeDecodeError:
        text = sent.decode("cp1252", "replace")
    return one_line(text)


def one_line(text: str) -> str:
    """`text` without line breaks and without characters that nobody sees."""
    return without_unseen(_SPACES.sub(" ", text)).strip()


def sentence(text: str) -> str:
    """`text` for a log or a table: one line, and not a long one."""
    line = one_line(text)
    return line if len(line) <= MAX_SENTENCE else f"{line[:MAX_SENTENCE]}…"


def address_sent(sent: bytes) -> str:
    """The address in a Location header, without what an address cannot have: controls, spaces and
    bytes that are no UTF-8 become percent-escapes."""
    sent = sent.strip()
    try:
        text = sent.decode("utf-8")
    except UnicodeDecodeError:
        return quote(sent, safe=_PRINTABLE)
    return "".join(
        char if char.isprintable() and not char.isspace() else quote(char) for char in text
    )


def _can_be_sent_back(value: bytes) -> bool:
    """Headers are sent in UTF-8."""
    try:
        return clean(value) == value.decode("utf-8").strip() and len(value) <= MAX_VALIDATOR
    except UnicodeDecodeError:
        return False
