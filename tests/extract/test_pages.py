"""A stored page beside what must be extracted from it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newswatch.extract.page import extract_page
from newswatch.models import ExtractedArticle

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
ARTICLE = "<article><h1>Quay widened</h1>" + "<p>The harbour board voted to widen it.</p>" * 12


def extract(page: bytes) -> dict[str, Any]:
    found = extract_page(page, url="https://paper.example/news/quay", now=NOW)
    return json.loads(json.dumps(asdict(found), default=str))  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_stored_page(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text())
    found = extract(path.read_bytes())
    assert {key: found.get(key) for key in expected} == expected


def test_there_are_pages() -> None:
    assert len(PAGES) >= 25


def test_the_pages_own_address_is_judged_by_the_caller() -> None:
    page = f'<link rel=canonical href="/news/quay-widened">{ARTICLE}'.encode()
    asked = []

    def canonical(claimed: str, url: str) -> str:
        asked.append((claimed, url))
        return claimed

    found = extract_page(page, url="https://paper.example/a?x", now=NOW, canonical=canonical)
    assert asked[0] == ("https://paper.example/news/quay-widened", "https://paper.example/a?x")
    assert isinstance(found, ExtractedArticle)
    assert found.url == "https://paper.example/news/quay-widened"
