"""One answer to each question, out of the many that a page gives."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml.html import document_fromstring

from newswatch.extract import facts
from newswatch.extract.charset import decode
from newswatch.extract.language import language_of
from newswatch.extract.metadata import Claims, read_claims

NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)


def claims(head: str, body: str = "") -> Claims:
    return read_claims(
        document_fromstring(f"<html lang=en-GB><head>{head}</head><body>{body}</body></html>")
    )


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Quay to be widened | The Paper</title>", "", "Quay to be widened"),
        ("<title>A - B</title>", "", "A - B"),
        (
            '<meta property="og:title" content="Quay to be widened next year - The Paper">'
            '<meta property="og:site_name" content="The Paper">',
            "",
            "Quay to be widened next year",
        ),
        (
            ld('{"@type":"NewsArticle","headline":"Quay &amp; pier"}'),
            "<h1>Other</h1>",
            "Quay & pier",
        ),
        (ld('{"@graph":[{"@type":["NewsArticle"],"headline":"In a graph"}]}'), "", "In a graph"),
        (
            ld('{"@type":"NewsArticle","headline":"Cut off..."}'),
            "<h1>Cut off no more</h1>",
            "Cut off no more",
        ),
        (ld("not json"), "<h1>Only heading</h1>", "Only heading"),
        ("", "<h1> White \n space </h1>", "White space"),
        ("", "", ""),
    ],
)
def test_title(head: str, body: str, title: str) -> None:
    assert facts.title_of(claims(head, body)) == title


def test_the_feeds_headline_settles_a_quarrel() -> None:
    found = claims(ld('{"@type":"NewsArticle","headline":"Long one"}'), "<h1>Short one</h1>")
    assert facts.title_of(found, expected="Short one") == "Short one"


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (ld('{"@type":"NewsArticle","author":{"name":"Ana Reis"}}'), ("Ana Reis",)),
        (
            ld('{"@type":"NewsArticle","author":[{"name":"Ana Reis"},{"name":"Bo Lind"}]}'),
            ("Ana Reis", "Bo Lind"),
        ),
        (ld('{"@type":"NewsArticle","author":"By Ana Reis and Bo Lind"}'), ("Ana Reis", "Bo Lind")),
        (ld('{"@type":"NewsArticle","author":{"name":"Ana Reis (are)"}}'), ("Ana Reis",)),
        ('<meta name="author" content="Von Ana Reis, Bo Lind">', ("Ana Reis", "Bo Lind")),
        ('<meta property="article:author" content="https://paper.example/authors/reis">', ()),
        (
            '<meta name="author" content="Ana Reis"><meta name="author" content="ANA REIS">',
            ("Ana Reis",),
        ),
        (
            '<meta name="author" content="The Paper">'
            '<meta property="og:site_name" content="The Paper">',
            (),
        ),
        ("", ()),
    ],
)
def test_authors(head: str, authors: tuple[str, ...]) -> None:
    tree = document_fromstring(f"<html><head>{head}</head><body><p>x</p></body></html>")
    assert facts.authors_of(read_claims(tree), tree) == authors


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            ld('{"@type":"NewsArticle","datePublished":"2026-01-14T10:00:00+02:00"}'),
            "2026-01-14T08:00:00",
        ),
        (
            '<meta property="article:published_time" content="2026-01-13T23:30:00Z">',
            "2026-01-13T23:30:00",
        ),
        ('<meta name="date" content="2026-01-13">', "2026-01-13T00:00:00"),
        (
            ld('{"@type":"NewsArticle","datePublished":"2031-01-01"}')
            + '<meta name="date" content="2026-01-13">',
            "2026-01-13T00:00:00",
        ),
        (
            ld('{"@type":"NewsArticle","datePublished":"2026-01-14T13:00:00"}'),
            "2026-01-14T12:00:00",
        ),
    ],
    ids=["zone", "meta", "day", "future is refused", "an hour ahead is now"],
)
def test_published(head: str, published: str) -> None:
    tree = document_fromstring(f"<html><head>{head}</head><body><p>x</p></body></html>")
    found = facts.published_of(read_claims(tree), tree, "https://paper.example/a", NOW)
    assert found == datetime.fromisoformat(published).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("page", "content_type", "text"),
    [
        ("Ölpreis".encode(), None, "Ölpreis"),
        ("Ölpreis".encode("cp1252"), "text/html; charset=iso-8859-1", "Ölpreis"),
        ("Новости".encode("cp1251"), "text/html; charset=windows-1251", "Новости"),
        ("Новости".encode(), "text/html; charset=windows-1251", "Новости"),
        (
            b'<meta charset="windows-1251">' + "Мир".encode("cp1251"),
            None,
            '<meta charset="windows-1251">Мир',
        ),
        ("\ufeffabc".encode("utf-16"), None, "abc"),
        ("\ufeffabc".encode(), None, "abc"),
        (b"a\x00b\x0bc", None, "abc"),
        (b"\xff\xfe", "text/html; charset=no-such-thing", ""),
        (
            b'<?xml version="1.0" encoding="iso-8859-1"?><html>x</html>',
            None,
            "<html>x</html>",
        ),
    ],
)
def test_charset(page: bytes, content_type: str | None, text: str) -> None:
    assert decode(page, content_type) == text


@pytest.mark.parametrize(
    ("text", "claim", "language"),
    [
        ("Die Hafenbehörde hat am Dienstag beschlossen, den Kai zu verbreitern.", None, "de"),
        ("The harbour board voted on Tuesday to widen the eastern quay.", "fr", "en"),
        ("Совет порта решил во вторник расширить восточный причал.", None, "ru"),
        ("Kort", "sv-SE", "sv"),
        ("", None, None),
    ],
)
def test_language(text: str, claim: str | None, language: str | None) -> None:
    assert language_of(text, claim) == language
