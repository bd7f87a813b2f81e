"""Feed documents of every format, well-formed and not, to entries."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newswatch.feeds.parse import parse_feed
from newswatch.models import ParsedEntry, ParsedFeed, ParseFailure

NOW = datetime(2025, 12, 18, 12, 0, tzinfo=UTC)
URL = "https://news.example.com/feeds/world.xml"


def parse(body: bytes | str, content_type: str | None = None) -> ParsedFeed | ParseFailure:
    encoded = body.encode() if isinstance(body, str) else body
    return parse_feed(encoded, url=URL, content_type=content_type, now=NOW)


def parsed(body: bytes | str, content_type: str | None = None) -> ParsedFeed:
    found = parse(body, content_type)
    assert isinstance(found, ParsedFeed), found
    return found


def failure(body: bytes | str) -> ParseFailure:
    found = parse(body)
    assert isinstance(found, ParseFailure), found
    return found


def rss(items: str, channel: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        f"<channel><title>Example World</title>{channel}{items}</channel></rss>"
    )


def item(inner: str) -> ParsedEntry:
    (entry,) = parsed(rss(f"<item>{inner}</item>")).entries
    return entry


RSS = rss(
    """<item><title>Harbour reopens after storm</title><link>/world/harbour?utm_source=rss</link>
    <guid isPermaLink="false">h-1</guid><pubDate>Thu, 18 Dec 2025 10:00:00 +0200</pubDate>
    <dc:creator>By Ada Miller</dc:creator><description>Ships &lt;b&gt;sail&lt;/b&gt; again.
    </description></item>"""
)
RDF = """<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://news.example.com/"><title>Example World</title></channel>
  <item rdf:about="h-1"><title>Harbour reopens after storm</title>
  <link>https://news.example.com/world/harbour</link><dc:date>2025-12-18T10:00:00+02:00</dc:date>
  <dc:creator>Ada Miller</dc:creator><description>Ships sail again.</description></item>
  </rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Example World</title>
  <entry><id>h-1</id><title type="html">Harbour &lt;i&gt;reopens&lt;/i&gt; after storm</title>
  <link rel="replies" href="https://news.example.com/world/harbour/comments"/>
  <link rel="alternate" href="https://news.example.com/world/harbour"/>
  <published>2025-12-18T08:00:00Z</published><updated>2025-12-18T09:00:00Z</updated>
  <author><name>Ada Miller</name></author><summary>Ships sail again.</summary></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Example World",
        "items": [
            {
                "id": "h-1",
                "url": "https://news.example.com/world/harbour",
                "title": "Harbour reopens after storm",
                "summary": "Ships sail again.",
                "date_published": "2025-12-18T10:00:00+02:00",
                "authors": [{"name": "Ada Miller"}],
            }
        ],
    }
)


@pytest.mark.parametrize(
    ("document", "form"),
    [(RSS, "rss20"), (RDF, "rss10"), (ATOM, "atom10"), (JSON, "json11")],
    ids=["rss", "rdf", "atom", "json"],
)
def test_every_format_gives_the_same_entry(document: str, form: str) -> None:
    feed = parsed(document)
    (entry,) = feed.entries
    assert (feed.format, feed.title, feed.problem) == (form, "Example World", None)
    assert entry.title == "Harbour reopens after storm"
    assert entry.summary == "Ships sail again."
    assert entry.url == "https://news.example.com/world/harbour"
    assert entry.guid == "h-1"
    assert entry.key == "guid:h-1"
    assert entry.authors == ("Ada Miller",)
    assert entry.published_at == datetime(2025, 12, 18, 8, 0, tzinfo=UTC)
    assert entry.content_html is None


def test_the_link_stays_as_published_and_its_identity_is_canonical() -> None:
    entry = item("<title>T</title><link>http://m.example.com/a/?utm_source=rss</link>")
    assert entry.link == "http://m.example.com/a/?utm_source=rss"
    assert entry.url == "https://www.example.com/a"


@pytest.mark.parametrize(
    ("inner", "link"),
    [
        ("<guid>https://news.example.com/a</guid>", "https://news.example.com/a"),
        (
            '<guid isPermaLink="true">https://news.example.com/a</guid>',
            "https://news.example.com/a",
        ),
        ('<guid isPermaLink="false">https://news.example.com/a</guid>', None),
        ("<guid>12345</guid><link>https://news.example.com/a</link>", "https://news.example.com/a"),
        ("<link><![CDATA[ /a?x=1&y=2 ]]></link>", "https://news.example.com/a?x=1&y=2"),
        ("<description>No link at all</description>", None),
    ],
)
def test_where_the_link_stands(inner: str, link: str | None) -> None:
    entry = item(f"<title>T</title>{inner}")
    assert entry.link == link


def test_bare_guids_are_not_resolved() -> None:
    assert item("<title>T</title><guid>12345</guid>").guid == "12345"


