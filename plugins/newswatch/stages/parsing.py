"""Parsing feeds in a process that can be killed: a hostile document costs its own time-out only."""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import Self

from newswatch.models import ParsedFeed, ParseFailure
from newswatch.stages.child import Child, ChildLost

SECONDS = 20.0  # a feed of 1 MB takes a quarter of one


class Parser:
    """`feeds.parse.parse_feed`, elsewhere."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._child = Child("newswatch.feeds.parse:parse_feed", seconds)

    async def __aenter__(self) -> Self:
        await self._child.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._child.__aexit__(kind, error, trace)

    async def parse(
        self, body: bytes, *, url: str, content_type: str | None, now: datetime
    ) -> ParsedFeed | ParseFailure:
        """Too slow and too greedy are failures like others; a bug is raised with the address."""
        try:
            found: ParsedFeed | ParseFailure = await self._child.call(
                body, url=url, content_type=content_type, now=now
            )
        except ChildLost as lost:
            return ParseFailure("parser-lost", str(lost))
        except Exception as error:
            error.add_note(f"while parsing {url}")
            raise
        return found
