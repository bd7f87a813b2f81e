"""A page of each kind that once went wrong, beside what is right of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newswatch.extract.page import extract_page
from newswatch.models import NoArticle

KINDS = sorted((Path(__file__).parent / "kinds").glob("*.html"))
NOW = datetime(2025, 12, 21, tzinfo=UTC)
FACTS = frozenset(("title", "language", "page_kind", "dateline", "agency"))


@pytest.mark.parametrize("path", KINDS, ids=lambda path: path.stem)
def test_kind_of_page(path: Path) -> None:
    right = json.loads(path.with_suffix(".json").read_text())
    found = extract_page(path.read_bytes(), url=right["url"], now=NOW)
    if "kind" in right:
        assert isinstance(found, NoArticle)
        assert right["kind"] in ("no article", found.kind)
        return
    assert not isinstance(found, NoArticle), found
    line = " ".join(found.text.split())
    assert [words for words in right.get("has", ()) if words not in line] == []
    assert [words for words in right.get("has_not", ()) if words in line] == []
    assert len(found.text.splitlines()) == right.get("lines", len(found.text.splitlines()))
    assert list(found.authors) == right.get("authors", list(found.authors))
    if "published_at" in right:
        assert found.published_at is not None
        assert found.published_at.isoformat().startswith(right["published_at"])
    facts = FACTS & right.keys()
    assert {name: getattr(found, name) for name in facts} == {name: right[name] for name in facts}


def test_there_are_kinds() -> None:
    assert len(KINDS) >= 75
