"""A feed document of any format to records, or why it is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from newswatch.feeds.document import decode
from newswatch.feeds.identity import with_keys
from newswatch.feeds.jsonfeed import parse_json
from newswatch.feeds.xmlfeed import parse_xml
from newswatch.models import ParsedEntry, ParsedFeed, ParseFailure

MAX_BYTES = 20_000_000


def parse_feed(
    body: bytes, *, url: str, content_type: str | None, now: datetime
) -> ParsedFeed | ParseFailure:
    """Read RSS, RDF, Atom or JSON Feed, whatever the content type claims.

    `url` is the address that the body came from: relative links are resolved against it. Entries
    stand in the document's order, each item once. A hostile document can take long: run this where
    it can be killed.
    """
    if not body.strip():
        return ParseFailure("empty", "the answer has no body")
    if len(body) > MAX_BYTES:
        return ParseFailure("too-large", f"{len(body):,} bytes, more than {MAX_BYTES:,}")
    document = decode(body, content_type)
    start = document.text.lstrip()[:1]
    if start in ("{", "["):
        parsed = parse_json(document.text.strip(), url=url, now=now)
    else:
        parsed = parse_xml(document, url=url, now=now)
    if isinstance(parsed, ParseFailure):
        return parsed
    return replace(parsed, entries=with_keys([e for e in parsed.entries if _says_something(e)]))


def _says_something(entry: ParsedEntry) -> bool:
    return bool(entry.title or entry.summary or entry.content_html or entry.link)
