"""The sample newsroom's pages, its control address, and how it starts and stops."""

from __future__ import annotations

import html
import json
import re
import signal
import socket
import subprocess
import sys
import urllib.robotparser
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from newsroom import EPOCH, Article, Newsroom, load_articles
from newsroom.outlets import BY_SLUG
from newsroom.pages import furniture
from newsroom.visit import get
from newswatch.feeds.opml import read_opml
from newswatch.feeds.watchlist import load_feeds

ARTICLES = load_articles()


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as opened:
        yield opened


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.key)
def test_page_answers_as_declared(newsroom: Newsroom, article: Article) -> None:
    newsroom.set_clock(60)
    outlet, answer = BY_SLUG[article.outlet], get(newsroom.url(article))
    assert answer.status == {"403": 403, "404": 404}.get(article.page, 200)
    if article.page == "pdf":
        assert answer.body.startswith(b"%PDF")
        return
    page = html.unescape(answer.body.decode(outlet.charset))
    assert (f'charset="{outlet.charset}"') in page
    shown = [p.text in page for p in article.paragraphs]
    match article.page:
        case "ok" | "robots":
            assert all(shown)
            assert article.title in page
        case "paywall":
            assert shown[0]
            assert not any(shown[1:])
            assert furniture(outlet.language)["subscribe"] in page
        case "live":
            assert not any(shown)  # a heading stands apart from its post
        case "consent":
            assert not any(shown)
            assert furniture(outlet.language)["consent"] in page
        case _:
            assert article.paragraphs[0].text not in page


def test_live_blog_grows(newsroom: Newsroom) -> None:
    live = next(article for article in ARTICLES if article.page == "live")
    posts, titles = [], set()
    for minutes in (0, 20, 40):
        newsroom.set_clock(minutes)
        page = get(newsroom.url(live)).body.decode()
        posts.append(page.count('class="post"'))
        titles.add(live.title_at(minutes))
        assert live.title_at(minutes) in page
    assert posts == [3, 4, 5]
    assert len(titles) == 2


def test_page_is_not_there_before_its_time(newsroom: Newsroom) -> None:
    later = next(article for article in ARTICLES if article.minutes == 45)
    assert get(newsroom.url(later)).status == 404
    newsroom.set_clock(45)
    assert get(newsroom.url(later)).status == 200


def test_unchanged_page_answers_304(newsroom: Newsroom) -> None:
    url = newsroom.url(ARTICLES[0])
    assert get(url, {"If-None-Match": get(url).headers["ETag"]}).status == 304


def test_other_stories_are_linked_beside_the_text(newsroom: Newsroom) -> None:
    museum = next(article for article in ARTICLES if article.read_more)
    page = html.unescape(get(newsroom.url(museum)).body.decode())
    assert "Witkoff" in page
    assert "witkoff" not in museum.flags
    for target in re.findall(r'href="(/[a-z]+/[a-z-]{12,})"', page):
        assert get(newsroom.base(BY_SLUG[museum.outlet]) + target).status == 200


def test_robots_forbid_what_is_private(newsroom: Newsroom) -> None:
    base = newsroom.base(BY_SLUG["lagoon-times"])
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(get(f"{base}/robots.txt").body.decode().splitlines())
    of_outlet = [article for article in ARTICLES if article.outlet == "lagoon-times"]
    for article in of_outlet:
        assert robots.can_fetch("any", base + article.path) == (article.page != "robots")


@pytest.mark.parametrize("path", ["/", "/nothing/here", "/amp/nothing", "/feed?x"])
def test_other_addresses_answer_in_html(newsroom: Newsroom, path: str) -> None:
    answer = get(newsroom.base(BY_SLUG["harbour-wire"]) + path)
    assert answer.status == (200 if path == "/" else 404)
    assert answer.body.startswith(b"<!DOCTYPE html>")


# --- control --------------------------------------------------------------------------------------


def control(newsroom: Newsroom, path: str) -> Any:
    return json.loads(get(newsroom.control_url + path).body)


def test_clock_is_set_and_read(newsroom: Newsroom) -> None:
    assert control(newsroom, "/clock") == {"now": EPOCH.isoformat(), "minutes": 0}
    assert control(newsroom, "/clock?minutes=60")["minutes"] == 60
    assert control(newsroom, "/clock?at=2026-01-14T17:31:20Z")["minutes"] == 31
    assert control(newsroom, "/clock?at=2026-01-14T19:31:20+02:00")["minutes"] == 31
    assert newsroom.now == datetime(2026, 1, 14, 17, 31, tzinfo=UTC)


