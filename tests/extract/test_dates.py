"""When an article was published and modified."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extract.heads import claims, ld, meta, page
from newswatch.extract.dates import modified_of, published_of
from newswatch.extract.metadata import read_claims

NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "body", "published", "source"),
    [
        (
            ld('{"@type":"NewsArticle","datePublished":"2026-01-14T10:00:00+02:00"}'),
            "",
            "2026-01-14T08:00:00",
            "json-ld",
        ),
        (meta("article:published_time", "2026-01-13T23:30:00Z"), "", "2026-01-13T23:30:00", "meta"),
        (meta("date", "2026-01-13"), "", "2026-01-13T00:00:00", "meta"),
        (
            ld('{"@type":"NewsArticle","datePublished":"2031-01-01"}') + meta("date", "2026-01-13"),
            "",
            "2026-01-13T00:00:00",
            "meta",
        ),
        (
            ld('{"@type":"NewsArticle","datePublished":"2026-01-14T13:00:00"}'),
            "",
            "2026-01-14T12:00:00",
            "json-ld",
        ),
        ("", '<time datetime="2026-01-12T06:00:00Z">Monday</time>', "2026-01-12T06:00:00", "time"),
        ("", "<p>Published 2026-01-11</p>", "2026-01-11T00:00:00", "byline"),
        (
            ld('{"@type":"NewsArticle","datePublished":1768377600}'),
            "",
            "2026-01-14T08:00:00",
            "json-ld",
        ),
        (
            "",
            '<h1>x</h1><i data-timestamp="1768377600">an hour ago</i>',
            "2026-01-14T08:00:00",
            "byline",
        ),
        (
            "",
            "<h1>x</h1><p>2026年01月11日 18:20 来源：瓦尔布伦日报</p>",
            "2026-01-11T18:20:00",
            "byline",
        ),
        ("", "<h1>x</h1><p>令和8年1月11日 18時20分</p>", "2026-01-11T18:20:00", "byline"),
    ],
    ids=[
        *("zone", "meta", "day", "future is refused", "an hour ahead is now", "time", "text"),
        *("a number", "data of a script", "Chinese", "Japanese"),
    ],
)
def test_published(head: str, body: str, published: str, source: str) -> None:
    tree = page(head, body or "<p>x</p>")
    found = published_of(read_claims(tree), tree, "https://paper.example/a", NOW)
    assert found == (datetime.fromisoformat(published).replace(tzinfo=UTC), source)


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        (["2026-01-10T20:00:00Z"], ("2026-01-10T20:00:00", "json-ld")),
        (["2026-01-09T23:00:00Z"], ("2026-01-09T23:00:00", "json-ld")),  # in some zone it was
        (["2019-05-01"], None),
        (["2019-05-01", "2026-01-13"], ("2026-01-13T00:00:00", "meta")),
    ],
)
def test_nothing_is_older_than_its_outlet(claims: list[str], found: tuple[str, str] | None) -> None:
    head = ld(f'{{"@type":"NewsArticle","datePublished":"{claims[0]}"}}')
    head += "".join(meta("date", claim) for claim in claims[1:])
    tree = page(head, "<p>First printed on 2019-05-01.</p>")
    since = datetime(2026, 1, 10, 22, 0, tzinfo=UTC)
    moment, source = published_of(read_claims(tree), tree, "https://paper.example/a", NOW, since)
    assert ((moment.replace(tzinfo=None).isoformat(), source) if moment else None) == found


@pytest.mark.parametrize(
    ("head", "modified"),
    [
        (ld('{"@type":"NewsArticle","dateModified":"2026-01-14T10:00:00Z"}'), (10, "json-ld")),
        (meta("article:modified_time", "2026-01-14T09:00:00Z"), (9, "meta")),
        (meta("article:modified_time", "2026-01-14T07:00:00Z"), None),
        (meta("article:modified_time", "2031-01-14T07:00:00Z"), None),
        ("", None),
    ],
    ids=["json-ld", "meta", "before it was published", "future", "not said"],
)
def test_modified(head: str, modified: tuple[int, str] | None) -> None:
    published = datetime(2026, 1, 14, 8, 0, tzinfo=UTC)
    expected = (published.replace(hour=modified[0]), modified[1]) if modified else (None, "")
    assert modified_of(claims(head), published, NOW) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Last updated: 20 May 2025, first published: 18 May 2025",
        "Aktualisiert: 20.05.2025 - Veröffentlicht: 18.05.2025",
        "Mis à jour le 20/05/2025 à 10:00 | Publié le 18/05/2025 à 09:30",
        "Обновлено 20 мая 2025, опубликовано 18 мая 2025",
        "更新日時：2025年5月20日 公開日：2025年5月18日",
        "수정 2025.05.20 입력 2025.05.18",
    ],
)
def test_two_dates_of_one_line(line: str) -> None:
    tree = page("", f"<h1>Quay widened</h1><p>{line}</p>")
    found, source = published_of(read_claims(tree), tree, "https://a.test/quay", NOW)
    assert (found and found.date().isoformat(), source) == ("2025-05-18", "byline")


def test_a_year_in_the_footer_is_no_date_of_publication() -> None:
    tree = page("", "<h1>Quay widened</h1><p>The board voted.</p><footer>© 2025 Post</footer>")
    assert published_of(read_claims(tree), tree, "https://a.test/quay", NOW) == (None, "")
