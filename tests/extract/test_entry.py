"""What the feed says of an article: all of it without a page, else the gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newswatch.extract.entry import article_from_entry, completed
from newswatch.models import ExtractedArticle, ParsedEntry

URL = "https://paper.example/news/quay"
WHEN = datetime(2026, 1, 13, 8, 30, tzinfo=UTC)
LONG = "".join(f"<p>The harbour board voted {n} times to widen the quay.</p>" for n in range(9))
ENTRY = ParsedEntry(
    key="1",
    url=URL,
    link=URL,
    guid=None,
    title="Board widens quay",
    summary="Twelve metres, two summers.",
    authors=("Ana Reis", "dpa"),
    published_at=WHEN,
    language="en",
)
ARTICLE = ExtractedArticle(URL, "Board widens quay", "Text.", "page")


@pytest.mark.parametrize(
    ("entry", "source", "text"),
    [
        (replace(ENTRY, content_html=LONG), "feed-content", "The harbour board voted 0 times"),
        (ENTRY, "feed-summary", "Twelve metres, two summers."),
        (replace(ENTRY, summary=""), "headline", ""),
        (replace(ENTRY, summary=ENTRY.title), "headline", ""),
    ],
    ids=["content", "summary", "headline", "the headline again"],
)
def test_without_a_page(entry: ParsedEntry, source: str, text: str) -> None:
    found = article_from_entry(entry, url=URL, reason="timeout: too slow")
    assert (found.body_source, found.extraction_method) == (source, "feed")
    assert found.text.startswith(text)
    assert (found.authors, found.organisations, found.agency) == (("Ana Reis",), ("dpa",), "dpa")
    assert found.published_at == WHEN
    assert found.fact_sources["authors"] == found.fact_sources["published_at"] == "feed"
    assert found.no_page_reason == "timeout: too slow"


def test_the_feed_fills_the_gaps() -> None:
    found = completed(ARTICLE, ENTRY)
    assert (found.authors, found.organisations, found.agency) == (("Ana Reis",), ("dpa",), "dpa")
    assert (found.published_at, found.summary) == (WHEN, ENTRY.summary)
    gaps = ("authors", "organisations", "published_at", "summary")
    assert found.fact_sources == dict.fromkeys(gaps, "feed")


def test_the_page_goes_before_the_feed() -> None:
    page = replace(
        ARTICLE,
        organisations=("Reuters",),
        agency="Reuters",
        published_at=WHEN.replace(hour=7),
        summary="Of the page",
        fact_sources={"organisations": "json-ld"},
    )
    assert completed(page, ENTRY) == page


def test_nothing_comes_of_nothing() -> None:
    bare = replace(ENTRY, summary="", authors=(), published_at=None)
    assert completed(ARTICLE, bare) == ARTICLE
