"""What one item says: a table of markup as feeds have it, each in a feed of its own, whole and
beside another item; and documents whose form is the point."""

from __future__ import annotations

import ast
import csv
import html
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newswatch.feeds.parse import parse_feed
from newswatch.models import ParsedFeed

TABLE = (Path(__file__).parent / "items.tsv").read_text().splitlines()
ROWS = list(csv.DictReader(TABLE, delimiter="\t", quoting=csv.QUOTE_NONE))
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)
SECOND = "<item><title>Second</title><link>https://www.site.test/second</link></item>"
PAGE = "https://www.site.test/a"


def rss(
    items: str, *, head: str = "<link>https://www.site.test/</link>", attributes: str = ""
) -> str:
    return (
        f'<rss version="2.0" {attributes} {NAMESPACES}><channel><title>F</title>{head}'
        f"{items}</channel></rss>"
    )


def atom(entry: str, *, attributes: str = "", head: str = "") -> str:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>F</title>{head}'
        f"<entry><title>T</title><id>urn:1</id>{entry}</entry></feed>"
    )


def read(document: str | bytes, url: str = "http://feed.test/dir/feed.xml") -> ParsedFeed:
    body = document if isinstance(document, bytes) else document.encode()
    feed = parse_feed(body, url=url, content_type="application/rss+xml", now=NOW)
    assert isinstance(feed, ParsedFeed), feed
    return feed


@pytest.mark.parametrize("row", ROWS, ids=[row["item"] for row in ROWS])
@pytest.mark.parametrize("others", ["", SECOND])
def test_an_item_says(row: dict[str, str], others: str) -> None:
    item = row["item"].encode("latin-1", "backslashreplace").decode("unicode_escape")
    found = read(rss(f"<item>{item}<description>What it says</description></item>{others}")).entries
    assert getattr(found[0], row["what"]) == ast.literal_eval(row["right"])
    assert [entry.title for entry in found[1:]] == ["Second"] * bool(others)


@pytest.mark.parametrize(
    ("document", "link"),
    [
        (rss("<item><link>a</link></item>", attributes='xml:base="https://www.site.test/b/"'),
         "https://www.site.test/b/a"),
        (rss("<item><link>//www.site.test/a</link></item>",
             head="<link>http://www.site.test/</link>"), "http://www.site.test/a"),
        (rss("<item><link>2026/a</link></item>", head="<link>https://www.site.test/en/</link>"),
         "https://www.site.test/en/2026/a"),
        (rss("<item><link>/a</link></item>", head=""), "http://feed.test/a"),
        (rss("<item><link>www.feed.test/a</link></item>", head=""), "https://www.feed.test/a"),
        (rss("<item><link>feed.test/a</link></item>", head=""), "https://feed.test/a"),
        (atom('<link href="a"/>', attributes='xml:base="https://www.site.test/"'), PAGE),
        (atom('<link xml:base="x/" href="../a"/>', attributes='xml:base="https://www.site.test/"'),
         PAGE),
        (atom('<link href="/a"/>', head='<link href="https://www.site.test/"/>'), PAGE),
        (atom('<link rel="edit" href="https://www.site.test/edit"/>'
              '<link href="https://www.site.test/a"/>'), PAGE),
        (atom('<link rel="self" href="https://www.site.test/self"/>'
              '<link rel="http://www.iana.org/assignments/relation/alternate"'
              ' href="https://www.site.test/a"/>'), PAGE),
        (atom('<link type="application/json" href="https://www.site.test/a.json"/>'
              '<link type="text/html" href="https://www.site.test/a"/>'), PAGE),
        (atom('<link hreflang="ru" href="https://www.site.test/ru/a"/>'
              '<link hreflang="uk-UA" href="https://www.site.test/a"/>',
              attributes='xml:lang="uk"'), PAGE),
        (atom('<link hreflang="fr" href="https://www.site.test/fr/a"/>'
              '<link hreflang="x-default" href="https://www.site.test/a"/>',
              attributes='xml:lang="en"'), PAGE),
        (atom('<content type="text/html" src="https://www.site.test/a"/>'), PAGE),
        (atom("<link>https://www.site.test/a</link>"), PAGE),
    ],
)  # fmt: skip
def test_the_page_of_an_item(document: str, link: str) -> None:
    assert read(document).entries[0].link == link


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("<title type='text'>a &lt;b&gt; c</title>", "a <b> c"),
        ("<title>a &lt;b&gt; c</title>", "a <b> c"),  # RFC 4287, 3.1.1: text is the default
        ("<title>a &lt;b&gt;c&lt;/b&gt;</title>", "a c"),  # and it is markup all the same
        ("<title>a&lt;br&gt;c</title>", "a c"),
        ("<title type='html'>a &amp;lt; c</title>", "a < c"),
        ("<title type='text/html'>a &lt;i&gt;c&lt;/i&gt;</title>", "a c"),
        ("<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a <b>c</b></div></title>",
         "a c"),
        ("<title type='xhtml'><h:div xmlns:h='http://www.w3.org/1999/xhtml'>a c</h:div></title>",
         "a c"),
    ],
)  # fmt: skip
def test_types_of_atom(title: str, text: str) -> None:
    document = atom("<link href='https://www.site.test/a'/>").replace("<title>T</title>", title)
    assert read(document).entries[0].title == text


@pytest.mark.parametrize("times", range(5))
@pytest.mark.parametrize(
    "markup",
    [
        "<p>One</p><p>two</p>",
        '<a href="x?a=1&b=2">One</a><br/>two',
        '<img src="a.jpg"/>One<br>two',
        "<script>alert(1)</script>One<div>two</div>",
        "<style>p{}</style><p>One</p>two",
    ],
)
def test_no_text_holds_markup_however_often_it_was_escaped(markup: str, times: int) -> None:
    for _ in range(times):
        markup = html.escape(markup)
    for description in (markup, f"<![CDATA[{markup}]]>"):
        item = f"<item><title>T</title><description>{description}</description></item>"
        assert read(rss(item + SECOND)).entries[0].summary.split() == ["One", "two"]


