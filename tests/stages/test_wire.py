"""Answers of any bytes, on a real socket, through poll and extract: each a row, and no more."""

from __future__ import annotations

import gzip
import ipaddress
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString

import pytest
from psycopg.rows import dict_row

from loopback import saying
from newswatch.models import FeedSpec
from newswatch.settings import read_settings
from newswatch.stages.cycle import run_cycle
from newswatch.stages.poll.poll import feed_rows
from newswatch.store import feeds
from newswatch.store.server.database import Connection
from stages.extract.test_revisit import PARAGRAPHS, page

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOSTILE = b'ETag: "\xe9"\r\nLast-Modified: \xff\r\nX-\xe9: \x01\xff'
NOT_FOUND = b"404 Non trouv\xe9 \x1b[31m"
HTML = page(*PARAGRAPHS)


def said(body: bytes, status: bytes = b"200 OK", headers: bytes = b"X: 1") -> bytes:
    length = b"Content-Length: %d" % len(body)
    kind = b"Content-Type: text/html; charset=utf-8"
    return b"HTTP/1.1 " + b"\r\n".join([status, headers, length, kind, b"", body])


def rss(base: str, *paths: str) -> bytes:
    items = "".join(
        f"<item><title>Report from {path[1:]}</title><link>{base.rstrip('/')}{path}</link></item>"
        for path in paths
    )
    return f"<rss version='2.0'><channel><title>C</title>{items}</channel></rss>".encode()


class Newsroom:
    def __init__(self, connection: Connection, folder: Path) -> None:
        self._connection = connection
        (folder / "feeds.yaml").write_text("feeds: []\n")
        self._settings = read_settings(
            {},
            watchlist_dir=folder,
            allow_networks=(ipaddress.ip_network("127.0.0.0/8"),),
            shards=1,
            host_delay=0.0,
        )

    def watch(self, *urls: str) -> None:
        specs = [FeedSpec(url, f"Outlet {number}", urgent=True) for number, url in enumerate(urls)]
        feeds.add_feeds(self._connection, feed_rows(specs), "import", NOON)

    def cycle(self, hours: int = 0) -> Mapping[str, Any]:
        at = NOON + hours * HOUR
        return run_cycle(
            self._connection, self._settings, now=at, stages=("poll", "extract")
        ).counts

    def rows(self, query: LiteralString) -> list[dict[str, Any]]:
        with self._connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query).fetchall()


@pytest.fixture
def newsroom(connection: Connection, tmp_path: Path) -> Newsroom:
    return Newsroom(connection, tmp_path)


@contextmanager
def site(newsroom: Newsroom, answers: Mapping[str, bytes]) -> Iterator[str]:
    """A feed of these pages, with a robots.txt that is hostile as well."""
    by_path = {"/robots.txt": said(b"", headers=HOSTILE)} | dict(answers)
    with saying(by_path) as (url, _):
        by_path["/feed"] = said(rss(url, *answers))
        newsroom.watch(f"{url}feed")
        yield url


def test_a_feed_whose_headers_are_no_text_is_read_beside_others(newsroom: Newsroom) -> None:
    bodies = [rss("http://a.test", "/a"), rss("http://b.test", "/b")]
    with (
        saying(said(bodies[0], headers=HOSTILE), address="127.3.0.11") as (first, requests),
        saying(said(bodies[1]), address="127.3.0.12") as (second, _),
        saying(said(b"", NOT_FOUND, HOSTILE), address="127.3.0.13") as (third, _),
    ):
        newsroom.watch(first, second, third)
        for hours in range(2):
            assert newsroom.cycle(hours)["poll"]["feeds_polled"] == 3
    assert b"If-None-Match" not in requests[-1]
    titles = newsroom.rows("select title from news.entry order by title")
    assert [row["title"] for row in titles] == ["Report from a", "Report from b"]
    states = newsroom.rows("select etag, last_modified, state_reason from news.feed order by url")
    assert [row["state_reason"] for row in states] == [None, None, "HTTP 404"]
    assert [row["etag"] for row in states] == [None] * 3
    details = newsroom.rows("select distinct detail from news.feed_fetch where status = 404")
    assert details == [{"detail": "HTTP 404 Non trouvé [31m"}]


def test_pages_whose_answers_are_no_text_are_rows_beside_good_ones(newsroom: Newsroom) -> None:
    answers = {
        "/hostile-headers": said(HTML, headers=HOSTILE),
        "/hostile-status": said(b"", NOT_FOUND, HOSTILE),
        "/hostile-error": said(b"", b"503 Occup\xe9", HOSTILE),
        "/hostile-redirect": said(b"", b"302 \xff", b"Location: /\xe9\x01"),
        "/%E9%01": said(HTML),
        "/compressed": said(gzip.compress(gzip.compress(HTML))),
        "/good": said(HTML),
    }
    with site(newsroom, answers):
        counts = newsroom.cycle()["extract"]
        assert counts["entries"] == len(answers)
        assert counts["retried"] == 1
        newsroom.cycle(1)
        newsroom.cycle(2)
    articles = newsroom.rows(
        "select split_part(split_part(canonical_url, '/', 4), '#', 1) as path,"
        " body_source, no_page_reason from news.article order by path"
    )
    assert {row["path"]: row["no_page_reason"] for row in articles} == {
        "%E9%01": None,
        "compressed": None,
        "good": None,
        "hostile-error": "http_503: HTTP 503 Occupé",
        "hostile-headers": None,
        "hostile-redirect": "shared_page: other items of its feed lead to the same page",
        "hostile-status": "http_404: HTTP 404 Non trouvé [31m",
    }
    assert newsroom.rows("select etag, last_modified from news.robots") == [
        {"etag": None, "last_modified": None}
    ]
    assert newsroom.rows("select distinct status from news.entry where status = 'pending'") == []


def test_a_feed_that_never_gave_a_document_is_not_said_to_be_unchanged(newsroom: Newsroom) -> None:
    unasked = said(b"", b"304 Not Modified", b'ETag: "x"')
    with saying(unasked, unasked, said(rss("http://a.test", "/a")), unasked) as (url, _):
        newsroom.watch(url)
        assert newsroom.cycle()["poll"]["failed_protocol"] == 1
        (feed,) = newsroom.rows("select state, state_reason, etag from news.feed")
        assert feed == {
            "state": "backing-off",
            "state_reason": "protocol: it says that nothing has changed (304), but nothing of it"
            " was ever read",
            "etag": None,
        }
        newsroom.cycle(1)
        assert newsroom.cycle(2)["poll"]["entries_new"] == 1
        assert newsroom.cycle(3)["poll"]["not_modified"] == 1
    (feed,) = newsroom.rows("select state, failures from news.feed")
    assert feed == {"state": "active", "failures": 0}