# --- texts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Q&amp;A", "Q&A"),
        ("Q&amp;amp;A", "Q&A"),
        ("Caf&amp;eacute; &amp;#8217;s", "Café ’s"),
        ("<![CDATA[<b>Bold</b> claim]]>", "Bold claim"),
        ("&lt;b&gt;Bold&lt;/b&gt; claim", "Bold claim"),
        ("5 &lt; 6", "5 < 6"),
        ("two\n   lines", "two lines"),
        ("&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;", "one two"),
        ("a&lt;script&gt;alert(1)&lt;/script&gt;b", "ab"),
        ("safe\u202eevil\u2066", "safeevil"),
        ("zero\u200bwidth soft\u00adhyphen", "zerowidth softhyphen"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("reference to nul &#0;&#x1;", "reference to nul"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_titles_are_plain(written: str, read: str) -> None:
    assert item(f"<title>{written}</title><link>/a</link>").title == read


def test_summaries_keep_their_paragraphs() -> None:
    entry = item("<title>T</title><description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.</description>")
    assert entry.summary == "One.\nTwo."


BODY = "<p>" + "</p><p>".join(f"Paragraph {n} of the report on the harbour." for n in range(40))


def test_a_body_is_kept_beside_the_summary() -> None:
    entry = item(
        f"<title>T</title><description>Short.</description>"
        f"<content:encoded><![CDATA[{BODY}]]></content:encoded>"
    )
    assert entry.summary == "Short."
    assert entry.content_html is not None
    assert entry.content_html.count("<p>") == 40


def test_a_long_description_is_a_body() -> None:
    entry = item(f"<title>T</title><description><![CDATA[{BODY}]]></description>")
    assert entry.content_html is not None
    assert entry.summary.startswith("Paragraph 0")
    assert len(entry.summary) <= 600


def test_content_that_says_no_more_is_no_body() -> None:
    entry = item(
        "<title>T</title><description>A summary of the report.</description>"
        "<content:encoded><![CDATA[<p>A summary.</p>]]></content:encoded>"
    )
    assert entry.content_html is None


def test_bodies_are_safe() -> None:
    evil = (
        '<p onclick="x()">Text <a href="javascript:x()">a</a> <a href="https://b.example/">b</a>'
        '<img src=x onerror=y><iframe src="//evil"></iframe><script>z()</script></p>'
    )
    entry = item(f"<title>T</title><description><![CDATA[{evil}{BODY}]]></description>")
    assert entry.content_html is not None
    assert '<p>Text <a>a</a> <a href="https://b.example/">b</a></p>' in entry.content_html
    for word in ("onclick", "javascript", "iframe", "script", "img"):
        assert word not in entry.content_html


def test_authors_are_names() -> None:
    entry = item(
        "<title>T</title><author>desk@example.com (Ada Miller)</author>"
        "<dc:creator>By Ada Miller</dc:creator><dc:creator>Bo Chen</dc:creator>"
    )
    assert set(entry.authors) == {"Ada Miller", "Bo Chen"}


# --- dates ----------------------------------------------------------------------------------------


def test_a_date_is_clamped_and_kept_raw() -> None:
    entry = item("<title>T</title><pubDate>Fri, 18 Dec 2026 10:00:00 GMT</pubDate>")
    assert entry.published_at == NOW
    assert entry.published_raw == "Fri, 18 Dec 2026 10:00:00 GMT"


# --- what a feed asks for -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>30</ttl>", 1_800),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 3_600),
        (
            "<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            21_600,
        ),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        (
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            3_600,
        ),
        ("", None),
    ],
)
def test_ttl(channel: str, seconds: int | None) -> None:
    assert parsed(rss("", channel)).ttl_seconds == seconds


def test_all_hours_and_days_are_kept() -> None:
    feed = parsed(
        rss(
            "<item><title>T</title><description>&lt;hour&gt;9&lt;/hour&gt;</description></item>",
            "<skipHours><hour>0</hour><hour> 1 </hour><hour>24</hour></skipHours>"
            "<skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays>",
        )
    )
    assert feed.skip_hours == {0, 1}
    assert feed.skip_days == {5, 6}


# --- charsets -------------------------------------------------------------------------------------

CYRILLIC = "Порт открыт после шторма, сообщили власти города"


def _in_charset(declared: str, actual: str) -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><title>Н</title>'
    )
    items = f"<item><title>{CYRILLIC}</title><link>/a</link></item>" * 8
    return f"{text}{items}</channel></rss>".encode(actual)


@pytest.mark.parametrize(
    ("declared", "actual", "content_type"),
    [
        ("utf-8", "utf-8", None),
        ("windows-1251", "windows-1251", None),
        ("koi8-r", "koi8-r", "application/rss+xml"),
        ("utf-16", "utf-16", None),
        ("windows-1251", "utf-8", None),  # wrong, and plain to see
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),  # a server's default
        ("utf-8", "windows-1251", None),  # wrong, and only to be guessed
        ("utf-8", "windows-1251", "text/xml; charset=windows-1251"),
        ("x-unheard-of", "utf-8", None),
    ],
)
def test_charsets(declared: str, actual: str, content_type: str | None) -> None:
    assert parsed(_in_charset(declared, actual), content_type).entries[0].title == CYRILLIC


