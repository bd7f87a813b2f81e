"""A stored page beside what must be extracted from it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newswatch.extract.page import extract_page

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)


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
