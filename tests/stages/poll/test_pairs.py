"""What is stored of documents that a feed serves one after the other, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from loopback import Reply, serving
from newswatch.settings import HOME
from newswatch.store.server.database import Connection
from stages.extract.test_revisit import PARAGRAPHS, Desk, page

CASES = HOME / "tests" / "feeds" / "cases"
PLACE = b"https://s.test"  # of the cases' pages
TALKS = """
id: talks
name: The talks
groups:
  talks: [Ukraine, Gaza]
rules:
  - id: named
    when: talks
    because: Names where
"""


@pytest.fixture
def desk(connection: Connection, tmp_path: Path) -> Iterator[Desk]:
    with serving("127.5.0.3") as site:
        desk = Desk(connection, tmp_path, site)
        (tmp_path / "topics" / "talks.yaml").write_text(TALKS)
        for path in ("/", "/a", "/live", "/status", "/rail", "/envoy"):
            own = (f"This page stands at {path} of the town.", *PARAGRAPHS)
            headers = {"Content-Type": "text/html; charset=utf-8"}
            desk.site.pages[path] = Reply(200, page(*own, title=f"At {path}"), headers)
        yield desk


def serve(desk: Desk, case: str) -> None:
    body = (CASES / f"poll-{case}.xml").read_bytes()
    desk.site.pages["/feed"] = Reply(200, body.replace(PLACE, desk.site.base.encode()))


def asked(desk: Desk) -> list[str]:
    """The pages that were fetched, in order."""
    paths = (request.path.partition("?")[0] for request in desk.site.requests)
    return [path for path in paths if path not in ("/feed", "/robots.txt")]


@pytest.mark.parametrize("hours", [1, 24, 49])
@pytest.mark.parametrize(
    ("pair", "titles", "pages"),
    [
        (
            "reuse-guid",
            ["Parliament debates the railways", "Envoy lands in Kyiv"],
            ["/rail", "/envoy"],
        ),
        ("live-fragments", ["Live: doors open", "Live: Ukraine talks resume"], ["/live"] * 2),
        ("link-shared-later", ["Outage 0", "Outage 1"], ["/status"] * 2),
        ("nonce-in-body", ["A"], ["/a"]),
        ("query-session", ["A"], ["/a"]),
    ],
)
def test_a_feed_that_is_served_again_later(
    desk: Desk, pair: str, titles: list[str], pages: list[str], hours: int
) -> None:
    serve(desk, f"{pair}-1")
    assert desk.cycle()["poll"]["entries_new"] == 1
    serve(desk, f"{pair}-2")
    counts = desk.cycle(hours)["poll"]
    assert counts["entries_new"] == len(titles) - 1
    assert "entries_updated" not in counts
    entries = desk.rows("select title, status from news.entry order by entry_id")
    assert [entry["title"] for entry in entries] == titles
    assert {entry["status"] for entry in entries} == {"extracted"}
    assert desk.rows("select * from news.entry_version") == []
    assert asked(desk) == pages
    serve(desk, f"{pair}-1")
    assert desk.cycle(hours + 1)["poll"]["entries_new"] == 0
    serve(desk, f"{pair}-2")
    assert desk.cycle(hours + 2)["poll"]["entries_new"] == 0
    assert asked(desk) == pages


def test_a_reused_guid_gives_each_story_its_own_link(desk: Desk) -> None:
    for hours, case in enumerate(("reuse-guid-1", "reuse-guid-2")):
        serve(desk, case)
        desk.cycle(hours)
    links = desk.rows("select link from news.entry order by entry_id")
    assert [row["link"] for row in links] == [f"{desk.site.base}/rail", f"{desk.site.base}/envoy"]


@pytest.mark.parametrize(
    ("cases", "text"),
    [
        (["live-fragments-1", "live-fragments-2"], "Ukraine talks resume in Istanbul."),
        (
            ["shared-page"],
            "US envoy Steve Witkoff met Qatari and Egyptian mediators in Cairo on Monday to discuss"
            " the Gaza ceasefire.",
        ),
    ],
)
def test_an_item_whose_page_is_about_something_else_is_flagged_by_its_own_words(
    desk: Desk, cases: list[str], text: str
) -> None:
    for day, case in enumerate(cases):
        serve(desk, case)
        desk.cycle(24 * day)
    flagged = desk.rows(
        "select text from analyst.flag join analyst.article using (article_id)"
        " where topic = 'talks'"
    )
    assert flagged == [{"text": text}]
