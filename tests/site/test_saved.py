"""Searches that are saved: found again by their names, sent out at addresses that stay."""

from __future__ import annotations

import csv
import io

import feedparser
import httpx
import pytest

import rows
from newswatch.store.server.database import Connection
from rows import NOON
from served import get, seen

RUSSIAN = {"q": "envoy", "language": "ru"}


@pytest.fixture
def newsroom(connection: Connection) -> Connection:
    for language in ("en", "ru", "ru"):
        article = rows.article(
            connection, loaded_at=NOON, language=language, title=f"The envoy, in {language}"
        )
        rows.decision(connection, article)
    return connection


def save(page: httpx.Client, name: str, **asked: str) -> httpx.Response:
    return page.post("/saved", data={**asked, "name": name})


def test_a_saved_search_is_listed_run_sent_out_and_deleted(
    newsroom: Connection, page: httpx.Client
) -> None:
    answer = save(page, " Envoys,\n<b>in Russian</b> ", **RUSSIAN, outlet="")
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=envoy&language=ru")
    assert newsroom.execute(
        "select name, asked, saved_by from analyst.saved_search"
    ).fetchall() == [("Envoys, <b>in Russian</b>", RUSSIAN, "Ann")]
    assert "/saved/1" in get(page, "/search").links()
    assert page.get("/saved/1").headers["location"] == "/search?q=envoy&language=ru"
    shown = page.get("/search?language=ru&q=envoy").text
    assert "Saved as" in shown
    assert {"/saved/1/feed.atom", "/saved/1/feed.json", "/saved/1/articles.csv"} <= set(
        seen(shown).links()
    )
    assert "Save this search" not in shown
    assert "Save this search" in page.get("/search?language=ru").text

    entries = feedparser.parse(page.get("/saved/1/feed.atom").content).entries
    assert [entry.id for entry in entries] == [
        "tag:newswatch,2025:article/3",
        "tag:newswatch,2025:article/2",
    ]
    as_json = page.get("/saved/1/feed.json").json()
    assert as_json["title"] == "newswatch: Envoys, <b>in Russian</b>"
    table = page.get("/saved/1/articles.csv").content.decode("utf-8-sig")
    assert [row["article_id"] for row in csv.DictReader(io.StringIO(table))] == ["3", "2"]

    page.post("/saved/1/delete")
    for path in ("", "/feed.atom", "/feed.json", "/articles.csv"):
        assert page.get(f"/saved/1{path}").status_code == 404
    assert save(page, "Another", q="a").status_code == 303
    assert "/saved/2" in get(page, "/search").links()  # a deleted one's address leads nowhere else


@pytest.mark.parametrize("address", ["feed.atom", "feed.json", "articles.csv"])
def test_what_goes_out_is_sent_once_until_it_changes(
    newsroom: Connection, page: httpx.Client, address: str
) -> None:
    save(page, "Envoys", q="envoy")
    first = page.get(f"/saved/1/{address}")
    same = {"If-None-Match": first.headers["etag"]}
    assert page.get(f"/saved/1/{address}", headers=same).status_code == 304
    rows.decision(newsroom, rows.article(newsroom, loaded_at=NOON, title="Another envoy"))
    again = page.get(f"/saved/1/{address}", headers=same)
    assert again.status_code == 200
    assert "Another envoy" in again.text


def test_what_cannot_be_saved_is_refused(newsroom: Connection, page: httpx.Client) -> None:
    save(page, "Envoys", q="envoy")
    for name, asked, message in (
        ("ENVOYS", {"q": "truce"}, "there is a saved search called"),
        (" \x00", {"q": "truce"}, "has no name"),
        ("All", {"q": " ", "outlet": ""}, "nothing is looked for"),
        ("Late", {"since": "tomorrow"}, "is no day"),
    ):
        answer = save(page, name, **asked)
        assert answer.status_code == 400
        assert message in answer.text
    assert newsroom.execute("select count(*) from analyst.saved_search").fetchall() == [(1,)]
