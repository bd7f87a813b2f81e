"""extract: what is learnt of a host from page to page, and what its feed knows better."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from loopback import Reply, serving
from newswatch.store.server.database import Connection
from stages.extract.test_revisit import HOUR, PARAGRAPHS, START, Desk, feed, page

BELOW = "The Courier is printed on the lower quay and brought to your door by barge."


@pytest.fixture
def desk(connection: Connection, tmp_path: Path) -> Iterator[Desk]:
    with serving("127.4.0.2") as site:
        yield Desk(connection, tmp_path, site)


def test_a_line_below_many_articles_of_a_host_is_learnt(desk: Desk) -> None:
    items = "".join(
        f"<item><title>Story {number}</title><link>{desk.site.base}/story/{number}</link></item>"
        for number in range(1, 8)
    )
    feed = f"<rss version='2.0'><channel><title>C</title>{items}</channel></rss>".encode()
    desk.site.pages["/feed"] = Reply(200, feed)
    for number in range(1, 8):
        own = [f"Story {number}: {paragraph}" for paragraph in PARAGRAPHS]
        body = page(*own, BELOW, title=f"Story {number}")
        desk.site.pages[f"/story/{number}"] = Reply(200, body, {"Content-Type": "text/html"})
    desk.cycle()
    rows = desk.rows("select text, boilerplate from analyst.article order by article_id")
    assert [BELOW in row["text"] for row in rows] == [True] * 5 + [False] * 2
    assert [row["boilerplate"] for row in rows] == [[]] * 5 + [[BELOW]] * 2
    (line,) = desk.rows("select line, articles from news.host_line where learnt_at is not null")
    assert line == {"line": BELOW, "articles": 7}


def test_a_page_older_than_all_that_its_outlet_ever_announced_is_dated_by_the_feed(
    desk: Desk,
) -> None:
    founded = page(*PARAGRAPHS).replace(b'"headline"', b'"datePublished": "1998-05-01", "headline"')
    desk.site.pages["/news/water"] = Reply(200, founded, {"Content-Type": "text/html"})
    stamped = feed(desk.site.base).replace(
        b"<description>", b"<pubDate>Mon, 02 Mar 2026 05:00:00 GMT</pubDate><description>"
    )
    desk.site.pages["/feed"] = Reply(200, stamped)
    desk.cycle()
    (article,) = desk.rows("select published_at, fact_sources from analyst.article")
    assert article["published_at"] == START - HOUR
    assert article["fact_sources"]["published_at"] == "feed"


def test_the_words_of_items_that_share_a_page_are_articles_of_their_own(desk: Desk) -> None:
    items = "".join(
        f"<item><title>{title}</title><link>{desk.site.base}/news/water</link>"
        f"<guid isPermaLink='false'>{title}</guid><description>{title} today.</description></item>"
        for title in ("Road works begin", "Envoy meets mediators in Cairo")
    )
    feed = f"<rss version='2.0'><channel><title>C</title>{items}</channel></rss>".encode()
    desk.site.pages["/feed"] = Reply(200, feed)
    desk.site.pages["/news/water"] = Reply(200, page(*PARAGRAPHS), {"Content-Type": "text/html"})
    desk.cycle()
    entries = desk.rows("select status from news.entry")
    assert [row["status"] for row in entries] == ["extracted", "extracted"]
    own = desk.rows("select text from analyst.article where body_source = 'feed-summary'")
    assert len(own) == 1
    assert own[0]["text"] in ("Road works begin today.", "Envoy meets mediators in Cairo today.")


def test_a_feed_whose_text_is_enough_has_no_page_fetched(desk: Desk, tmp_path: Path) -> None:
    desk.show(page(*PARAGRAPHS))
    listed = tmp_path / "feeds.yaml"
    listed.write_text(listed.read_text().replace("urgent: true", "urgent: true, pages: false"))
    counts = desk.cycle()
    assert (desk.asked(), counts["extract"]["from_feed"]) == (0, 1)
    (article,) = desk.rows("select text, no_page_reason from analyst.article")
    assert article["text"] == "It rose."
    assert article["no_page_reason"].startswith("feed_text: its feed is listed with pages: false")


def test_a_page_is_told_what_its_feed_is_told_that_we_are(desk: Desk, tmp_path: Path) -> None:
    desk.show(page(*PARAGRAPHS))
    listed = tmp_path / "feeds.yaml"
    listed.write_text(listed.read_text().replace("urgent: true", "user_agent: Example/1.0"))
    desk.cycle()
    told = {asked.path: asked.headers["user-agent"] for asked in desk.site.requests}
    assert (told["/feed"], told["/news/water"]) == ("Example/1.0", "Example/1.0")


MINUTES_20 = 1 / 3  # of an hour
SLOW = page(*(f"{number} {'board ' * 15}" for number in range(55_000)))


def test_a_page_whose_extraction_was_lost_is_tried_again(desk: Desk) -> None:
    desk.set(page_deadline=1.0)
    desk.show(SLOW)
    assert desk.cycle()["extract"]["retried"] == 1
    (row,) = desk.rows("select kind, detail from news.page")
    assert row["kind"] == "not-extracted"
    assert row["detail"] == "it could not be extracted: it took more than 1 s of CPU time"
    desk.show(page(*PARAGRAPHS))
    desk.cycle(MINUTES_20)
    (article,) = desk.rows("select page_kind, body_source from analyst.article")
    assert article == {"page_kind": "article", "body_source": "page"}


def test_one_that_is_lost_each_time_is_an_article_of_its_feed_and_says_why(desk: Desk) -> None:
    desk.set(page_deadline=0.5)
    desk.show(SLOW)
    for hours in (0, MINUTES_20, 3 * MINUTES_20):
        desk.cycle(hours)
    assert desk.asked() == 3
    (article,) = desk.rows("select page_kind, text, no_page_reason from analyst.article")
    assert article["page_kind"] == "not-extracted"
    assert article["text"] == "It rose."
    assert article["no_page_reason"].startswith("not_extracted: it could not be extracted: it took")
