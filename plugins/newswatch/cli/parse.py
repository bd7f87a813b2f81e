"""`newswatch parse`: the stage's own reading of a feed, on standard input."""

from __future__ import annotations

import asyncio
import base64
import binascii
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import click

from newswatch.cli.output import Moment, print_json_line, read_json_lines
from newswatch.errors import InputError
from newswatch.models import ParsedEntry, ParsedFeed, ParseFailure
from newswatch.stages.poll.parsing import parse as parse_elsewhere
from newswatch.text.markup import plain_text

DOCUMENTS = 64  # in memory at once
NO_ADDRESS = "https://feed.invalid/"  # RFC 6761: of a document that came from nowhere


@dataclass(frozen=True, slots=True)
class Given:
    """A document and what is known of where it came from."""

    body: bytes
    url: str
    content_type: str | None
    now: datetime


@click.command()
@click.option("--url", default=NO_ADDRESS, help="The address that the document came from.")
@click.option("--content-type", help="The header that it came with.")
@click.option("--now", type=Moment(), help="The time of the poll: no entry is dated later.")
@click.option(
    "--jsonl", is_flag=True, help="Lines of JSON: id, body_b64, url?, content_type?, now? in."
)
def parse(url: str, content_type: str | None, now: datetime | None, jsonl: bool) -> None:
    """Print what a feed says, of whatever format, or why it is none.

    An entry's `text` is the body as plain text, empty where the feed carries none.

    \b
    Example: newswatch parse --url https://news.example/feed.xml < feed.xml
    Example: newswatch parse --jsonl < feeds.jsonl
    """
    now = now or datetime.now(UTC)
    if jsonl:
        asyncio.run(_parse_lines(url, content_type, now))
    else:
        asyncio.run(_parse_one(Given(sys.stdin.buffer.read(), url, content_type, now)))


async def _parse_one(given: Given) -> None:
    feed, reason = await _parsed(given)
    print_json_line({"reason": reason} if feed is None else feed)


async def _parse_lines(url: str, content_type: str | None, now: datetime) -> None:
    """In the order of the lines, whichever is parsed first."""
    lines = _lines(url, content_type, now)
    while batch := list(islice(lines, DOCUMENTS)):
        tasks = [asyncio.create_task(_parsed(given)) for _, given in batch]
        for (line_id, _), task in zip(batch, tasks, strict=True):
            feed, reason = await task
            print_json_line({"id": line_id, "feed": feed, "reason": reason})


def _lines(url: str, content_type: str | None, now: datetime) -> Iterator[tuple[Any, Given]]:
    optional = ("url", "content_type", "now")
    for number, line in enumerate(read_json_lines(("id", "body_b64"), optional), start=1):
        try:
            body = base64.b64decode(line["body_b64"], validate=True)
        except binascii.Error as error:
            raise InputError(
                f"body_b64 is not base64: {error}", file="<stdin>", line=number
            ) from None
        yield (
            line["id"],
            Given(
                body,
                line.get("url") or url,
                line.get("content_type") or content_type,
                _moment(line.get("now"), number) or now,
            ),
        )


def _moment(text: str | None, line: int) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InputError(
            f"{text!r} is no time with a zone",
            file="<stdin>",
            line=line,
            mend="write 2025-12-18T06:00:00Z",
        )
    return moment


async def _parsed(given: Given) -> tuple[dict[str, Any] | None, str | None]:
    found = await parse_elsewhere(
        given.body, url=given.url, content_type=given.content_type, now=given.now
    )
    match found:
        case ParseFailure():
            return None, f"{found.reason}: {found.detail}"
        case ParsedFeed():
            return {
                "format": found.format,
                "title": found.title,
                "problem": found.problem,
                "entries": [_as_object(entry) for entry in found.entries],
            }, None


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