@pytest.mark.parametrize("query", ["at=yesterday", "at=2026-01-14T17:31:20", "minutes=soon"])
def test_wrong_time_changes_nothing(newsroom: Newsroom, query: str) -> None:
    assert get(f"{newsroom.control_url}/clock?{query}").status == 400
    assert newsroom.minutes == 0


def test_epoch_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Newsroom(epoch=datetime(2026, 1, 14))


def test_feeds_are_listed_as_yaml_and_as_opml(newsroom: Newsroom, tmp_path: Path) -> None:
    listed = yaml.safe_load(get(f"{newsroom.control_url}/feeds.yaml").body)["feeds"]
    assert [feed["url"] for feed in listed] == newsroom.feed_urls()
    assert {key for feed in listed for key in feed} == {
        "url",
        "outlet",
        "country",
        "language",
        "kind",
        "ports",
    }
    (tmp_path / "feeds.yaml").write_text(newsroom.feeds_yaml(), encoding="utf-8")
    assert [spec.url for spec in load_feeds(tmp_path / "feeds.yaml").specs] == newsroom.feed_urls()
    listed_feeds = read_opml(get(f"{newsroom.control_url}/feeds.opml").body, "feeds.opml").feeds
    assert [spec.url for spec in listed_feeds] == newsroom.feed_urls()


def test_expected_is_told_for_what_is_out(newsroom: Newsroom) -> None:
    assert len(control(newsroom, "/expected.json")) == len(newsroom.published()) < len(ARTICLES)
    newsroom.set_clock(60)
    rows = {row["key"]: row for row in control(newsroom, "/expected.json")}
    assert set(rows) == {article.key for article in ARTICLES}
    trimmed = rows["lagoon-times/power-plants-spared-in-draft"]
    assert trimmed["copy_of"] == rows["harbour-wire/lucerne-first-day-energy-draft"]["url"]
    assert trimmed["mentions"] == ["ukraine-talks", "witkoff"]
    assert trimmed["flags"] == []
    assert newsroom.expected_flags()[trimmed["url"]] == frozenset()
    assert newsroom.expected_copies()[trimmed["url"]] == (
        trimmed["copy_of"],
        tuple(trimmed["kinds"]),
    )


def test_requests_are_logged(newsroom: Newsroom) -> None:
    newsroom.set_clock(5)
    url = newsroom.base(BY_SLUG["old-mole"]) + "/feed?x=1"
    get(url, {"If-None-Match": '"a"', "User-Agent": "tester"})
    lines = get(f"{newsroom.control_url}/log").body.decode().splitlines()
    assert [json.loads(line) for line in lines] == [
        {
            "minutes": 5,
            "outlet": "old-mole",
            "method": "GET",
            "path": "/feed?x=1",
            "status": 410,
            "conditional": True,
            "user_agent": "tester",
        }
    ]
    assert get(f"{newsroom.control_url}/nothing").status == 404


def test_close_frees_every_address_and_may_be_repeated() -> None:
    newsroom = Newsroom()
    with socket.create_connection(("127.2.0.1", newsroom.port)):  # idle, and no obstacle
        newsroom.close()
    newsroom.close()
    with Newsroom(newsroom.port) as again:
        assert again.port == newsroom.port


def test_taken_port_is_an_error(newsroom: Newsroom) -> None:
    with pytest.raises(OSError, match="in use"):
        Newsroom(newsroom.port)


# --- as a process ---------------------------------------------------------------------------------


def start(*options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "newsroom", *options],
        cwd=Path(__file__).parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_process_serves_until_it_is_told_to_stop(number: signal.Signals) -> None:
    with start("--port", "0", "--epoch", "2026-02-01T06:00:00Z") as process:
        assert process.stdout
        address = process.stdout.readline().split()[-1]
        assert process.stdout.readline() == "clock 2026-02-01T06:00:00Z\n"
        assert json.loads(get(f"{address}clock").body)["minutes"] == 0
        process.send_signal(number)
        assert process.wait(5) == 0


def test_process_says_that_the_port_is_taken(newsroom: Newsroom) -> None:
    with start("--port", str(newsroom.port)) as process:
        _, complaint = process.communicate(timeout=10)
    assert process.returncode == 1
    assert complaint.endswith("choose another\n")


def test_process_refuses_a_time_without_zone() -> None:
    with start("--epoch", "2026-02-01T06:00:00") as process:
        _, complaint = process.communicate(timeout=10)
    assert process.returncode == 2
    assert "has no time zone" in complaint
