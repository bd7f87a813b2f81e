"""The items of a document that no earlier poll has read: of a feed that changed, most is as it was.

An item is known by a hash of its markup. Only documents in which every item is identified by a guid
of its own are cut: elsewhere what an item is depends on the others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeGuard
from urllib.parse import urlsplit

from newswatch.models import ParsedEntry, ParsedFeed, ParseFailure

_SIZE = 8  # bytes of a hash
_OPEN = re.compile(r"<(item|entry)[\s>]")
_NEXT = re.compile(r"\s*(?=<(?:item|entry)[\s>])")
_WORD = re.compile(r"[A-Za-z0-9_~-]+")  # RFC 3986, 2.3: these are never escaped
_ESCAPED = re.compile(r"%[0-9A-F]{2}")
_ENCODES_LINKS = "news.google.com/"


@dataclass(frozen=True, slots=True)
class Cut:
    """A document as what precedes its items, the items, and what follows them."""

    head: str
    items: tuple[str, ...]
    tail: str

    @property
    def hashes(self) -> bytes:
        """Of the items, one after the other."""
        return b"".join(map(_hash, self.items))

    def split(self, seen: bytes) -> tuple[list[str], list[str]]:
        """The items without, and those with one of these hashes."""
        known = {seen[at : at + _SIZE] for at in range(0, len(seen), _SIZE)}
        unread: list[str] = []
        left_out: list[str] = []
        for item in self.items:
            (left_out if _hash(item) in known else unread).append(item)
        return unread, left_out


def cut(text: str) -> Cut | None:
    """Cut an RSS, RDF or Atom document; None where the items do not plainly follow one another.

    Goes over each character once, whatever the document holds.
    """
    first = _OPEN.search(text)
    if first is None:
        return None
    close = f"</{first[1]}>"
    items = []
    start = first.start()
    while True:
        end = text.find(close, start)
        if end < 0:
            return None
        end += len(close)
        items.append(text[start:end])
        following = _NEXT.match(text, end)
        if following is None:
            break
        start = following.end()
    if _OPEN.search(text, end) or text.find(close, end) >= 0:
        return None
    return Cut(text[: first.start()], tuple(items), text[end:])


def can_be_cut(parsed: ParsedFeed | ParseFailure, items: int) -> TypeGuard[ParsedFeed]:
    """Whether what was parsed of a document with so many items has nothing wrong with it, and each
    item is known by a guid of its own."""
    return (
        isinstance(parsed, ParsedFeed)
        and parsed.problem is None
        and len(parsed.entries) == parsed.items == items
        and all(entry.key.startswith("guid:") for entry in parsed.entries)
    )


def stand_alone(entries: Sequence[ParsedEntry], left_out: Sequence[str]) -> bool:
    """Whether these entries, all known by guids, would be the same among the items left out.

    They would not if one of those bears the same guid or leads to the same page. Where this is
    not plain from the markup the answer is no.
    """
    items = "\0".join(left_out)
    return not any(_bears_guid(items, entry) or _leads_to(items, entry) for entry in entries)


def _bears_guid(items: str, entry: ParsedEntry) -> bool:
    guid = re.escape(escape(entry.guid or "", quote=False))
    return bool(
        re.search(rf"<(?:guid|id)(?:\s[^>]*)?>\s*(?:<!\[CDATA\[)?\s*{guid}\s*[<\]]", items)
        or re.search(rf"about\s*=\s*[\"']\s*{guid}\s*[\"']", items)
    )


def _leads_to(items: str, entry: ParsedEntry) -> bool:
    """Whether an item holds all words that a link to the page of this entry must.

    However the link is written (relative, escaped, through a wrapper, with more parameters), the
    last name of the path and the query stand in it; but for Google News, which encodes them.
    """
    if entry.url is None:
        return False
    words = _words_of(entry.url)
    if not words or _ENCODES_LINKS in items:
        return True
    longest = max(words, key=len)
    return longest in items and any(
        all(word in item for word in words) for item in items.split("\0")
    )


def _words_of(url: str) -> list[str]:
    parts = urlsplit(url)
    named = f"{parts.path.rpartition('/')[2]} {parts.query}"
    return _WORD.findall(_ESCAPED.sub(" ", named))


def _hash(item: str) -> bytes:
    encoded = item.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, digest_size=_SIZE).digest()
