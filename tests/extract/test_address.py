"""Which of the addresses that a page claims is believed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newswatch.extract.page import extract_page
from newswatch.models import ExtractedArticle

NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
ARTICLE = "<article><h1>Quay widened</h1>" + "".join(
    f"<p>The harbour board voted {n} times to widen it.</p>" for n in range(12)
)
FETCHED = "https://paper.example/news/quay?utm_source=feed"
CANONICAL = "https://paper.example/news/quay"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("", CANONICAL),
        ('<link rel=canonical href="/news/quay-widened">', f"{CANONICAL}-widened"),
        (
            '<link rel=canonical href="https://paper.example/q?utm_medium=x">',
            "https://paper.example/q",
        ),
        ('<meta property="og:url" content="https://paper.example/b">', "https://paper.example/b"),
        ('<link rel=canonical href="https://paper.example/">', CANONICAL),  # the front page
        ('<link rel=canonical href="https://other.example/news/quay">', CANONICAL),
        ('<link rel=canonical href="http://[">', CANONICAL),
        (
            '<link rel=canonical href="https://other.example/a">'
            '<meta property="og:url" content="https://paper.example/news/b">',
            "https://paper.example/news/b",
        ),
    ],
)
def test_the_pages_own_address(head: str, url: str) -> None:
    found = extract_page(f"{head}{ARTICLE}".encode(), url=FETCHED, now=NOW)
    assert isinstance(found, ExtractedArticle)
    assert found.url == url
