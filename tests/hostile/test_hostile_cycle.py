"""Hundreds of hostile documents and some good ones in one cycle, through all five stages: every
good article is published, every hostile one is a row with its reason."""

from __future__ import annotations

import shutil
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any
from xml.sax.saxutils import escape

import pytest
import yaml

from conftest import cloned
from hostile.documents import PAGES, answer, feeds, pages
from newswatch.settings import HOME, read_settings
from newswatch.stages.cycle import run_cycle
from newswatch.store.server.database import Connection, connect, with_role

NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
ADDRESS = "127.3.0.20"
GOOD = 40


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128
    answers: dict[str, bytes]


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        line = self.rfile.readline(65_537).split(b" ")
        while self.rfile.readline(65_537).strip():
            pass
        path = line[1].decode(errors="replace") if len(line) > 1 else ""
        self.wfile.write(self.server.answers.get(path, answer(b"", line=b"HTTP/1.1 404 No")))


@dataclass(frozen=True)
class Cycled:
    """After the cycle: what was served under which name."""

    base: str
    pages: dict[str, str]  # path to name
    feeds: dict[str, str]
    connection: Connection

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query.encode()).fetchall()


@contextmanager
def serving() -> Iterator[tuple[str, dict[str, bytes]]]:
    with _Server((ADDRESS, 0), _Handler) as server:
        server.answers = {}
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://{ADDRESS}:{server.server_address[1]}", server.answers
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def cycled(
    postgres: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cycled]:
    folder = tmp_path_factory.mktemp("hostile")
    with serving() as (base, answers), cloned(postgres, template, "hostile") as url:
        hostile_pages = {f"/page/{number}": page for number, page in enumerate(pages())}
        hostile_feeds = {
            f"/feed/{number}": feed for number, feed in enumerate(feeds(f"{base}/good/0"))
        }
        for path, (_, content) in (*hostile_pages.items(), *hostile_feeds.items()):
            answers[path] = content
        for number in range(GOOD):
            body = PAGES["article"].replace("Quay", f"Quay {number}").replace("note", f"{number}n")
            answers[f"/good/{number}"] = answer(body.encode())
        links = [*hostile_pages, *(f"/good/{number}" for number in range(GOOD))]
        answers["/feed"] = answer(_listing(base, links), b"text/xml")
        (folder / "feeds.yaml").write_text(_watchlist(base, ["/feed", *hostile_feeds]))
        (folder / "subscribers.yaml").write_text("subscribers: []\n")
        for part in ("topics", "names"):
            shutil.copytree(HOME / "dags" / "watchlist" / part, folder / part)
        settings = read_settings(
            {},
            watchlist_dir=folder,
            allow_networks=(ip_network("127.0.0.0/8"),),
            host_delay=0.0,
            host_concurrency=16,
            fetch_timeout=20.0,
            page_deadline=5.0,
            shards=1,
        )
        with connect(with_role(url, "newswatch_writer")) as connection:
            for _ in range(4):  # of one host so many feeds a cycle
                run_cycle(connection, settings, now=NOW)
            yield Cycled(
                base,
                {path: name for path, (name, _) in hostile_pages.items()},
                {path: name for path, (name, _) in hostile_feeds.items()},
                connection,
            )


def _listing(base: str, paths: list[str]) -> bytes:
    items = "".join(
        f"<item><title>Note {number}</title><link>{escape(base + path)}</link>"
        f"<guid>{number}</guid></item>"
        for number, path in enumerate(paths)
    )
    return f"<rss version='2.0'><channel><title>All</title>{items}</channel></rss>".encode()


def _watchlist(base: str, paths: list[str]) -> str:
    port = int(base.rsplit(":", 1)[1])
    rows = [{"url": base + path, "outlet": f"Outlet {path}", "ports": [port]} for path in paths]
    return yaml.safe_dump({"feeds": rows})


def test_there_are_hundreds(cycled: Cycled) -> None:
    assert len(cycled.pages) + len(cycled.feeds) >= 300


def test_every_good_article_is_published_from_its_page(cycled: Cycled) -> None:
    found = cycled.rows(
        "select url from analyst.article where no_page_reason is null and url like '%/good/%'"
    )
    assert {url for (url,) in found} >= {f"{cycled.base}/good/{n}" for n in range(GOOD)}


def test_every_hostile_page_is_a_published_article_or_an_entry_with_its_reason(
    cycled: Cycled,
) -> None:
    rows = cycled.rows(
        "select link, status, reason, loaded_at is not null, no_page_reason, length(text)"
        " from news.entry left join news.article using (article_id) where link like '%/page/%'"
    )
    assert len(rows) == len(cycled.pages)
    lost = {
        cycled.pages[link.removeprefix(cycled.base)]: row
        for link, *row in rows
        if not ((row[1] and not row[2]) or (row[2] and (row[3] or row[4])))
    }
    assert lost == {}


def test_every_hostile_feed_was_polled_and_says_what_came_of_it(cycled: Cycled) -> None:
    rows = cycled.rows(
        "select url, last_outcome, next_poll_reason from news.feed where url like '%/feed/%'"
    )
    assert len(rows) == len(cycled.feeds)
    silent = {
        cycled.feeds[url.removeprefix(cycled.base)]: row
        for url, *row in rows
        if not (row[0] and row[1])
    }
    assert silent == {}


def test_a_feed_that_brought_nothing_says_why(cycled: Cycled) -> None:
    rows = cycled.rows(
        "select url from news.feed join news.feed_fetch using (feed_id)"
        " where entries_seen = 0 and outcome <> 'ok' and detail = ''"
    )
    assert rows == []


def test_nothing_waits(cycled: Cycled) -> None:
    stages = "('deduplicate', 'flag', 'load')"
    assert cycled.rows(f"select * from ops.backlog where waiting > 0 and stage in {stages}") == []
