"""Parsing feeds in processes that can be killed."""

from __future__ import annotations

from datetime import datetime

from newswatch.models import FeedIdentity, ParsedFeed, ParseFailure
from newswatch.stages.child import ChildLost
from newswatch.stages.children import pool

SECONDS = 20.0  # of CPU time; a feed of 1 MB takes a quarter of one
_PARSER = "newswatch.feeds.parse:parse_feed"


def keep_at_most(processes: int) -> None:
    """How many of them, where that is not settled yet."""
    pool(_PARSER, processes)


async def parse(
    body: bytes,
    *,
    url: str,
    content_type: str | None,
    now: datetime,
    seen: bytes = b"",
    identity: FeedIdentity | None = None,
    seconds: float = SECONDS,
) -> ParsedFeed | ParseFailure:
    """`feeds.parse.parse_feed`, elsewhere, in so much CPU time.

    Too slow and too greedy are failures like others; a bug is raised with the address, and
    `MachineFault` where there can be no process.
    """
    try:
        found: ParsedFeed | ParseFailure = await pool(_PARSER).call(
            seconds,
            body,
            url=url,
            content_type=content_type,
            now=now,
            seen=seen,
            identity=identity,
        )
    except ChildLost as lost:
        return ParseFailure("not-parsed", f"it could not be parsed: {lost}")
    except Exception as error:
        error.add_note(f"while parsing {url}")
        raise
    return found
