"""Pages that go on being written: looked at again, revised with their flags, history kept."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString

import pytest
from psycopg.rows import dict_row

from loopback import Reply, Request, Site, serving
from newswatch.settings import read_settings
from newswatch.stages.cycle import CLI_TRIGGER, begin, run_cycle
from newswatch.stages.job import Job
from newswatch.stages.maintain import maintain
from newswatch.store import history
from newswatch.store.server.database import Connection

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TOPIC = """
id: ferry
name: The ferry
groups:
  ferry: [ferry]
rules:
  - id: named
    when: ferry
    because: Names the ferry
"""
PARAGRAPHS = [
    "The harbour office opened its doors at six and found the lower quay under a hand of water.",
    "By seven the pumps were running, and the keeper of the lock had written down the level twice.",
    "No one on the market could recall a spring tide that had come so quietly or stayed so long.",
    "The mayor promised sandbags for the cellars, and the school on the hill kept its gates open.",
]
FERRY = "At nine the ferry turned back before the mole, with forty people on board and none hurt."


def page(*paragraphs: str, title: str = "Water on the lower quay", live: bool = False) -> bytes:
    kind = "LiveBlogPosting" if live else "NewsArticle"
    data = json.dumps({"@context": "https://schema.org", "@type": kind, "headline": title})
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html lang='en'><head><title>{title}</title>"
        f"<script type='application/ld+json'>{data}</script></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def feed(base: str, title: str = "Water on the lower quay", summary: str = "It rose.") -> bytes:
    return (
        "<rss version='2.0'><channel><title>Quay Courier</title><item>"
        f"<title>{title}</title><link>{base}/news/water</link><guid>{base}/news/water</guid>"
        f"<description>{summary}</description></item></channel></rss>"
    ).encode()


class Desk:
    """One outlet with one story, and the pipeline that watches it."""

    def __init__(self, connection: Connection, folder: Path, site: Site) -> None:
        self.connection, self.site = connection, site
        port = site.base.rpartition(":")[2]
        (folder / "topics").mkdir()
        (folder / "topics" / "ferry.yaml").write_text(TOPIC)
        (folder / "feeds.yaml").write_text(
            f"feeds:\n  - {{url: '{site.base}/feed', outlet: Courier, urgent: true,"
            f" ports: [{port}]}}\n"
        )
        networks = (ipaddress.ip_network("127.0.0.0/8"),)
        self._settings = read_settings(
            {}, watchlist_dir=folder, allow_networks=networks, shards=1, host_delay=0.0
        )
        self.site.pages["/feed"] = Reply(200, feed(site.base))

    def set(self, **settings: Any) -> None:
        self._settings = replace(self._settings, **settings)

    def show(self, body: bytes, etag: str = '"1"') -> None:
        def answer(request: Request) -> Reply:
            if request.headers.get("if-none-match") == etag:
                return Reply(304)
            return Reply(200, body, {"ETag": etag, "Content-Type": "text/html; charset=utf-8"})

        self.site.pages["/news/water"] = answer

    def cycle(self, hours: float = 0) -> dict[str, Any]:
        done = run_cycle(self.connection, self._settings, now=START + hours * HOUR)
        return {stage: dict(counts) for stage, counts in done.counts.items()}

    def job(self, hours: float) -> Job:
        return begin(self.connection, self._settings, CLI_TRIGGER, START + hours * HOUR)

    def rows(self, query: LiteralString) -> list[dict[str, Any]]:
        with self.connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query).fetchall()

    def asked(self) -> int:
        return sum(request.path == "/news/water" for request in self.site.requests)


@pytest.fixture
def desk(connection: Connection, tmp_path: Path) -> Iterator[Desk]:
    with serving("127.4.0.1") as site:
        yield Desk(connection, tmp_path, site)


def test_a_live_blog_is_followed_for_a_day_each_hour(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS, live=True))
    for hours in range(27):
        desk.cycle(hours)
    assert desk.asked() == 1 + 24


def test_an_article_is_read_once(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS))
    for hours in range(4):
        desk.cycle(hours)
    assert desk.asked() == 1


def test_a_page_that_stayed_as_it_was_is_not_sent_again(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS, live=True))
    desk.cycle()
    again = desk.cycle(1)["extract"]
    assert (again["revisited"], again.get("revised", 0)) == (1, 0)
    assert [
        row["outcome"] for row in desk.rows("select outcome from news.page order by page_id")
    ] == [
        "ok",
        "not-modified",
    ]


def test_what_a_live_blog_says_later_is_flagged_and_published_again(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS, live=True))
    desk.cycle()
    assert desk.rows("select topic from analyst.flag") == []
    desk.show(page(FERRY, *PARAGRAPHS, live=True), etag='"2"')
    counts = desk.cycle(1)
    assert (counts["extract"]["revised"], counts["flag"]["revised"]) == (1, 1)
    assert counts["flag"]["flags_ferry"] == counts["load"]["flagged"] == 1
    (article,) = desk.rows("select title, text, loaded_at, revised_at from analyst.article")
    assert article["text"].startswith(FERRY)
    assert article["loaded_at"] == article["revised_at"] == START + HOUR
    (mention,) = desk.rows("select char_start, char_end, field from news.mention")
    assert article[mention["field"]][mention["char_start"] : mention["char_end"]] == "ferry"


def test_a_flag_stays_with_the_words_that_it_was_raised_by(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS, FERRY, live=True))
    desk.cycle()
    desk.show(page(*PARAGRAPHS, live=True), etag='"2"')
    desk.cycle(1)
    assert desk.rows("select topic from analyst.flag") == []
    (flag,) = desk.rows("select flag_id, superseded_at from news.flag")
    (earlier,) = desk.rows("select text, replaced_at from analyst.article_version")
    assert flag["superseded_at"] == earlier["replaced_at"] == START + HOUR
    (mention,) = desk.rows("select char_start, char_end from news.mention")
    assert earlier["text"][mention["char_start"] : mention["char_end"]] == "ferry"


def test_a_revision_without_a_new_topic_is_no_news(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS, FERRY, live=True))
    desk.cycle()
    desk.show(page(FERRY, *PARAGRAPHS, live=True), etag='"2"')
    desk.cycle(1)
    (article,) = desk.rows("select loaded_at, revised_at from analyst.article")
    assert (article["loaded_at"], article["revised_at"]) == (START, START + HOUR)
    assert len(desk.rows("select topic from analyst.flag")) == 1


def test_a_corrected_entry_sends_us_to_its_page_again(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS))
    desk.cycle()
    title = "Ferry turns back as water reaches the lower quay"
    desk.site.pages["/feed"] = Reply(200, feed(desk.site.base, title))
    desk.show(page(*PARAGRAPHS, FERRY, title=title), etag='"2"')
    desk.cycle(1)
    assert desk.rows("select title from analyst.article") == [{"title": title}]
    assert desk.rows("select title from analyst.article_version") == [
        {"title": "Water on the lower quay"}
    ]


def test_behind_a_paywall_the_corrected_headline_counts(desk: Desk) -> None:
    desk.site.pages["/news/water"] = Reply(403)
    desk.cycle()
    title = "Ferry turns back as water reaches the lower quay"
    desk.site.pages["/feed"] = Reply(200, feed(desk.site.base, title))
    desk.cycle(1)
    assert desk.rows("select title, body_source from analyst.article") == [
        {"title": title, "body_source": "feed-summary"}
    ]
    assert desk.rows("select topic from analyst.flag") == [{"topic": "ferry"}]


def test_a_page_that_cannot_be_had_again_takes_nothing_away(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS, FERRY, live=True))
    desk.cycle()
    before = desk.rows("select title, text, body_source from analyst.article")
    for hours, status in ((1, 403), (2, 404)):
        desk.site.pages["/news/water"] = Reply(status)
        desk.cycle(hours)
    assert desk.rows("select title, text, body_source from analyst.article") == before
    assert len(desk.rows("select topic from analyst.flag")) == 1


def test_why_tells_what_it_said_before(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS, live=True))
    desk.cycle()
    desk.show(page(FERRY, *PARAGRAPHS, live=True), etag='"2"')
    desk.cycle(1)
    (article,) = desk.rows("select article_id from analyst.article")
    (version,) = history.versions(desk.connection, article["article_id"])
    assert version["text"] == "\n".join(PARAGRAPHS)


def test_a_run_that_is_repeated_revises_nothing_twice(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS, live=True))
    desk.cycle()
    desk.show(page(FERRY, *PARAGRAPHS, live=True), etag='"2"')
    desk.cycle(1)
    desk.cycle(1)
    assert len(desk.rows("select article_id from news.article_version")) == 1
    assert len(desk.rows("select flag_id from news.flag")) == 1


def test_a_feed_that_changes_at_each_poll_costs_a_few_requests_a_day(desk: Desk) -> None:
    """The feed's words are another's at each poll; the page stays as it is."""
    desk.show(page(*PARAGRAPHS))
    visited = []
    for hours in range(60):
        words = f"By now {hours} people have written to the board about it."
        desk.site.pages["/feed"] = Reply(200, feed(desk.site.base, summary=words))
        before = desk.asked()
        desk.cycle(hours)
        visited += [hours] * (desk.asked() - before)
    for first in visited:
        assert sum(first <= hour < first + 24 for hour in visited) <= 4
    assert visited[:4] == [0, 1, 2, 3]
    assert len(visited) >= 8
    (kept,) = desk.rows("select count(*) as versions from news.entry_version")
    assert kept["versions"] == 20
    maintain(desk.job(60 + 24 * 91))
    assert desk.rows("select * from news.entry_version") == []


def test_a_live_blog_is_followed_as_before_whatever_its_feed_does(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS, live=True))
    for hours in range(12):
        words = f"By now {hours} people have written to the board about it."
        desk.site.pages["/feed"] = Reply(200, feed(desk.site.base, summary=words))
        desk.cycle(hours)
    assert desk.asked() == 12


def fragments(base: str, *said: str, title: str | None = None) -> bytes:
    """A feed of items, the newest first, that all lead to places on one page."""
    items = "".join(
        f"<item><title>{title or words}</title><link>{base}/news/water#{words[:4]}</link>"
        f"<guid isPermaLink='false'>{words}</guid><description>{words}.</description></item>"
        for words in said
    )
    return f"<rss version='2.0'><channel><title>Q</title>{items}</channel></rss>".encode()


@pytest.mark.parametrize("title", [None, "The flood as it happens"])
def test_a_new_item_of_a_page_brings_its_words_and_has_the_page_read_again(
    desk: Desk, title: str | None
) -> None:
    desk.show(page(*PARAGRAPHS))
    desk.site.pages["/feed"] = Reply(200, fragments(desk.site.base, "Doors open", title=title))
    desk.cycle()
    said = ("The ferry turned back", "Doors open")
    desk.site.pages["/feed"] = Reply(200, fragments(desk.site.base, *said, title=title))
    desk.show(page(FERRY, *PARAGRAPHS), etag='"2"')
    counts = desk.cycle(1)["extract"]
    assert (counts["articles"], counts["revised"], desk.asked()) == (1, 1, 2)
    texts = desk.rows("select text from analyst.article order by article_id")
    assert [row["text"] for row in texts] == [
        "\n".join((FERRY, *PARAGRAPHS)),
        "The ferry turned back.",
    ]
    assert len(desk.rows("select topic from analyst.flag")) == 2


def test_items_of_one_page_that_come_together_cost_one_request(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS))
    said = ("The ferry turned back", "Pumps run", "Doors open")
    desk.site.pages["/feed"] = Reply(200, fragments(desk.site.base, *said))
    desk.cycle()
    assert desk.asked() == 1
    desk.cycle(1)
    assert desk.asked() == 1


def test_a_page_with_a_new_item_each_hour_costs_a_few_requests_a_day(desk: Desk) -> None:
    desk.show(page(*PARAGRAPHS))
    for hours in range(30):
        said = [f"Water at {level} hands" for level in range(hours, -1, -1)]
        desk.site.pages["/feed"] = Reply(200, fragments(desk.site.base, *said))
        desk.cycle(hours)
    assert desk.asked() == 8
    assert len(desk.rows("select article_id from news.article")) == 30
