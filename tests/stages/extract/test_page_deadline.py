"""A page that takes too long costs its own time-out and nothing else."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from newswatch.models import ExtractedArticle
from newswatch.stages.child import ChildLost, Children

NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
EXTRACTOR = "newswatch.extract.page:extract_page"
SECONDS = 3.0
GOOD = ("<article>" + "".join(f"<p>The board voted {n} times.</p>" for n in range(40))).encode()
SLOW = ("<article>" + "".join(f"<p>{n} {'board ' * 40}</p>" for n in range(59_000))).encode()


def test_too_slow_is_killed_and_the_next_is_extracted() -> None:
    async def run() -> list[object]:
        async with Children(EXTRACTOR, SECONDS, count=1) as children:
            found: list[object] = []
            for page in (GOOD, SLOW, GOOD):
                call = children.call(page, url="https://paper.example/a", now=NOW)
                found += await asyncio.gather(call, return_exceptions=True)
            return found

    first, slow, again = asyncio.run(run())
    assert isinstance(first, ExtractedArticle)
    assert isinstance(slow, ChildLost)
    assert first == again


@pytest.mark.parametrize("page", [b"\xff" * 5_000_000, b"<a href=/>x</a>" * 50_000])
def test_huge_pages_are_answered(page: bytes) -> None:
    async def run() -> object:
        async with Children(EXTRACTOR, 20.0, count=1) as children:
            return await children.call(page, url="https://paper.example/a", now=NOW)

    assert asyncio.run(run()) is not None
