"""The headline, out of what a page gives as one."""

from __future__ import annotations

import pytest

from extract.heads import claims, ld, meta
from newswatch.extract.title import title_of

PAPER = meta("og:site_name", "The Paper")
LONG = "Quay to be widened next year"
SEARCH = ld('{"@type":"NewsArticle","headline":"Quay 2026: what we know"}')


@pytest.mark.parametrize(
    ("head", "body", "title", "source"),
    [
        ("<title>Quay to be widened | The Paper</title>", "", "Quay to be widened", "title"),
        ("<title>A - B</title>", "", "A - B", "title"),
        (meta("og:title", f"{LONG} - The Paper") + PAPER, "", LONG, "opengraph"),
        (
            meta("og:title", f"{LONG} - News - Paper") + meta("og:site_name", "Paper"),
            "<h1>x</h1>",
            f"{LONG} - News",
            "opengraph",
        ),
        (meta("og:title", f"{LONG} - Town - Paper"), f"<h1>{LONG}</h1>", LONG, "opengraph"),
        ("<title>Quay – The Paper</title>" + PAPER, "", "Quay", "title"),
        (
            ld('{"@type":"NewsArticle","headline":"Quay &amp; pier"}'),
            "<h1>Other</h1>",
            "Quay & pier",
            "json-ld",
        ),
        (
            ld(
                '{"@graph":[{"@type":"WebPage","name":"x"},{"@type":["NewsArticle"],'
                '"headline":"In a graph"}]}'
            ),
            "",
            "In a graph",
            "json-ld",
        ),
        (
            ld('[{"@type":"NewsArticle"},{"@type":"Report","headline":"Second"}]'),
            "",
            "Second",
            "json-ld",
        ),
        (
            ld('{"@type":"NewsArticle","headline":"Cut off..."}'),
            "<h1>Cut off no more</h1>",
            "Cut off no more",
            "h1",
        ),
        (ld('{"@type":"NewsArticle","headline":"Cut off…"}'), "", "Cut off…", "json-ld"),
        (
            SEARCH
            + meta("og:title", LONG)
            + "<title>Quay 2026: what we know - The Paper</title>"
            + PAPER,
            f"<h1>{LONG}</h1>",
            LONG,
            "opengraph",
        ),
        (SEARCH + meta("og:title", LONG), f"<h1>{LONG}</h1>", "Quay 2026: what we know", "json-ld"),
        ("", "<h1>The Paper</h1><h1>Second heading</h1>" + PAPER, "Second heading", "h1"),
        (PAPER, "<h1>The Paper</h1>", "", ""),
        (ld("not json"), "<h1>Only heading</h1>", "Only heading", "h1"),
        (ld('{"@type":"NewsArticle","headline":{"@value":"x"}}'), "<h1>Safe</h1>", "Safe", "h1"),
        (
            ld(r'{"@type":"NewsArticle","headline":"Ko\u0000ad\ud800\u00adjutant"}'),
            "",
            "Koadjutant",
            "json-ld",
        ),
        ("", "<h1> White \n space </h1>", "White space", "h1"),
        ("", "", "", ""),
    ],
    ids=[
        *("bar", "no site", "og without site", "site only", "shown as h1", "short", "entities"),
        *("graph", "second node", "cut off", "cut off everywhere", "for search engines"),
        *("json-ld first", "two headings", "the site is no headline", "broken", "no string"),
        *("unstorable", "white space", "none"),
    ],
)
def test_title(head: str, body: str, title: str, source: str) -> None:
    assert title_of(claims(head, body or "<p>x</p>")) == (title, source)


def test_the_feeds_headline_settles_a_quarrel() -> None:
    found = claims(ld('{"@type":"NewsArticle","headline":"Long one"}'), "<h1>Short one</h1>")
    assert title_of(found, expected="Short one") == ("Short one", "h1")
    assert title_of(found, expected="Another") == ("Long one", "json-ld")


@pytest.mark.parametrize(
    ("host", "tag"),
    [
        ("www.norrvik-post.example", "Norrvik Post"),
        ("norrvik-post.example", "norrvik-post.example"),
    ],
)
def test_the_host_tells_the_sites_name(host: str, tag: str) -> None:
    assert title_of(claims(f"<title>{LONG} - {tag}</title>"), host=host)[0] == LONG
