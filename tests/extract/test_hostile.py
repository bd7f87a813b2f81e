"""Any page is survived: huge, deep, broken, or made to take for ever."""

from __future__ import annotations

import resource
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.heads import ld, meta
from newswatch.extract.page import extract_page
from newswatch.models import ExtractedArticle, NoArticle
from newswatch.text.limits import LONGEST_TEXT

NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
URL = "https://paper.example/news/quay"
ARTICLE = "<article><h1>Quay widened</h1>" + "".join(
    f"<p>The harbour board voted {n} times to widen the quay by twelve metres.</p>"
    for n in range(12)
)


def extract(page: str | bytes) -> ExtractedArticle | NoArticle:
    return extract_page(page.encode() if isinstance(page, str) else page, url=URL, now=NOW)


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
        b"<html><p>" + b"<span>" * 50_000,
        b"<p>x</p>" * 70_000,
        "<p>\ud800</p>".encode("utf-8", "surrogatepass"),
        b"\xff\xfe<\x00p\x00>\x00",
        b"<table>" + b"<tr><td>1</td></tr>" * 10_000,
        b"<!-- x -->" * 10_000 + b"<p>x</p>",
    ],
    ids=[
        *("empty", "white", "nul", "pdf", "png", "brackets", "deep", "deep spans", "many"),
        *("surrogate", "utf-16", "figures", "comments first"),
    ],
)
def test_no_article(page: bytes) -> None:
    assert isinstance(extract(page), NoArticle)


@pytest.mark.parametrize(
    "head",
    [
        "<title>" + " | a" * 200_000 + "</title>",
        "<title>" + " -" * 200_000 + "</title>",
        meta("author", "a (" * 200_000),
        meta("author", "by " * 200_000),
        meta("author", "a, " * 200_000),
        meta("keywords", "a, " * 200_000),
        ld('{"@type":"NewsArticle","headline":"' + "a" * 2_000_000 + '"}'),
        ld("[" * 100_000),
        ld('{"@graph":' * 500 + "1" + "}" * 500),
        ld('{"@type":"NewsArticle","author":' + "[" * 900 + '"Ana"' + "]" * 900 + "}"),
        ld('{"@type":["NewsArticle",3],"headline":5,"author":7,"image":[],"keywords":{}}'),
        ld('{"@type":"NewsArticle","liveBlogUpdate":[1,{"articleBody":2}],"articleBody":[]}'),
        "<base href='https://[broken'>"
        + meta("og:image", "//[x")
        + "<link rel=canonical href=//[>",
    ],
    ids=[
        *("bars", "dashes", "brackets in byline", "many bys", "commas", "keywords"),
        *("long headline", "deep array", "deep graph", "deep authors", "wrong types"),
        *("wrong live blog", "broken addresses"),
    ],
)
def test_a_hostile_head_leaves_the_article(head: str) -> None:
    found = extract(f"<html><head>{head}</head><body>{ARTICLE}</body></html>")
    assert isinstance(found, ExtractedArticle)
    assert found.text.count("harbour board voted") == 12


@pytest.mark.parametrize(
    "page",
    [
        ARTICLE.replace("</p>", ""),
        "<?xml version='1.0' encoding='utf-8'?>" + ARTICLE,
        ARTICLE.replace("harbour", "har\x00bour"),
        ARTICLE + "</div></span></table>",
        "<base href='https://other.example/'>" + ARTICLE,
        "<div>" * 1_500 + ARTICLE,
        "<html><head><title>Quay</title>" + ARTICLE,
        ARTICLE.replace("<p>", "<p class='" + "x" * 10_000 + "'>"),
    ],
    ids=["unclosed", "xhtml", "nul", "overclosed", "base", "deep", "no body", "long attributes"],
)
def test_a_damaged_page_keeps_its_article(page: str) -> None:
    found = extract(page)
    assert isinstance(found, ExtractedArticle)
    assert found.text.count("harbour board voted") == 12
    assert "\x00" not in found.text


def test_five_megabytes() -> None:
    page = "<article><h1>Long</h1>" + "".join(
        f"<p>{f'The board met {n} times. ' * 400}</p>" for n in range(520)
    )
    assert len(page) > 5_000_000
    found = extract(page)
    assert isinstance(found, ExtractedArticle)
    assert 0.9 * LONGEST_TEXT < len(found.text) <= LONGEST_TEXT


@pytest.mark.parametrize("field", ["headline", "author", "description", "articleSection"])
def test_what_no_database_can_store_is_dropped(field: str) -> None:
    half = r"Q\u0000u\ud800ay 1"
    found = extract(ld(f'{{"@type":"NewsArticle","{field}":"{half}"}}') + ARTICLE)
    assert isinstance(found, ExtractedArticle)
    facts = (found.title, found.summary or "", found.section or "", *found.authors)
    assert "Quay 1" in facts
    for fact in facts:
        fact.encode()
        assert "\x00" not in fact


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_break_it(junk: bytes) -> None:
    found = extract(b"<html><body>" + junk + ARTICLE.encode())
    assert isinstance(found, ExtractedArticle | NoArticle)


def test_memory_stays_flat() -> None:
    """The most that was ever in use does not grow with the pages seen."""

    def see(pages: range) -> int:
        for number in pages:
            extract(ARTICLE.replace("quay", f"quay-{number}").replace("twelve", f"{number}"))
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    first = see(range(400))
    assert see(range(400, 1200)) - first < 10_000  # kilobytes
