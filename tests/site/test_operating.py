"""Operators act on feeds and on what is parked, from the page; who did it is kept."""

from __future__ import annotations

from ipaddress import ip_network

import httpx
import pytest

import rows
from loopback import Reply, serving
from newswatch.settings import Settings
from newswatch.store import feeds, parked
from newswatch.store.parked import Fault, Subject, Tries
from newswatch.store.server.database import Connection
from rows import NOON
from served import served

LATER = NOON.replace(hour=13)


def feed(connection: Connection) -> tuple[object, ...]:
    (row,) = connection.execute(
        "select enabled, disabled_by::text, next_poll_reason from ops.feed_health"
    ).fetchall()
    return row


def acted(connection: Connection) -> list[tuple[object, ...]]:
    return connection.execute(
        "select kind::text, feed_id, what, why, acted_by from ops.action order by action_id"
    ).fetchall()


def due(connection: Connection) -> list[str]:
    tries = Tries(LATER, "")
    return [found.url for found in feeds.due_feeds(connection, tries, 0, 1, 9)]


def test_a_disabled_feed_is_not_polled_whatever_is_listed(
    connection: Connection, page: httpx.Client
) -> None:
    feed_id = rows.feed(connection, url="https://a.example/", origin="watchlist")
    answer = page.post(f"/feed/{feed_id}/disable", data={"why": "its <b>\nowner asks"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/feeds#feed-{feed_id}")
    told = "disabled by Ann: its <b> owner asks"
    assert feed(connection) == (False, "hand", told)
    assert "disabled by Ann: its &lt;b&gt; owner asks" in page.get("/feeds").text
    spec = feeds.FeedSpec("https://a.example/", outlet="The Paper")
    feeds.update_specs(connection, [feeds.FeedRow(spec, "a.example", 0)])
    assert (feed(connection), due(connection)) == ((False, "hand", told), [])
    page.post(f"/feed/{feed_id}/enable")
    assert feed(connection) == (True, None, "enabled by Ann")
    assert due(connection) == ["https://a.example/"]
    assert acted(connection) == [
        ("disable", feed_id, "https://a.example/", "its <b> owner asks", "Ann"),
        ("enable", feed_id, "https://a.example/", "", "Ann"),
    ]


def test_a_feed_that_waits_is_asked_at_the_next_cycle(
    connection: Connection, page: httpx.Client
) -> None:
    tomorrow = NOON.replace(day=NOON.day + 1)
    feed_id = rows.feed(
        connection, state="throttled", next_poll_at=tomorrow, url="https://a.example/"
    )
    assert due(connection) == []
    page.post(f"/feed/{feed_id}/retry")
    assert due(connection) == ["https://a.example/"]
    assert feed(connection)[2] == "asked for by Ann"


def test_what_is_parked_is_tried_at_once(connection: Connection, page: httpx.Client) -> None:
    article = rows.article(connection)
    subject = Subject("Envoy lands", article_id=article)
    tries = Tries(NOON, "v1")
    parked.park(connection, "flag", subject, Fault("time", "Overdue"), tries)
    assert parked.subjects(connection, "flag", tries) == {subject: False}
    form = {"stage": "flag", "what": "Envoy lands", "article_id": str(article)}
    answer = page.post("/parked/retry", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/runs#parked")
    assert parked.subjects(connection, "flag", tries) == {subject: True}
    assert acted(connection) == [("retry-parked", None, "flag: Envoy lands", "", "Ann")]


def test_what_a_person_has_to_mend_is_not_tried(connection: Connection, page: httpx.Client) -> None:
    subject = Subject("feeds.yaml:3", name="feeds.yaml:3")
    parked.park(connection, "poll", subject, Fault("wrong", "no address"), Tries(NOON, ""))
    answer = page.post("/parked/retry", data={"stage": "poll", "name": "feeds.yaml:3"})
    assert answer.status_code == 400
    assert "for a person to mend" in answer.text
    assert "/parked/retry" not in page.get("/runs").text


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/feed/99/disable", {}, 400),
        ("/feed/99/check", {}, 404),
        ("/feed/99/burn", {}, 400),
        ("/parked/retry", {}, 400),
        ("/parked/retry", {"stage": "flag", "article_id": "x"}, 400),
        ("/parked/retry", {"stage": "no stage", "article_id": "1"}, 400),
    ],
)
def test_what_cannot_be_done_is_refused(
    connection: Connection, page: httpx.Client, path: str, form: dict[str, str], status: int
) -> None:
    assert page.post(path, data=form).status_code == status
    assert acted(connection) == []


def test_another_site_acts_on_nothing(connection: Connection, page: httpx.Client) -> None:
    feed_id = rows.feed(connection)
    forged = {"Sec-Fetch-Site": "cross-site"}
    for path in (f"/feed/{feed_id}/disable", f"/feed/{feed_id}/check", "/parked/retry"):
        assert page.post(path, headers=forged).status_code == 403
    assert feed(connection)[0] is True


def test_a_check_says_what_comes_back(connection: Connection, database: str) -> None:
    with serving("127.0.0.2") as site:
        site.pages["/rss"] = Reply(404, b"gone <b>away</b>")
        feed_id = rows.feed(connection, url=f"{site.base}/rss", fetch_url=f"{site.base}/rss")
        settings = Settings(allow_networks=(ip_network("127.0.0.0/8"),), embedder="none")
        with served(database, settings) as page:
            told = page.post(f"/feed/{feed_id}/check").text
    assert "HTTP 404" in told
    assert "a poll now" in told
    assert connection.execute("select count(*) from news.feed_fetch").fetchall() == [(0,)]
