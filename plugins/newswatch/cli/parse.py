"""`newswatch parse`: the stage's own reading of a feed, on standard input."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import click

from newswatch.cli.output import Moment, print_json_line
from newswatch.feeds.parse import MAX_BYTES
from newswatch.feeds.watchlist import IDENTITIES
from newswatch.models import FeedIdentity, ParsedEntry, ParsedFeed, ParseFailure
from newswatch.stages.poll.parsing import parse as parse_elsewhere
from newswatch.text.markup import plain_text
from newswatch.web.body import TooLarge, decoded

DOCUMENTS = 64  # in memory at once
NO_ADDRESS = "https://feed.invalid/"  # RFC 6761: of a document that came from nowhere


@dataclass(frozen=True, slots=True)
class Given:
    """A document and what is known of where it came from."""

    body: bytes
    url: str
    content_type: str | None
    now: datetime
    identity: FeedIdentity | None


@click.command()
@click.option("--url", default=NO_ADDRESS, help="The address that the document came from.")
@click.option("--content-type", help="The header that it came with.")
@click.option(
    "--identity",
    type=click.Choice(IDENTITIES),
    help="By what items are told apart; without it by what the document shows to be their own.",
)
@click.option("--now", type=Moment(), help="The time of the poll: no entry is dated later.")
@click.option(
    "--jsonl", is_flag=True, help="Lines of JSON: id, body_b64, url?, content_type?, now? in."
)
def parse(
    url: str,
    content_type: str | None,
    identity: FeedIdentity | None,
    now: datetime | None,
    jsonl: bool,
) -> None:
    """Print what a feed says, of whatever format, or why it is none.

    An entry's `text` is the body as plain text, empty where the feed carries none. With --jsonl
    each line in is one {"id", "feed", "reason"} out, whatever is wrong with it.

    \b
    Example: newswatch parse --url https://news.example/feed.xml < feed.xml
    Example: newswatch parse --jsonl < feeds.jsonl
    """
    usual = Given(b"", url, content_type, now or datetime.now(UTC), identity)
    if jsonl:
        asyncio.run(_parse_lines(usual))
    else:
        asyncio.run(_parse_one(replace(usual, body=sys.stdin.buffer.read())))


async def _parse_one(given: Given) -> None:
    feed, reason = await _parsed(given)
    print_json_line({"reason": reason} if feed is None else feed)


async def _parse_lines(usual: Given) -> None:
    """In the order of the lines, whichever is parsed first; a line that is wrong costs itself."""
    lines = (line for line in sys.stdin.buffer if line.strip())
    while batch := [_line(line, usual) for line in islice(lines, DOCUMENTS)]:
        tasks = [asyncio.create_task(_parsed(given)) for _, given in batch]
        for (line_id, _), task in zip(batch, tasks, strict=True):
            feed, reason = await task
            print_json_line({"id": line_id, "feed": feed, "reason": reason})


def _line(line: bytes, usual: Given) -> tuple[object, Given | str]:
    """The line's id, and its document or why it has none."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, f"bad-line: not JSON: {error}"
    if not isinstance(row, dict):
        return None, "bad-line: not an object"
    for name in ("url", "content_type", "now", "body_b64"):
        if not isinstance(row.get(name), str | None):
            return row.get("id"), f"bad-line: {name!r} is not a string"
    moment = _moment(row["now"]) if row.get("now") else usual.now
    if moment is None:
        return row.get("id"), (
            f"bad-line: {row['now']!r} is no time with a zone: write 2025-12-18T06:00:00Z"
        )
    if row.get("body_b64") is None:
        return row.get("id"), "bad-line: 'body_b64' is missing"
    try:
        body = base64.b64decode("".join(row["body_b64"].split()), validate=True)
    except ValueError as error:
        return row.get("id"), f"bad-line: body_b64 is not base64: {error}"
    return row.get("id"), replace(
        usual,
        body=body,
        url=row.get("url") or usual.url,
        content_type=row.get("content_type") or usual.content_type,
        now=moment,
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


async def _parsed(given: Given | str) -> tuple[dict[str, Any] | None, str | None]:
    if isinstance(given, str):
        return None, given
    try:
        body = decoded(given.body, "", MAX_BYTES).body  # a file.xml.gz
    except TooLarge:
        return None, f"too-large: more than {MAX_BYTES:,} bytes"
    found = await parse_elsewhere(
        body,
        url=given.url,
        content_type=given.content_type,
        now=given.now,
        identity=given.identity,
    )
    match found:
        case ParseFailure():
            return None, f"{found.reason}: {found.detail}"
        case ParsedFeed():
            beside = {"sitemaps": found.sitemaps} if found.sitemaps else {}
            return {
                "format": found.format,
                "title": found.title,
                "problem": found.problem,
                "entries": [_as_object(entry) for entry in found.entries],
            } | beside, None


def _as_object(entry: ParsedEntry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "url": entry.url,
        "link": entry.link,
        "guid": entry.guid,
        "title": entry.title,
        "summary": entry.summary,
        "text": plain_text(entry.content_html) if entry.content_html else "",
        "published_at": entry.published_at,
        "published_zone": entry.published_zone,
        "authors": entry.authors,
        "language": entry.language,
    }