@pytest.mark.parametrize(
    ("media", "summary"),
    [
        ("<media:content medium='image' url='x'><media:description>A photo</media:description>"
         "</media:content>", ""),
        ("<media:content medium='image' url='x'/><media:description>A photo</media:description>",
         ""),
        ("<media:content url='https://x.test/a.JPG?w=1'/><media:description>A photo"
         "</media:description>", ""),
        ("<media:thumbnail url='x'/><media:description>A photo</media:description>", ""),
        ("<media:group><media:content type='video/mp4' url='x'/><media:thumbnail url='y'/>"
         "<media:description>What it is about</media:description></media:group>",
         "What it is about"),
        ("<media:description>What it is about</media:description>", "What it is about"),
    ],
)  # fmt: skip
def test_what_a_photo_shows_is_no_summary(media: str, summary: str) -> None:
    item = f"<item><title>T</title><link>https://www.site.test/a</link>{media}</item>"
    assert read(rss(item)).entries[0].summary == summary


@pytest.mark.parametrize(
    ("language", "tag"),
    [("en_US", "en-US"), ("iw", "he"), ("ua", "uk"), ("English", None), ("und", None)],
)
def test_the_language_of_a_feed(language: str, tag: str | None) -> None:
    document = rss("<item><title>T</title></item>", head=f"<language>{language}</language>")
    assert read(document).entries[0].language == tag


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<div id="error"><p>Database error</p></div>', ""),
        (
            "<br />\n<b>Warning</b>: Undefined variable in <b>/x.php</b><br />\n",
            "",
        ),
        ("Notice: foo in /x.php on line 2\n", ""),
        ("<html><head><title>x</title></head><body><pre>", "</pre></body></html>"),
        ("<script>if(a<b){}</script>", "<script>x</script>"),
        ("X-Powered-By: PHP/5\nContent-Type: text/xml\n\n", "\n<!-- generated in 0.1s -->"),
        ("<!DOCTYPE html>", "Query took & 3s <"),
        ('<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY x "y">]>', "\0\0"),
        ("<?php echo 1; ?>", '<?xml version="1.0"?><rss></rss>'),
    ],
)
@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0" encoding="UTF-8"?>'])
def test_what_stands_around_a_feed(before: str, after: str, declaration: str) -> None:
    feed = rss("<item><title>Zürich — Київ</title></item>")
    for document in (before + declaration + feed, declaration + before + feed):
        assert [entry.title for entry in read(document + after).entries] == ["Zürich — Київ"]


def test_a_feed_that_was_escaped_into_a_page() -> None:
    page = f"<html><body><pre>{html.escape(rss(SECOND))}</pre></body></html>"
    assert [entry.link for entry in read(page).entries] == ["https://www.site.test/second"]


@pytest.mark.parametrize(
    "items",
    [
        "<item><title>Talks</Title><link>https://www.site.test/a</link></item>",
        "<item><title>Talks</title><link a='1' a='2'>https://www.site.test/a</link></item>",
        "<item><title>Talks</title><guid isPermaLink=false>1</guid>"
        "<link>https://www.site.test/a</link></item>",
        "<item><title>Talks</title><link>https://www.site.test/a</link>",
        "<item><title>Talks</title><link>https://www.site.test/a</link><x:y>z</x:y></item>",
        "<item><title>Talks</title><link>https://www.site.test/a</link><description><p>One<br>"
        "</description></item>",
    ],
)
def test_damage_costs_itself_only(items: str) -> None:
    found = read(rss(items + SECOND)).entries
    assert [(entry.title, entry.link) for entry in found] == [
        ("Talks", PAGE),
        ("Second", "https://www.site.test/second"),
    ]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [{"title": "A",}, ]}', ["A"]),
        ('{"items": [{"id": "1", "title": "a, ]b"}, {"id": "2", "title": "B"}, {"id": "3", "ti',
         ["a, ]b", "B"]),
        ('{"version": "https://jsonfeed.org/version/1", "items": [{"title": "A\nB\tC"}]}',
         ["A B C"]),
        ('{"version": "https://jsonfeed.org/version/1", "items": [{"title": "\\ud83d\\ude00 A"},'
         ' {"title": "\\ud83d B"}]}', ["😀 A", "B"]),
    ],
)  # fmt: skip
def test_json_as_it_is_written(text: str, titles: list[str]) -> None:
    for body in (text.encode(), text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode()):
        assert [entry.title for entry in read(body).entries] == titles


def test_atom_of_the_past() -> None:
    """Version 0.3: its dates, its escaping, its base64."""
    feed = read(
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>F</title><entry>'
        '<title mode="escaped" type="text/html">Talks &lt;b&gt;resume&lt;/b&gt;</title>'
        '<link rel="alternate" href="https://www.site.test/a"/><id>tag:x,1</id>'
        "<issued>2026-10-01T10:00:00Z</issued><modified>2026-10-02T10:00:00Z</modified>"
        "<author><name>Ann B</name></author>"
        '<content mode="base64" type="text/html">PHA+Qm9keTwvcD4=</content></entry></feed>'
    )
    entry = feed.entries[0]
    assert feed.format == "atom03"
    assert (entry.title, entry.link, entry.summary) == ("Talks resume", PAGE, "Body")
    assert entry.published_at == datetime(2026, 10, 1, 10, 0, tzinfo=UTC)
    assert entry.authors == ("Ann B",)
