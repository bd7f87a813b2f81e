"""A stored page beside what must be extracted from it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswatch.extract.page import extract_page
from newswatch.models import ExtractedArticle, NoArticle

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


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b" \n ",
        b"\x00" * 1000,
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n",
        b"<" * 5000,
        b"<html>" + b"<div>" * 100_000,
        b"<p>x</p>" * 70_000,
        "<p>\ud800</p>".encode("utf-8", "surrogatepass"),
        b"\xff\xfe<\x00p\x00>\x00",
    ],
    ids=["empty", "white", "nul", "pdf", "png", "brackets", "deep", "many", "surrogate", "utf-16"],
)
def test_hostile_pages_are_no_articles(page: bytes) -> None:
    assert isinstance(extract_page(page, url="https://paper.example/a", now=NOW), NoArticle)


@pytest.mark.parametrize(
    "mangle",
    [
        lambda page: page.replace("</p>", ""),
        lambda page: "<?xml version='1.0' encoding='utf-8'?>" + page,
        lambda page: page.replace("harbour", "har\x00bour"),
        lambda page: page + "</div></span></table>",
        lambda page: "<base href='https://other.example/'>" + page,
    ],
    ids=["unclosed", "xhtml", "nul", "overclosed", "base"],
)
def test_damaged_pages_are_survived(mangle: Any) -> None:
    found = extract_page(mangle(ARTICLE).encode(), url="https://paper.example/a", now=NOW)
    assert isinstance(found, ExtractedArticle)
    assert found.text.count("board voted to widen it.") >= 1
    assert "\x00" not in found.text


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_break_it(junk: bytes) -> None:
    found = extract_page(
        b"<html><body>" + junk + ARTICLE.encode(), url="https://paper.example/a", now=NOW
    )
    assert isinstance(found, ExtractedArticle | NoArticle)


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
