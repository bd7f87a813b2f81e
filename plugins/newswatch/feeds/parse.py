"""A feed document of any format to records, or why it is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from newswatch.feeds.formats import detect
from newswatch.feeds.identity import with_keys
from newswatch.feeds.unread import can_be_cut, cut, stand_alone
from newswatch.models import FeedIdentity, ParsedEntry, ParsedFeed, ParseFailure
from newswatch.text.charset import Decoded, decode

MAX_BYTES = 20_000_000


def parse_feed(
    body: bytes,
    *,
    url: str,
    content_type: str | None,
    now: datetime,
    seen: bytes = b"",
    identity: FeedIdentity | None = None,
) -> ParsedFeed | ParseFailure:
    """Read a document of any format of `formats`, whatever the content type claims.

    `url` is the address that the body came from. Entries stand in the document's order, each item
    once. `seen` are the `item_hashes` of an earlier document of the feed: its items may be left
    out. `identity` is by what items are told apart, where the document does not show it. A hostile
    document can take long: run this where it can be killed.
    """
    if not body.strip():
        return ParseFailure("empty", "the answer has no body")
    if len(body) > MAX_BYTES:
        return ParseFailure("too-large", f"{len(body):,} bytes, more than {MAX_BYTES:,}")
    document = decode(body, content_type)
    whole = cut(document.text)
    if whole is not None and seen:
        unread, left_out = whole.split(seen)
        rest = replace(document, text="".join((whole.head, *unread, whole.tail)))
        found = _read(rest, url, now, identity)
        if can_be_cut(found, len(unread)) and stand_alone(found.entries, left_out):
            return replace(found, items=len(whole.items), item_hashes=whole.hashes)
    found = _read(document, url, now, identity)
    if whole is not None and can_be_cut(found, len(whole.items)):
        return replace(found, item_hashes=whole.hashes)
    return found


def _read(
    document: Decoded, url: str, now: datetime, identity: FeedIdentity | None
) -> ParsedFeed | ParseFailure:
    read = detect(document.text)
    if isinstance(read, ParseFailure):
        return read
    parsed = read(url, now)
    if isinstance(parsed, ParseFailure):
        return parsed
    entries = with_keys([entry for entry in parsed.entries if _says_something(entry)], identity)
    problem = "; ".join(filter(None, (document.problem, parsed.problem))) or None
    return replace(parsed, entries=entries, items=len(parsed.entries), problem=problem)


def _says_something(entry: ParsedEntry) -> bool:
    return bool(entry.title or entry.summary or entry.content_html or entry.link)
