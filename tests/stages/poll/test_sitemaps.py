"""Outlets without a feed: an index of sitemaps polled as one, and what a site's page leads to."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from loopback import Reply, Site, serving
from newswatch.settings import Settings
from newswatch.stages.poll.check import check_feed
from newswatch.store.server.database import Connection
from stages.poll.test_poll import HOUR, LOOPBACK, START, Poller, rss

NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(base: str, *titles: str) -> bytes:
    urls = "".join(
        f"<url><loc>{base}/{title}</loc><n:news><n:publication><n:name>Courier</n:name>"
        f"<n:language>uk</n:language></n:publication><n:title>{title}</n:title>"
        f"<n:publication_date>2025-12-18T05:00:00+02:00</n:publication_date></n:news></url>"
        for title in titles
    )
    return f"<urlset xmlns='{SITEMAP}' xmlns:n='{NEWS}'>{urls}</urlset>".encode()


def index(base: str, *named: tuple[str, str]) -> bytes:
    sitemaps = "".join(
        f"<sitemap><loc>{base}{path}</loc>"
        + (f"<lastmod>{day}</lastmod>" if day else "")
        + "</sitemap>"
        for path, day in named
    )
    return f"<sitemapindex xmlns='{SITEMAP}'>{sitemaps}</sitemapindex>".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving("127.8.0.2") as opened:
        yield opened


@pytest.fixture
def poller(connection: Connection, tmp_path: Path) -> Poller:
    return Poller(connection, tmp_path)


def test_an_index_is_polled_as_one_feed(poller: Poller, site: Site) -> None:
    """Its newest sitemaps, packed or not; although it is the same at the next poll."""
    site.pages["/index.xml"] = Reply(
        200,
        index(
            site.base,
            ("/old.xml", "2025-11-01"),
            ("/pages.xml", "2025-12-18"),
            ("/news.xml.gz", "2025-12-18T04:00:00Z"),
            ("/lost-news.xml", ""),
        ),
        {"ETag": '"1"'},
    )
    site.pages["/news.xml.gz"] = Reply(
        200, gzip.compress(sitemap(site.base, "a", "b")), {"Content-Type": "application/gzip"}
    )
    site.pages["/pages.xml"] = Reply(200, f"<urlset xmlns='{SITEMAP}'/>".encode())
    poller.add(f"{site.base}/index.xml")
    assert poller.poll()["entries_new"] == 2
    assert poller.titles() == ["b", "a"]
    asked = [request.path for request in site.requests]
    assert asked == ["/index.xml", "/lost-news.xml", "/news.xml.gz", "/pages.xml"]
    feed = poller.feed()
    assert (feed["state"], feed["etag"]) == ("active", None)
    assert f"{site.base}/lost-news.xml: HTTP 404 Not Found" in feed["problem"]
    site.pages["/news.xml.gz"] = Reply(200, gzip.compress(sitemap(site.base, "c", "a")))
    assert poller.poll(START + HOUR)["entries_new"] == 1


def test_an_index_of_which_nothing_can_be_read_is_a_failure(poller: Poller, site: Site) -> None:
    site.pages["/index.xml"] = Reply(200, index(site.base, ("/old.xml", "2024-01-01")))
    poller.add(f"{site.base}/index.xml")
    assert poller.poll()["failed_parse_no_sitemap"] == 1
    assert "it names no sitemap of these days" in poller.feed()["state_reason"]


def announced(site: Site) -> tuple[str, ...]:
    settings = Settings(allow_networks=LOOPBACK, fetch_timeout=5.0)
    return check_feed(settings, None, f"{site.base}/", START).announced


def test_a_front_page_leads_to_its_feeds_and_its_news_sitemap(site: Site) -> None:
    page = b"<html><head><link rel='alternate' type='application/atom+xml' href='/all'></head>"
    site.pages["/"] = Reply(200, page)
    lines = "User-agent: *\nSitemap: {0}/pages.xml\nsitemap: /news-sitemap.xml\n"
    site.pages["/robots.txt"] = Reply(200, lines.format(site.base).encode())
    site.pages["/news-sitemap.xml"] = Reply(200, sitemap(site.base, "a"))
    site.pages["/pages.xml"] = Reply(200, f"<urlset xmlns='{SITEMAP}'/>".encode())
    assert announced(site) == (f"{site.base}/all", f"{site.base}/news-sitemap.xml")


def test_one_that_announces_none_is_looked_through_politely(site: Site) -> None:
    site.pages["/"] = Reply(200, b"<html><body>Welcome</body></html>")
    site.pages["/rss.xml"] = Reply(200, rss("A"))
    assert announced(site) == (f"{site.base}/rss.xml",)
    asked = [request.path for request in site.requests]
    assert asked == ["/", "/feed", "/rss", "/rss.xml", "/robots.txt"]
