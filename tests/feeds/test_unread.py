"""Items that an earlier poll has read are left out, and nothing else comes of it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.test_parse import ATOM, JSON, RDF, rss
from newswatch.feeds.identity import Changes, compare, content_hash
from newswatch.feeds.parse import parse_feed
from newswatch.feeds.unread import cut
from newswatch.models import KnownEntry, ParsedFeed, ParseFailure

NOW = datetime(2025, 12, 18, 12, 0, tzinfo=UTC)
URL = "https://news.example.com/feeds/world.xml"


def read(document: str, seen: bytes = b"") -> ParsedFeed:
    found = parse_feed(document.encode(), url=URL, content_type=None, now=NOW, seen=seen)
    assert isinstance(found, ParsedFeed), found
    return found


def item(name: str, *, title: str = "", link: str = "", guid: str | None = None) -> str:
    guid = name if guid is None else guid
    return (
        f"<item><title>{title or name}</title><link>{link or f'/{name}'}</link>"
        f"<guid isPermaLink='false'>{guid}</guid></item>"
    )


def titles(feed: ParsedFeed) -> list[str]:
    return [entry.title for entry in feed.entries]


# --- where a document is cut ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("<rss><item>a</item><item>b</item></rss>", ["<item>a</item>", "<item>b</item>"]),
        ("<rss><item>a</item>\n\t <item>b</item>\n</rss>", ["<item>a</item>", "<item>b</item>"]),
        ("<rdf><item rdf:about='b'>b</item></rdf>", ["<item rdf:about='b'>b</item>"]),
        ("<feed><entry>a</entry></feed>", ["<entry>a</entry>"]),
        ("<rss><items/><item\n>a</item></rss>", ["<item\n>a</item>"]),
        ("<rss/>", None),
        ("", None),
        ("<rss><item>a", None),
        ("<rss><item>a</item><item>b</rss>", None),
        ("<rss><item>a</item> and <item>b</item></rss>", None),
        ("<rss><item>a</item><!-- <item>b</item> --></rss>", None),
        ("<rss><!-- <item>a</item> --><item>b</item></rss>", None),
        ("<rss><item><![CDATA[</item>]]></item><item>b</item></rss>", None),
        ("<rss><item><![CDATA[</item>]]></item></rss>", None),
        ("<rss><item>a</item></channel><item>b</item></rss>", None),
    ],
)
def test_cut(text: str, items: list[str] | None) -> None:
    found = cut(text)
    assert (list(found.items) if found else None) == items


@given(st.lists(st.sampled_from(["<item>", "</item>", "<entry ", "</entry>", " ", "x"])))
def test_a_cut_document_is_all_there(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = cut(text)
    if found:
        assert "".join((found.head, *found.items, found.tail)).split() == text.split()


# --- what is left out -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "count"),
    [
        (rss(item("a") + item("b")), 2),
        (ATOM, 1),
        (rss("<item><title>a</title><link>/a</link></item>"), 0),  # its link identifies it
        (RDF, 1),
        (rss(item("a") + item("b", guid="a")), 0),
        (rss(item("a") + "<item>").replace("</channel>", "</canal>"), 0),
        (JSON, 0),
    ],
)
def test_which_documents_are_cut(document: str, count: int) -> None:
    feed = read(document)
    assert len(feed.item_hashes) == 8 * count
    assert len(read(document, feed.item_hashes).entries) == (0 if count else len(feed.entries))


def test_only_items_not_seen_are_parsed() -> None:
    earlier = read(rss(item("ports") + item("wheat")))
    corrected = item("ports", title="Ports, corrected")
    feed = read(rss(item("roads") + corrected + item("wheat")), earlier.item_hashes)
    assert titles(feed) == ["roads", "Ports, corrected"]
    assert feed.items == 3
    assert titles(read(rss(item("wheat") + item("roads")), feed.item_hashes)) == []


@pytest.mark.parametrize(
    "newer",
    [
        item("c", guid="a"),
        item("c", link="/a"),
        item("c", link="https://news.example.com/a?utm_source=rss"),
        item("c", link="https://news.example.com/"),
        item("c", link="https://archive.is/o/AbC/https://news.example.com/a"),
        item("c", link="https://www.google.com/url?url=https%3A%2F%2Fnews.example.com%2Fa"),
        "<item><title>c</title><link>/c</link></item>",
    ],
)
def test_an_item_that_may_depend_on_others_is_read_among_them(newer: str) -> None:
    old = item("a") + item("b")
    document = rss(newer + old)
    assert read(document, read(rss(old)).item_hashes).entries == read(document).entries


@pytest.mark.parametrize(
    "older",
    [
        "https://archive.is/o/AbC/https://news.example.com/2025/a-b?id=7",
        "https://www.google.com/url?url=https%3A%2F%2Fnews.example.com%2F2025%2Fa-b%3Fid%3D7",
        "https://news.example.com/2025/a-b/?utm_source=rss&amp;id=7",
        "https://m.news.example.com/2025/a-b/amp?id=7",
        "../2025/a-b?id=7",
    ],
)
def test_an_item_that_leads_to_the_page_of_another_however_that_is_linked(older: str) -> None:
    old = item("b", title="T", link=older)
    document = rss(item("c", title="T", link="https://news.example.com/2025/a-b?id=7") + old)
    assert titles(read(document, read(rss(old)).item_hashes)) == ["T", "T"]


def test_a_page_of_google_news_is_never_taken_for_another() -> None:
    page = b"https://news.example.com/a-b"
    token = base64.urlsafe_b64encode(b"\x08\x13\x22" + bytes([len(page)]) + page).decode()
    old = item("b", title="T", link=f"https://news.google.com/articles/{token.rstrip('=')}")
    document = rss(item("c", title="T", link="https://news.example.com/a-b") + old)
    assert len({entry.url for entry in read(document).entries}) == 1
    assert titles(read(document, read(rss(old)).item_hashes)) == ["T", "T"]


def test_an_item_that_takes_the_name_of_another() -> None:
    named = "<item rdf:about='h-2'><title>b</title><link>/b</link></item></rdf:RDF>"
    old = read(RDF.replace("</rdf:RDF>", named))
    assert len(old.item_hashes) == 16
    twice = RDF.replace("</rdf:RDF>", named.replace("<title>b", "<title>c") + named[:-10])
    assert read(twice, old.item_hashes).entries == read(twice).entries


def test_a_document_that_became_a_page() -> None:
    page = b"<html><body>" + item("a").encode() + b"</body></html>"
    seen = read(rss(item("a"))).item_hashes
    found = parse_feed(page, url=URL, content_type=None, now=NOW, seen=seen)
    assert isinstance(found, ParseFailure)
    assert found.reason == "html"


# --- the law --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    guid: int
    link: int
    title: int
    summary: int

    def rss(self) -> str:
        return (
            f"<item><title>Title {self.title}</title><link>/world/{self.link}</link>"
            f"<guid>{self.guid}</guid><description>Text {self.summary}.</description></item>"
        )


PIECES = st.lists(
    st.builds(
        Piece, st.integers(1, 12), st.integers(1, 12), st.integers(1, 12), st.integers(1, 12)
    ),
    max_size=5,
)


@settings(max_examples=400)
@given(st.lists(PIECES, min_size=2, max_size=4))
def test_what_is_stored_is_the_same_as_if_all_were_parsed(polls: list[list[Piece]]) -> None:
    stored: dict[str, KnownEntry] = {}
    seen = b""
    published: list[Piece] = []
    for number, newer in enumerate(polls):
        published = [*newer, *published][:8]
        document = rss("".join(piece.rss() for piece in published))
        whole, part = read(document), read(document, seen)
        changes = compare(part.entries, stored)
        assert changes == compare(whole.entries, stored), number
        assert part.items == whole.items
        seen = part.item_hashes
        keep(stored, changes)


def keep(stored: dict[str, KnownEntry], changes: Changes) -> None:
    for entry in (*changes.new, *changes.corrected):
        stored[entry.key] = KnownEntry(entry.key, entry.url, entry.title, content_hash(entry))
