"""The body of an answer as it was before it was encoded for the way.

Servers say of bodies what is not so: gzip of what is plain, nothing of what is gzip, gzip once of
what is gzip twice, a length that is another. What the bytes themselves say wins.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"  # how they begin
LAYERS = 3  # of encoding, said or not
CHUNK = 65_536

_FIRST_TAG = re.compile(rb"<\s*([A-Za-z_][\w:.-]*)")
_END = re.compile(rb"</\s*([A-Za-z_][\w:.-]*)\s*>(?:\s|<!--[^>]*-->)*\Z")


class TooLarge(Exception):
    """The decoded body is larger than it may be."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body, and what was wrong with its encoding; empty if nothing was."""

    body: bytes
    problem: str = ""


def decoded(body: bytes, codings: str, limit: int) -> Decoded:
    """Undo the content codings that a header names, and gzip and zstd that it does not.

    A body that is not in the coding it is said to be in is undone by another if a whole document
    comes of it, else taken as it is. Of one that breaks off this is what comes before. Raises
    `TooLarge` at more than `limit` bytes, having made no more.
    """
    found = Decoded(body)
    layers = 0
    for coding in reversed(codings.lower().split(",")):
        undo = _DECODERS.get(coding.strip())
        if undo is not None and layers < LAYERS:
            found, layers = _undone_somehow(found, undo, limit), layers + 1
    while (evident := _evident(found.body)) and layers < LAYERS:
        found, layers = _undone(found, evident, limit), layers + 1
    if len(found.body) > limit:
        raise TooLarge
    return found


def is_whole(body: bytes) -> bool:
    """Whether a document ends as it began, with its first tag or bracket: what a connection that
    broke off before its announced end may still have brought in full."""
    trimmed = body.strip(b"\xef\xbb\xbf \t\r\n\0")
    if trimmed[:1] in (b"{", b"["):
        return _is_json(trimmed)
    end = _END.search(trimmed[-2_000:])
    begin = _FIRST_TAG.search(trimmed[:20_000])
    return begin is not None and end is not None and begin[1].lower() == end[1].lower()


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


Undo = Callable[[bytes], Iterator[bytes]]


def _evident(body: bytes) -> Undo | None:
    """What undoes the coding that the first bytes show."""
    if body.startswith(GZIP):
        return _gunzip
    return _unzstd if body.startswith(ZSTD) else None


def _undone_somehow(before: Decoded, said: Undo, limit: int) -> Decoded:
    """One layer off, whichever it is."""
    evident = _evident(before.body)
    found = _undone(before, evident or said, limit)
    if evident or (found is not before and found.problem == before.problem):
        return found
    for undo in (_undeflate, _unbrotli):
        other = _undone(before, undo, limit)
        if undo is not said and is_whole(other.body):
            return other
    return found


def _undone(before: Decoded, undo: Undo, limit: int) -> Decoded:
    """One layer off; what is no such layer stays."""
    parts: list[bytes] = []
    size = 0
    problem = before.problem
    try:
        for part in undo(before.body):
            size += len(part)
            if size > limit:
                raise TooLarge
            parts.append(part)
    except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
        if is_whole(before.body) or not (size or before.body.startswith(GZIP)):
            return before
        if not is_whole(b"".join(parts)):  # else only its check sum is wrong, or lacks
            problem = f"its compressed body is broken: {error}"
    return Decoded(b"".join(parts), problem)


def _gunzip(body: bytes) -> Iterator[bytes]:
    """All members; what follows the last one is no part of it."""
    if not body.startswith(GZIP):
        raise EOFError("it is no gzip")
    while body.startswith(GZIP):
        member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        yield from _inflate(member, body)
        body = member.unused_data.lstrip(b"\0")


def _undeflate(body: bytes) -> Iterator[bytes]:
    """With zlib's header, as the standard wants it, or without, as many servers send it."""
    try:
        zlib.decompressobj().decompress(body[:CHUNK], 1)
        wbits = zlib.MAX_WBITS
    except zlib.error:
        wbits = -zlib.MAX_WBITS
    yield from _inflate(zlib.decompressobj(wbits), body)


def _inflate(stream: zlib._Decompress, body: bytes) -> Iterator[bytes]:
    while body and not stream.eof:
        yield stream.decompress(body, CHUNK)
        body = stream.unconsumed_tail
    if not stream.eof:
        yield stream.flush()
        raise EOFError("it breaks off")


def _unbrotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    while not stream.is_finished():
        part = stream.process(body, output_buffer_limit=CHUNK)
        if not part and stream.can_accept_more_data() and not stream.is_finished():
            raise EOFError("it breaks off")
        yield part
        body = b""


def _unzstd(body: bytes) -> Iterator[bytes]:
    """All frames."""
    while body:
        stream = zstd.ZstdDecompressor()
        while not stream.eof:
            yield stream.decompress(body, CHUNK)
            if stream.needs_input and not stream.eof:
                raise EOFError("it breaks off")
            body = b""
        body = stream.unused_data
        if not body.startswith(ZSTD):
            break


_DECODERS: dict[str, Undo] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,  # RFC 9110, 8.4.1.3
    "deflate": _undeflate,
    "x-deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
