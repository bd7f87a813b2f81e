"""A topic is edited on its page: kept as a draft, checked, tried on stored articles, published."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import rows
from newswatch.settings import Settings
from newswatch.store.server.database import Connection
from rows import NOON
from served import get, served

TOPIC = """\
id: t
name: Envoys <b>
groups:
  envoy: [Witkoff]
  talks: [talks]
rules:
  - {id: talks, when: envoy SENT talks}
tests:
  - {text: Witkoff held talks., flag: true}
"""
WIDER = TOPIC.replace("envoy SENT talks", "envoy")
WRONG = TOPIC.replace("envoy SENT talks", "envoy SENT envoys")
FAILING = TOPIC.replace("flag: true", "flag: false")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "t.yaml").write_text(TOPIC)
    return tmp_path / "topics"


@pytest.fixture
def desk(database: str, folder: Path) -> Iterator[httpx.Client]:
    with served(database, Settings(embedder="none", watchlist_dir=folder.parent)) as client:
        yield client


def stored(connection: Connection, *texts: str) -> None:
    for number, text in enumerate(texts, start=1):
        article = rows.article(
            connection, title=f"Headline <{number}>", text=text, loaded_at=NOON, flagged_at=NOON
        )
        rows.decision(connection, article, role="first")


def field(page: str, name: str) -> str:
    (found,) = re.findall(rf'name="{name}" value="([^"]*)"', page)
    return str(found)


def written(page: str) -> str:
    (found,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    return html.unescape(found)


def change(desk: httpx.Client, do: str, definition: str = WIDER, **more: str) -> httpx.Response:
    windows = definition.replace("\n", "\r\n")  # as browsers send it
    return desk.post("/topics/t", data={"do": do, "definition": windows, **more})


def drafts(connection: Connection) -> list[tuple[object, ...]]:
    return connection.execute(
        "select definition, written_by, ended_at is null, published_by from analyst.topic_draft"
        " order by draft_id"
    ).fetchall()


def test_a_draft_is_kept_until_it_is_published(
    connection: Connection, desk: httpx.Client, folder: Path
) -> None:
    shown = desk.get("/topics/t").text
    assert written(shown) == TOPIC
    assert "Envoys &lt;b&gt;" in shown
    assert "1 test passes" in shown
    change(desk, "save", TOPIC)  # nothing was changed
    assert drafts(connection) == []
    change(desk, "save")
    assert drafts(connection) == [(WIDER, "Ann", True, None)]
    assert written(desk.get("/topics/t").text) == WIDER
    assert "by <bdi>Ann</bdi>" in desk.get("/topics").text
    assert (folder / "t.yaml").read_text() == TOPIC
    answer = change(desk, "publish", mark=field(shown, "mark"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/topics/t")
    assert (folder / "t.yaml").read_text() == WIDER
    assert drafts(connection) == [(WIDER, "Ann", False, "Ann")]
    assert "published by <bdi>Ann</bdi>" in desk.get("/topics/t").text


def test_a_draft_is_thrown_away(connection: Connection, desk: httpx.Client) -> None:
    change(desk, "save")
    change(desk, "discard")
    assert drafts(connection) == [(WIDER, "Ann", False, None)]
    assert written(desk.get("/topics/t").text) == TOPIC


@pytest.mark.parametrize(
    ("definition", "told"),
    [
        (WRONG, "t.yaml:7:23</code> no group is called 'envoys'"),
        ("id: t\nname: [", "t.yaml:2:"),
        (FAILING, "line 9: must not flag"),
    ],
)
def test_what_the_check_refuses_is_kept_and_not_published(
    connection: Connection, desk: httpx.Client, folder: Path, definition: str, told: str
) -> None:
    mark = field(desk.get("/topics/t").text, "mark")
    refused = change(desk, "publish", definition, mark=mark)
    assert refused.status_code == 400
    assert (folder / "t.yaml").read_text() == TOPIC
    shown = desk.get("/topics/t").text
    assert told in html.unescape(shown)
    assert 'value="publish"' not in shown
    assert drafts(connection) == [(definition, "Ann", True, None)]


def test_what_somebody_else_wrote_is_not_overwritten(desk: httpx.Client, folder: Path) -> None:
    mark = field(desk.get("/topics/t").text, "mark")
    (folder / "t.yaml").write_text(TOPIC + "# by hand\n")
    refused = change(desk, "publish", mark=mark)
    assert refused.status_code == 400
    assert "has changed since" in refused.text
    assert (folder / "t.yaml").read_text() == TOPIC + "# by hand\n"


@pytest.mark.parametrize("name", ["a--b", "a-"])
def test_only_a_topics_name_is_a_file(desk: httpx.Client, name: str) -> None:
    assert desk.get(f"/topics/{name}").status_code == 400
    assert desk.get("/topics/..%2Fnames").status_code in (400, 404)


def test_a_new_topic_begins_as_a_draft(desk: httpx.Client, folder: Path) -> None:
    answer = desk.get("/topics?name=grain")
    assert answer.headers["location"] == "/topics/grain"
    shown = desk.get("/topics/grain").text
    assert "a new topic, not saved" in shown
    definition = written(shown).replace("name: grain", "name: Grain")
    form = {"do": "publish", "definition": definition, "mark": field(shown, "mark")}
    assert desk.post("/topics/grain", data=form).status_code == 303
    assert (folder / "grain.yaml").read_text() == definition
    assert "not in force" in desk.get("/topics").text


def test_a_draft_is_tried_on_stored_articles(connection: Connection, desk: httpx.Client) -> None:
    stored(
        connection,
        "Witkoff held talks.",
        "Witkoff landed. The talks are over.",
        "The talks are over.",
        "It rained.",
    )
    rows.flag(connection, rows.ArticleId(4), topic="t")
    answer = change(desk, "try", TOPIC.replace("Envoys", "Envoy"), days="3")
    assert answer.headers["location"] == "/topics/t?days=3#trial"
    shown = desk.get("/topics/t?days=3")
    told = " ".join(shown.text.split())
    assert "On 4 articles of the last 3 days" in told
    assert "1 article added, 1 dropped, 0 kept" in told
    links = [link for link in get(desk, "/topics/t?days=3").links() if "/article/" in link]
    assert links == [f"/article/{number}" for number in (1, 4, 2, 3)]
    assert "missed by SENT talks" in told
    assert connection.execute("select count(*) from news.flag").fetchall() == [(1,)]


def test_a_try_says_where_it_ended(
    connection: Connection, desk: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(connection, "Witkoff held talks.")
    monkeypatch.setattr("newswatch.site.routes.topics.SECONDS", -1.0)
    shown = desk.get("/topics/t?days=3").text
    assert "On 0 articles" in shown
    assert "The newest only" in shown


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_where_the_folder_is_read_only_the_text_is_to_be_committed(
    desk: httpx.Client, folder: Path
) -> None:
    mark = field(desk.get("/topics/t").text, "mark")
    folder.chmod(0o555)
    try:
        change(desk, "save")
        assert "commit the text above" in desk.get("/topics/t").text
        assert "cannot be written" in change(desk, "publish", mark=mark).text
    finally:
        folder.chmod(0o755)
