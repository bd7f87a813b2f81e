"""Parsing feeds in processes that can be killed."""

from __future__ import annotations

from datetime import datetime

from newswatch.models import ParsedFeed, ParseFailure
from newswatch.stages.child import ChildLost, Children

SECONDS = 20.0  # a feed of 1 MB takes a quarter of one


def parsers(seconds: float = SECONDS) -> Children:
    """To be entered and given to `parse`."""
    return Children("newswatch.feeds.parse:parse_feed", seconds)


async def parse(
    parsers: Children,
    body: bytes,
    *,
    url: str,
    content_type: str | None,
    now: datetime,
    seen: bytes = b"",
) -> ParsedFeed | ParseFailure:
    """`feeds.parse.parse_feed`, elsewhere.

    Too slow and too greedy are failures like others; a bug is raised with the address.
    """
    try:
        found: ParsedFeed | ParseFailure = await parsers.call(
            body, url=url, content_type=content_type, now=now, seen=seen
        )
    except ChildLost as lost:
        return ParseFailure("parser-lost", str(lost))
    except Exception as error:
        error.add_note(f"while parsing {url}")
        raise
    return found
