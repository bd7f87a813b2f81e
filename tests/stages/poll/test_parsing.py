"""A hostile feed costs its own time-out and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from newswatch.models import ParsedFeed, ParseFailure
from newswatch.stages.poll.parsing import parse

NOW = datetime(2025, 12, 18, 12, 0, tzinfo=UTC)
GOOD = b"<rss version='2.0'><channel><item><title>Harbour reopens</title></item></channel></rss>"


def parse_all(bodies: Sequence[bytes], seconds: float = 10.0) -> list[ParsedFeed | ParseFailure]:
    async def run() -> list[ParsedFeed | ParseFailure]:
        return await asyncio.gather(
            *(
                parse(body, url="http://127.0.0.1/", content_type=None, now=NOW, seconds=seconds)
                for body in bodies
            )
        )

    return asyncio.run(run())


def test_few_processes_parse_many() -> None:
    found = parse_all([GOOD, b"<html>", GOOD, GOOD])
    assert isinstance(found[0], ParsedFeed)
    assert isinstance(found[1], ParseFailure)
    assert found[0] == found[2] == found[3]


def test_too_slow_is_killed_and_the_next_is_parsed() -> None:
    # Of too many items the newest are read, and to read so many odd dates takes its time.
    odd = b"<item><pubDate>about 10 AM ET, 1 October of 2026</pubDate></item>" * 60_000
    hostile = GOOD.replace(b"</channel>", odd + b"</channel>")
    assert hostile != GOOD
    found = parse_all([GOOD, hostile, GOOD], seconds=1.0)
    assert found[1] == ParseFailure(
        "not-parsed", "it could not be parsed: it took more than 1 s of CPU time"
    )
    assert isinstance(found[0], ParsedFeed)
    assert found[0] == found[2]


def test_blanks_before_the_root_and_long_roots_cost_nothing() -> None:
    blanks = b"\n" * 200_000 + GOOD
    attributes = b"<rss " + b" ".join(b"a%d='1'" % n for n in range(100_000)) + GOOD[5:]
    found = parse_all([blanks, attributes], seconds=2.0)
    assert isinstance(found[0], ParsedFeed)
    assert isinstance(found[1], ParseFailure)
    assert found[1].reason == "hostile"
