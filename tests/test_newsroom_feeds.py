"""The sample newsroom's feeds show what is out, and misbehave as declared."""

from __future__ import annotations

import gzip
import html
import io
import json
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator

import feedparser
import pytest

from newsroom import OUTLETS, Article, Feed, Newsroom, Outlet, load_articles
from newsroom.outlets import BY_SLUG
from newsroom.visit import Answer, get

ARTICLES = load_articles()
FEEDS = [(outlet, feed) for outlet in OUTLETS for feed in outlet.feeds]
ANSWERING = [(o, f) for o, f in FEEDS if f.answer in ("ok", "moved", "flaky")]


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as opened:
        yield opened


def get_feed(newsroom: Newsroom, outlet: Outlet, feed: Feed) -> Answer:
    """The feed's document, asked for once more where the first answer is a 500."""
    first = get(newsroom.base(outlet) + feed.path)
    return get(newsroom.base(outlet) + feed.path) if first.status == 500 else first


def titles_of(feed: Feed, body: bytes) -> list[str]:
    if feed.shape == "json11":
        return [item["title"] for item in json.loads(body)["items"]]
    return [entry.title for entry in feedparser.parse(io.BytesIO(body)).entries]


def shown_by(newsroom: Newsroom, outlet: Outlet, feed: Feed) -> list[Article]:
    return [
        article
        for article in newsroom.published()
        if article.outlet == outlet.slug and (not feed.sections or article.section in feed.sections)
    ]


def feed_id(value: object) -> str:
    return value.slug if isinstance(value, Outlet) else getattr(value, "path", str(value))


@pytest.mark.parametrize("minutes", [0, 30, 60])
@pytest.mark.parametrize(("outlet", "feed"), ANSWERING, ids=feed_id)
def test_feed_shows_what_is_out(
    newsroom: Newsroom, outlet: Outlet, feed: Feed, minutes: int
) -> None:
    newsroom.set_clock(minutes)
    shown = shown_by(newsroom, outlet, feed)
    titles = titles_of(feed, get_feed(newsroom, outlet, feed).body)
    assert len(titles) == len(shown) > 0
    if feed.written == feed.declared:
        assert sorted(titles) == sorted(article.title_at(minutes) for article in shown)


@pytest.mark.parametrize(
    ("outlet", "feed"), [(o, f) for o, f in FEEDS if f.validators], ids=feed_id
)
def test_unchanged_feed_answers_304_until_there_is_news(
    newsroom: Newsroom, outlet: Outlet, feed: Feed
) -> None:
    url = newsroom.base(outlet) + feed.path
    first = get(url)
    names = {
        "etag": ("ETag", "If-None-Match"),
        "last-modified": ("Last-Modified", "If-Modified-Since"),
    }
    known = {names[v][1]: first.headers[names[v][0]] for v in feed.validators}
    assert get(url, known).status == 304
    for name, value in known.items():
        assert get(url, {name: value}).status == 304
    newsroom.set_clock(60)
    assert get(url, known).status == 200


def test_awkward_feeds_answer_as_declared(newsroom: Newsroom) -> None:
    found: dict[str, list[int]] = {}
    for outlet, feed in FEEDS:
        if feed.answer != "ok":
            url = newsroom.base(outlet) + feed.listed_path
            found[feed.answer] = [get(url).status for _ in range(3)]
    assert found == {
        "moved": [301, 301, 301],
        "gone": [410, 410, 410],
        "throttled": [429, 429, 429],
        "flaky": [500, 200, 500],
        "consent-page": [200, 200, 200],
    }


def test_throttled_feed_says_when_to_come_back(newsroom: Newsroom) -> None:
    answer = get(newsroom.base(BY_SLUG["breakwater"]) + "/feed")
    assert int(answer.headers["Retry-After"]) > 0


def test_moved_feed_leads_to_the_new_place(newsroom: Newsroom) -> None:
    base = newsroom.base(BY_SLUG["courrier-quais"])
    target = get(f"{base}/rss").headers["Location"]
    assert target == f"{base}/flux/actualites.xml"
    assert get(target).status == 200


def test_consent_page_is_no_feed(newsroom: Newsroom) -> None:
    answer = get(newsroom.base(BY_SLUG["isthmus-herald"]) + "/feed")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert b"<html" in answer.body


def test_answers_are_compressed_for_who_asks(newsroom: Newsroom) -> None:
    url = newsroom.base(BY_SLUG["harbour-wire"]) + "/rss.xml"
    packed, plain = get(url, {"Accept-Encoding": "gzip"}), get(url)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


@pytest.mark.parametrize("slug", ["mayachny-listok", "portova-khvylia"])
def test_charset_is_not_the_declared_one(newsroom: Newsroom, slug: str) -> None:
    feed = BY_SLUG[slug].feeds[0]
    body = get(newsroom.base(BY_SLUG[slug]) + feed.path).body
    assert f'encoding="{feed.declared}"'.encode() in body
    assert feed.written != feed.declared
    newest = shown_by(newsroom, BY_SLUG[slug], feed)[-1]
    assert html.escape(newest.title) in body.decode(feed.written)


def test_malformed_feed_is_no_xml(newsroom: Newsroom) -> None:
    body = get(newsroom.base(BY_SLUG["kiyi-postasi"]) + "/rss").body
    with pytest.raises(ET.ParseError):
        ET.fromstring(body)


def test_guids_are_missing_or_all_the_same(newsroom: Newsroom) -> None:
    def guids(slug: str) -> Counter[str | None]:
        outlet = BY_SLUG[slug]
        body = get(newsroom.base(outlet) + outlet.feeds[0].path).body
        return Counter(e.get("id") for e in feedparser.parse(io.BytesIO(body)).entries)

    assert set(guids("hamigdalor")) == {None}
    assert len(guids("tremor-desk")) == 1
    assert set(guids("harbour-wire").values()) == {1}


def test_restamped_feed_dates_every_item_anew_at_each_poll(newsroom: Newsroom) -> None:
    def dates() -> set[str]:
        body = get(newsroom.base(BY_SLUG["deichbote"]) + "/nachrichten.xml").body
        return {entry.published for entry in feedparser.parse(io.BytesIO(body)).entries}

    first, second = dates(), dates()
    assert len(first) == len(second) == 1
    assert first != second


@pytest.mark.parametrize(
    ("path", "part"), [("/feed/all", "utm_source=rss"), ("/feed/world", "/amp/")]
)
def test_links_lead_to_other_addresses_of_the_same_page(
    newsroom: Newsroom, path: str, part: str
) -> None:
    outlet = BY_SLUG["meridian-post"]
    entries = feedparser.parse(io.BytesIO(get(newsroom.base(outlet) + path).body)).entries
    articles = {a.title: a for a in ARTICLES if a.outlet == outlet.slug}
    for entry in entries:
        assert part in entry.link
        page = get(entry.link).body.decode()
        assert f'rel="canonical" href="{newsroom.url(articles[entry.title])}"' in page
