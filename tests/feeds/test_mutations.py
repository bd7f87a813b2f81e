"""Whatever a feed is damaged to, it is parsed or refused, and what is parsed can be stored."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.test_parse import ATOM, JSON, RDF, RSS
from newswatch.feeds.identity import content_hash
from newswatch.feeds.parse import parse_feed
from newswatch.models import ParsedEntry, ParsedFeed

NOW = datetime(2025, 12, 18, 12, 0, tzinfo=UTC)
SEEDS = [document.encode() for document in (RSS, RDF, ATOM, JSON)]
SEEDS.append(RSS.replace("utf-8", "windows-1251").replace("Harbour", "Порт").encode("cp1251"))
PIECES = [
    *(b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>", b"<!DOCTYPE a ["),
    *(b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\\ud800", b"&#0;", b"&x;", b"xmlns=", b"utf-16"),
    *(b"<item>", b"</item>", b"<link/>", b"<guid/>", b"<html>", b"null", b"[", b"}", b"'", b'"'),
    *(b"99999999999999999999", b"\n" * 200, b"%", b"0000-00-00", b"http://[", b"//", b"x" * 3_000),
    *("\u202e".encode(), b"javascript:"),
]
CONTENT_TYPES = [None, "text/html", "text/xml; charset=utf-16", "text/xml; charset=hex"]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good feed with a few cuts, repetitions and insertions."""
    body = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(body)))
        end = draw(st.integers(start, min(len(body), start + 300)))
        match draw(st.sampled_from(["cut", "repeat", "insert", "flip"])):
            case "cut":
                body = body[:start] + body[end:]
            case "repeat":
                body = body[:end] + body[start:]
            case "insert":
                body = body[:start] + draw(st.sampled_from(PIECES)) + body[start:]
            case "flip":
                body = body[:start] + bytes(byte ^ 0x11 for byte in body[start:end]) + body[end:]
    return body


@settings(max_examples=2_000)
@given(damaged(), st.sampled_from(CONTENT_TYPES))
def test_damaged_feeds(body: bytes, content_type: str | None) -> None:
    found = parse_feed(body, url="https://news.example.com/rss", content_type=content_type, now=NOW)
    if not isinstance(found, ParsedFeed):
        assert found.reason
        assert found.detail
        return
    keys = [entry.key for entry in found.entries]
    assert len(keys) == len(set(keys))
    for entry in found.entries:
        assert_storable(entry)


def assert_storable(entry: ParsedEntry) -> None:
    """Postgres takes UTF-8 without NUL; its B-trees take up to some 2,700 bytes."""
    texts = [entry.key, entry.title, entry.summary, entry.content_html, entry.guid, entry.link]
    for text in (*texts, entry.url, entry.published_raw, entry.language, *entry.authors):
        assert text is None or "\x00" not in text.encode().decode()
    assert 0 < len(entry.key.encode()) < 2_500
    assert entry.url is None or len(entry.url.encode()) <= 2_000
    assert entry.published_at is None or entry.published_at <= NOW
    assert len(content_hash(entry)) == 16
