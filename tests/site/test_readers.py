"""What a reader reaches by a signed link: asked by GET, done by POST, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import httpx
import pytest
import yaml

import rows
from markup import faults
from newswatch.digest.links import Link, Purpose, make
from newswatch.models import ArticleId, ReaderId
from newswatch.settings import Settings
from newswatch.stages.reader_choices import with_topics
from newswatch.stages.readers import keep_up, load_readers
from newswatch.store.server.database import Connection
from served import seen, served

SECRET = "a secret of thirty-two characters"
DAY = date(2026, 1, 14)
READERS = [
    {
        "name": name,
        "email": f"{name}@paper.example",
        "timezone": "UTC",
        "send_at": "07:00",
        "topics": ["witkoff", "gaza-mediators"],
    }
    for name in ("ann", "bo")
]
IDS = {"ann": ReaderId(1), "bo": ReaderId(2)}  # in the order in which they are taken up


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "topics").mkdir()
    for topic in ("witkoff", "gaza-mediators"):
        (tmp_path / "topics" / f"{topic}.yaml").touch()
    (tmp_path / "subscribers.yaml").write_text(yaml.safe_dump({"subscribers": READERS}))
    return Settings(watchlist_dir=tmp_path, link_secret=SECRET)


@pytest.fixture
def reader(connection: Connection, database: str, settings: Settings) -> Iterator[httpx.Client]:
    """Somebody without a session, as who follows a link in a mail is."""
    wanted(connection, settings)  # both are taken up
    hooks = {"response": [is_strict]}
    with (
        served(database, settings) as page,
        httpx.Client(base_url=page.base_url, event_hooks=hooks) as client,
    ):
        yield client


def is_strict(response: httpx.Response) -> None:
    """No page of ours has a parse error. Of the editions the mails are read so."""
    is_page = response.headers.get("content-type", "").startswith("text/html")
    if is_page and not response.url.path.startswith("/edition/"):
        assert faults(response.read().decode()) == [], response.url


def path(purpose: Purpose, name: str = "ann", day: date | None = DAY) -> str:
    return f"/{purpose}/{make(Link(IDS[name], purpose, day), SECRET)}"


def wanted(connection: Connection, settings: Settings) -> dict[str, tuple[str, ...]]:
    """Who is to get the next brief, on which topics."""
    loaded = load_readers(settings)
    known = keep_up(rows.job(connection, settings), loaded)
    return {
        reader.name: with_topics(connection, reader, known[reader.name].reader_id).topics
        for reader in loaded.readers
        if reader.name in known
    }


def test_a_get_asks_and_a_post_unsubscribes(
    connection: Connection, settings: Settings, reader: httpx.Client
) -> None:
    for _ in range(2):
        asked = reader.get(path("unsubscribe"))
        assert asked.status_code == 200
        assert "Unsubscribe?" in asked.text
    assert set(wanted(connection, settings)) == {"ann", "bo"}
    for _ in range(2):  # as a mail program posts it, without cookies and origin
        done = reader.post(path("unsubscribe"), data={"List-Unsubscribe": "One-Click"})
        assert (done.status_code, "You are unsubscribed" in done.text) == (200, True)
    assert set(wanted(connection, settings)) == {"bo"}


def test_a_reader_chooses_topics_and_comes_back(
    connection: Connection, settings: Settings, reader: httpx.Client
) -> None:
    reader.post(path("unsubscribe"))
    reader.post(path("preferences"), data={"topic": "witkoff", "receives": "yes"})
    assert wanted(connection, settings)["ann"] == ("witkoff",)
    shown = seen(reader.get(path("preferences")).text)
    ticked = [e.attributes["value"] for e in shown.elements if "checked" in e.attributes]
    assert ticked == ["witkoff", "yes"]
    both = {"topic": ["witkoff", "gaza-mediators", "other"], "receives": "yes"}
    reader.post(path("preferences"), data=both)
    assert wanted(connection, settings)["ann"] == ("witkoff", "gaza-mediators")
    reader.post(path("preferences"), data={"receives": "yes"})  # no topic is no brief
    assert "ann" not in wanted(connection, settings)


def test_who_is_renamed_keeps_the_links_of_old_mails(
    connection: Connection, settings: Settings, reader: httpx.Client
) -> None:
    renamed = [{**READERS[0], "name": "anna"}, READERS[1]]
    told = yaml.safe_dump({"subscribers": renamed})
    (settings.watchlist / "subscribers.yaml").write_text(told)
    assert set(wanted(connection, settings)) == {"anna", "bo"}
    assert "anna" in reader.get(path("unsubscribe")).text
    reader.post(path("unsubscribe"))
    assert set(wanted(connection, settings)) == {"bo"}


def edition(connection: Connection, name: str, **columns: str) -> None:
    ((reader_id,),) = connection.execute(
        "select reader_id from news.reader where name = %s", [name]
    ).fetchall()
    edition_id = rows.edition(
        connection, reader_id=ReaderId(reader_id), subscriber=name, local_date=DAY, **columns
    )
    connection.execute(
        "insert into news.outbox (edition_id, message_id, changed_at) values (%s, %s, %s)",
        [edition_id, f"<{name}@paper.example>", rows.NOON],
    )


def test_the_brief_and_earlier_ones_are_shown(connection: Connection, reader: httpx.Client) -> None:
    edition(connection, "ann", subject="One & two", body_html="<p>Of Ann</p>")
    edition(connection, "bo", subject="Bo's", body_html="<p>Of Bo</p>")
    shown = reader.get(path("edition"))
    assert shown.text == "<p>Of Ann</p>"
    assert "script-src" not in shown.headers["content-security-policy"]
    listed = reader.get(path("archive"))
    assert "One &amp; two" in listed.text
    assert "Bo" not in listed.text
    (address,) = [link for link in seen(listed.text).links() if link.startswith("/edition/")]
    assert reader.get(address).text == "<p>Of Ann</p>"
    assert reader.get(path("edition", day=date(2026, 1, 13))).status_code == 404


@pytest.fixture
def flagged(connection: Connection) -> ArticleId:
    article_id = rows.article(connection, loaded_at=rows.NOON, title="Envoy <lands>")
    rows.decision(connection, article_id, story_id=rows.story(connection), role="first")
    rows.flag(connection, article_id)
    return article_id


def judge(name: str, article_id: ArticleId) -> str:
    link = Link(IDS[name], "judge", DAY, "daily", ("witkoff", article_id))
    return f"/judge/{make(link, SECRET)}"


def said(connection: Connection) -> list[tuple[object, ...]]:
    return connection.execute(
        "select verdict::text, topic, why, judged_by from analyst.judgement"
    ).fetchall()


def test_a_get_asks_of_a_flag_and_a_post_judges_it(
    connection: Connection, flagged: ArticleId, reader: httpx.Client
) -> None:
    address = judge("ann", flagged)
    asked = reader.get(address).text
    assert all(part in asked for part in ("Steve Witkoff", "Envoy &lt;lands&gt;", "Names the"))
    assert said(connection) == []
    kept = reader.post(address, data={"verdict": "wrong", "why": "his\nson"})
    assert (kept.status_code, "Kept" in kept.text) == (200, True)
    assert said(connection) == [("wrong", "witkoff", "his son", "ann (reader)")]
    reader.post(address, data={"verdict": ""})
    assert said(connection) == []


def test_what_somebody_else_has_said_stands(
    connection: Connection, flagged: ArticleId, reader: httpx.Client
) -> None:
    reader.post(judge("bo", flagged), data={"verdict": "right"})
    assert "Somebody else has said" in reader.get(judge("ann", flagged)).text
    for verdict in ("wrong", ""):
        assert reader.post(judge("ann", flagged), data={"verdict": verdict}).status_code == 400
    assert said(connection) == [("right", "witkoff", "", "bo (reader)")]


@pytest.mark.parametrize("verdict", ["missed", "perhaps"])
def test_a_flag_is_right_or_wrong(
    connection: Connection, flagged: ArticleId, reader: httpx.Client, verdict: str
) -> None:
    assert reader.post(judge("ann", flagged), data={"verdict": verdict}).status_code == 400
    assert said(connection) == []


def test_no_address_stands_beside_what_is_judged(
    connection: Connection, flagged: ArticleId, reader: httpx.Client
) -> None:
    connection.execute("update news.reader set name = email where name = 'ann'")
    reader.post(judge("ann", flagged), data={"verdict": "right"})
    assert said(connection) == [("right", "witkoff", "", "reader 1")]


def test_a_flag_that_is_gone_is_not_judged(
    connection: Connection, flagged: ArticleId, reader: httpx.Client
) -> None:
    connection.execute("update news.flag set superseded_at = now()")
    assert "not flagged for" in reader.get(judge("ann", flagged)).text
    assert reader.post(judge("ann", flagged), data={"verdict": "wrong"}).status_code == 400
    assert reader.get(path("judge")).status_code == 404  # it does not say of what


@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_a_link_that_is_not_ours_opens_nothing(
    connection: Connection, settings: Settings, reader: httpx.Client, purpose: Purpose
) -> None:
    edition(connection, "ann", body_html="<p>Of Ann</p>")
    token = path(purpose).split("/")[-1]
    others = {
        f"/{purpose}/{token[:-2]}",
        f"/{purpose}/A{token[1:]}" if token[0] != "A" else f"/{purpose}/B{token[1:]}",
        f"/{purpose}/{make(Link(IDS['ann'], purpose, DAY), SECRET + '!')}",
        *(
            f"/{purpose}/{path(other).split('/')[-1]}"
            for other in get_args(Purpose)
            if other != purpose
        ),
    }
    for other in others:
        assert reader.get(other).status_code == 404, other
        assert reader.post(other).status_code in (404, 405)
    assert reader.get(f"/{purpose}/").status_code == 401
    assert set(wanted(connection, settings)) == {"ann", "bo"}
