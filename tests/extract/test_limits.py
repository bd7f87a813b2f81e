"""What is too long is cut, and the row says so; what cannot be stored never gets so far."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from newswatch.extract.entry import article_from_entry
from newswatch.extract.page import extract_page
from newswatch.models import ExtractedArticle, ParsedEntry
from newswatch.text.limits import LONGEST_TEXT, MOST_NAMES

NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
URL = "https://paper.example/news/quay"
BODY = "<article><h1>Quay widened</h1>" + "".join(
    f"<p>The harbour board voted to widen berth {berth} of the quay by a metre.</p>"
    for berth in range(20)
)
SENTENCE = "The harbour board of Norrvik voted to widen the quay. "


def page(head: str) -> ExtractedArticle:
    found = extract_page(f"{head}{BODY}".encode(), url=URL, now=NOW)
    assert isinstance(found, ExtractedArticle)
    return found


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_a_text_without_end_is_cut_at_a_sentence() -> None:
    entry = ParsedEntry(
        key="k",
        url=URL,
        link=URL,
        guid=None,
        title="Quay",
        summary="",
        content_html=SENTENCE * 9_000,
    )
    found = article_from_entry(entry, url=URL, reason="no_link: none")
    assert LONGEST_TEXT - len(SENTENCE) <= len(found.text) <= LONGEST_TEXT
    assert found.text.endswith("quay.")
    assert found.word_count == len(found.text.split())
    assert found.fact_sources["text"].startswith(f"the first {len(found.text):,} of 4")


def test_a_list_of_names_without_end_is_cut() -> None:
    names = json.dumps([{"@type": "Person", "name": f"Mia Dahl{'a' * n}"} for n in range(50)])
    found = page(json_ld(f'{{"@type": "NewsArticle", "headline": "Quay", "author": {names}}}'))
    assert len(found.authors) == MOST_NAMES
    assert found.fact_sources["authors"] == f"json-ld, the first {MOST_NAMES} of 50"


def test_an_article_within_its_limits_says_nothing_of_them() -> None:
    assert "text" not in page("").fact_sources


def test_an_address_of_kilobytes_is_none() -> None:
    long = "https://paper.example/" + "a" * 5_000
    found = page(f'<link rel=canonical href="{long}"><meta property="og:image" content="{long}">')
    assert (found.url, found.lead_image) == (URL, None)


@pytest.mark.parametrize(
    "head",
    [
        json_ld(
            r'{"@type": "NewsArticle", "headline": "Quay\u0000 \ud800",'
            r' "description": "a\u001b[31m",'
            r' "author": {"name": "Mia\udfff Dahl"}, "articleSection": "Har\u0085bour",'
            r' "keywords": ["a\u0000b", "\ud83d"], "publisher": {"name": "P\u0007aper"}}'
        ),
        '<meta name="description" content="a&#27;[31mb"><meta name="author" content="Mia&#7; D">'
        '<meta property="og:site_name" content="Pa&#8;per&#x202e;">'
        '<meta name="keywords" content="x&#1;,y"><meta name="section" content="&#xd800;S&#127;">',
        "<html lang='en\x1b[0m'>",
    ],
    ids=["JSON-LD", "meta", "language"],
)
def test_no_fact_holds_what_cannot_be_shown_or_stored(head: str) -> None:
    stored = json.dumps(asdict(page(head)), default=str, ensure_ascii=False)
    stored.encode()  # no lone surrogate
    assert not [sign for sign in stored if ord(sign) < 32 or 127 <= ord(sign) < 160]
    assert "\\u0" not in stored
    assert "\u202e" not in stored
