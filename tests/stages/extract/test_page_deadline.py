"""A page that takes too long costs its own time-out and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from newswatch.models import ExtractedArticle, NoArticle
from newswatch.stages.extract.extraction import extracted

NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
GOOD = ("<article>" + "".join(f"<p>The board voted {n} times.</p>" for n in range(40))).encode()
SLOW = ("<article>" + "".join(f"<p>{n} {'board ' * 40}</p>" for n in range(59_000))).encode()


def extract_all(pages: Sequence[bytes], seconds: float) -> list[ExtractedArticle | NoArticle]:
    async def run() -> list[ExtractedArticle | NoArticle]:
        return [
            await extracted(page, url="https://paper.example/a", now=NOW, seconds=seconds)
            for page in pages
        ]

    return asyncio.run(run())


def test_too_slow_is_killed_and_the_next_is_extracted() -> None:
    first, slow, again = extract_all([GOOD, SLOW, GOOD], 3.0)
    assert isinstance(first, ExtractedArticle)
    assert first == again
    assert slow == NoArticle(
        "not-extracted", "it could not be extracted: it took more than 3 s of CPU time"
    )


@pytest.mark.parametrize("page", [b"\xff" * 5_000_000, b"<a href=/>x</a>" * 50_000])
def test_huge_pages_are_answered(page: bytes) -> None:
    (found,) = extract_all([page], 20.0)
    assert isinstance(found, NoArticle)
    assert found.kind != "not-extracted"