def test_a_wrong_charset_is_told_of() -> None:
    assert parsed(_in_charset("utf-8", "windows-1251")).problem is not None
    assert parsed(_in_charset("windows-1251", "utf-8")).problem is not None


def test_a_few_broken_bytes_do_not_change_the_charset() -> None:
    body = _in_charset("utf-8", "utf-8").replace(CYRILLIC[:1].encode(), b"\xff", 1)
    feed = parsed(body)
    assert CYRILLIC[1:] in feed.entries[0].title
    assert feed.problem is not None


def test_a_byte_order_mark_is_no_content() -> None:
    assert parsed(b"\xef\xbb\xbf" + RSS.encode()).problem is None


# --- malformed ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        RSS.replace("</channel></rss>", ""),
        RSS.replace("</item>", "</item><item><title>Half an"),
        RSS.replace("storm", "storm & flood"),
        RSS.replace("<dc:creator>", "<media:thing>x</media:thing><dc:creator>"),
        RSS.replace("storm", "storm &nbsp;"),
        RSS.replace("</item>", "</item><item><title>" + "<![CDATA[a]]>" * 60 + "</item>"),
    ],
    ids=[
        *("cut off", "cut off in an item", "bare ampersand", "unbound prefix", "undefined entity"),
        "many sections in a title without end",
    ],
)
def test_malformed_documents_are_salvaged(document: str) -> None:
    feed = parsed(document)
    assert feed.entries[0].title.startswith("Harbour reopens after storm")
    assert feed.entries[0].guid == "h-1"
    assert feed.problem is not None


def test_what_makes_the_parser_fail_is_mended_first() -> None:
    feed = parsed(RSS.replace("<link>", "<link</item>>"))
    assert [entry.title for entry in feed.entries] == ["Harbour reopens after storm"]
    assert feed.problem is not None


@pytest.mark.parametrize(
    "before",
    ["\n\n  ", "<!-- made by a robot -->", "<br />\n<b>Warning</b>: disk full in x.php<br />\n"],
)
def test_what_comes_before_the_root_does_no_harm(before: str) -> None:
    assert len(parsed(before + RSS).entries) == 1


def test_a_doctype_expands_nothing() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + RSS.replace(
        "storm", "&b;"
    )
    assert "haha" not in parsed(bomb).entries[0].title


def test_external_entities_are_not_read(tmp_path: object) -> None:
    stolen = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{__file__}">]>' + RSS.replace(
        "storm", "&x;"
    )
    assert "Feed documents" not in str(parsed(stolen))


def test_body_that_names_a_file_is_not_opened() -> None:
    assert failure(__file__).reason == "not-a-feed"
    assert failure("https://news.example.com/feed.xml").reason == "not-a-feed"


# --- no feed at all -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"<!doctype html><html><body>Please accept cookies</body></html>", "html"),
        (b"\n<html lang='en'><head><title>Just a moment...</title></head></html>", "html"),
        (b"<div>Service unavailable</div>", "html"),
        (b"Service unavailable", "not-a-feed"),
        (b"<?xml version='1.0'?><urlset><url/></urlset>", "not-a-feed"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "not-a-feed"),
        (b"{", "malformed-json"),
        (b'{"error": "gone"}', "not-a-feed"),
        (b'{"items": [{"price": 5}]}', "not-a-feed"),
        (b"[" * 100_000, "malformed-json"),
        (b"<rss " + b"a='1' " * 20_000 + b">", "hostile"),
    ],
)
def test_no_feed(body: bytes, reason: str) -> None:
    assert failure(body).reason == reason


def test_a_consent_wall_is_named() -> None:
    page = "<html><body><h1>We value your privacy</h1><p>Accept all cookies</p></body></html>"
    assert "consent wall" in failure(page).detail


def test_an_empty_feed_is_a_feed() -> None:
    assert parsed(rss("")).entries == ()


# --- JSON Feed ------------------------------------------------------------------------------------


def test_json_feed_in_all_its_forms() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1",
        "title": "Example",
        "language": "pt-br",
        "items": [
            {"id": 7, "url": "/a", "title": "Numeric id", "author": {"name": "Ada"}},
            {"id": "b", "external_url": "https://other.example/b", "content_text": "One <two>.\nX"},
            {"id": "c", "content_html": BODY, "title": None, "authors": "nobody"},
            "not an object",
            {"id": "d", "title": "Lone \ud800 surrogate"},
        ],
    }
    feed = parsed(json.dumps(document))
    a, b, c, d = feed.entries
    assert (feed.format, a.key, a.authors, a.language) == ("json1", "guid:7", ("Ada",), "pt-BR")
    assert a.link == "https://news.example.com/a"
    assert (b.link, b.summary) == ("https://other.example/b", "One <two>.\nX")
    assert (c.title, c.authors) == ("", ("nobody",))
    assert c.content_html is not None
    assert d.title == "Lone surrogate"
    assert feed.problem == "1 items were not read"
