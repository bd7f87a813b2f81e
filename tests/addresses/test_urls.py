"""What a link names: a table of cases, and the laws that hold for any text."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.addresses.urls import (
    canonical_url,
    fetch_url,
    host_of,
    same_site,
    shard_key,
    without_session,
)

CASES = [
    # spelling
    ("HTTPS://News.Example.COM/a", "https://news.example.com/a"),
    ("http://news.example.com/a", "https://news.example.com/a"),
    ("https://news.example.com:443/a", "https://news.example.com/a"),
    ("http://news.example.com:80/a", "https://news.example.com/a"),
    ("https://news.example.com:8443/a", "https://news.example.com:8443/a"),
    ("https://news.example.com./a", "https://news.example.com/a"),
    ("https://reader:secret@news.example.com/a", "https://news.example.com/a"),
    ("https://news.example.com", "https://news.example.com/"),
    ("https://news.example.com/a/", "https://news.example.com/a"),
    ("https://news.example.com//a///b", "https://news.example.com/a/b"),
    ("https://news.example.com/x/../a/./b", "https://news.example.com/a/b"),
    ("https://news.example.com/%7Ea%2fb", "https://news.example.com/~a%2Fb"),
    ("https://news.example.com/100%", "https://news.example.com/100%25"),
    ("https://news.example.com/a b", "https://news.example.com/a%20b"),
    (" https://news.example.com/\n a ", "https://news.example.com/%20a"),
    ("https://news.example.com/новости", "https://news.example.com/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
    ("http://пример.рф/a", "https://xn--e1afmkfd.xn--p1ai/a"),
    ("https://news.example.com/a;jsessionid=1A2B", "https://news.example.com/a"),
    ("https://news.example.com/a;JSESSIONID=1A.n2/b?id=5", "https://news.example.com/a/b?id=5"),
    (
        "https://news.example.com/(S(0abc1defghijklmnopqrst2v))/a.aspx",
        "https://news.example.com/a.aspx",
    ),
    ("https://news.example.com/wiki/(S(1))/a", "https://news.example.com/wiki/(S(1))/a"),
    # fragments
    ("https://news.example.com/a#comments", "https://news.example.com/a"),
    ("https://news.example.com/#!/story/5", "https://news.example.com/#!/story/5"),
    # how the reader came
    ("https://news.example.com/a?utm_source=rss&utm_medium=feed", "https://news.example.com/a"),
    ("https://news.example.com/a?fbclid=x&id=7&gclid=y", "https://news.example.com/a?id=7"),
    ("https://news.example.com/a?at_medium=RSS&at_campaign=K", "https://news.example.com/a"),
    ("https://news.example.com/a?CMP=share_btn&smid=tw", "https://news.example.com/a"),
    ("https://news.example.com/a?maca=en-rss-en-all-1573-rdf", "https://news.example.com/a"),
    ("https://news.example.com/a?ref=home&traffic_source=rss", "https://news.example.com/a"),
    ("https://news.example.com/a?source=rss&from=newsletter-7", "https://news.example.com/a"),
    # which article is meant
    ("https://news.example.com/?p=123", "https://news.example.com/?p=123"),
    ("https://news.example.com/a?storyid=9&page=2", "https://news.example.com/a?storyid=9&page=2"),
    ("https://news.example.com/a?b=2&a=1", "https://news.example.com/a?b=2&a=1"),
    ("https://news.example.com/a?source=reuters", "https://news.example.com/a?source=reuters"),
    ("https://news.example.com/a?id=&flag", "https://news.example.com/a?id=&flag"),
    ("https://video.example.com/watch?v=abc&feature=x", "https://video.example.com/watch?v=abc&feature=x"),
    # small screens
    ("https://m.example.com/a", "https://www.example.com/a"),
    ("https://mobile.example.co.uk/a", "https://www.example.co.uk/a"),
    ("https://m.news.example.com/a", "https://news.example.com/a"),
    ("https://en.m.example.org/a", "https://en.example.org/a"),
    ("https://amp.example.com/a", "https://www.example.com/a"),
    ("https://www.example.com/a/amp/", "https://www.example.com/a"),
    ("https://www.example.com/a.amp", "https://www.example.com/a"),
    ("https://www.example.com/a.amp.html", "https://www.example.com/a.html"),
    ("https://www.example.com/amp/a", "https://www.example.com/a"),
    ("https://www.example.com/a?outputType=amp", "https://www.example.com/a"),
    ("https://www.example.com/a?amp=1", "https://www.example.com/a"),
    ("https://www.example.com/champ", "https://www.example.com/champ"),
    ("https://m.com/a", "https://m.com/a"),
    # through somebody else
    ("https://archive.is/o/AbCdE/https://news.example.com/a?id=1", "https://news.example.com/a?id=1"),
    ("https://archive.ph/o/x1/http:/news.example.com/a", "https://news.example.com/a"),
    ("https://archive.today/20250102/https://news.example.com/a", "https://news.example.com/a"),
    ("https://web.archive.org/web/20250102030405id_/http://news.example.com/a", "https://news.example.com/a"),
    ("https://www.google.com/url?sa=t&url=https%3A%2F%2Fnews.example.com%2Fa", "https://news.example.com/a"),
    ("https://www.google.com/amp/s/www.example.com/a/amp", "https://www.example.com/a"),
    ("https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a", "https://www.example.com/a"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example.com%2Fa&h=1", "https://news.example.com/a"),
    ("http://www.bing.com/news/apiclick.aspx?ref=x&url=https%3a%2f%2fnews.example.com%2fa", "https://news.example.com/a"),
    ("https://archive.is/AbCdE", "https://archive.is/AbCdE"),
    ("https://www.google.com/search?q=a", "https://www.google.com/search?q=a"),
    # addresses instead of names: scheme and port are part of the identity
    ("http://127.0.0.5:8900/a?utm_source=x", "http://127.0.0.5:8900/a"),
    ("http://127.0.0.5:8900/a/amp", "http://127.0.0.5:8900/a/amp"),
    ("http://localhost:8900/a", "http://localhost:8900/a"),
    ("http://[::1]:80/a", "http://[::1]/a"),
    ("https://archive.is/o/x1/http://127.0.0.5:8900/a", "http://127.0.0.5:8900/a"),
]  # fmt: skip

# Two links each, and whether they name one page.
PAIRS = [
    ("?at_medium=RSS&at_campaign=rss", "", True),
    ("?at_id=1", "?at_id=2", False),
    ("?ns_mchannel=rss&ns_campaign=1490", "", True),
    ("?ns_id=1", "?ns_id=2", False),
    ("?pk_campaign=rss", "", True),
    ("?pk_id=1", "?pk_id=2", False),
    ("?fb_ref=x", "", True),
    ("?fb_id=1", "?fb_id=2", False),
    ("?cmp=rss", "", True),
    ("?cmp=1", "?cmp=2", False),
    ("?cid=social", "", True),
    ("?cid=5", "?cid=6", False),
    ("?campaign_id=100", "?campaign_id=200", False),
    ("?linkid=100", "?linkid=200", False),
    ("?mod=djemalertNEWS", "?mod=rss_markets_main", True),
    ("?mod=hp_lead_pos5", "", True),
    ("?mod=news", "?mod=video", False),
    ("?src=article-12", "?src=article-13", False),
    ("?ref=web-2026-1", "?ref=web-2026-2", False),
    ("?ref=twitter.com", "?ref=homepage", True),
    ("?partner=12", "?partner=13", False),
    ("?from=2026-10-01", "?from=2026-10-02", False),
    ("?lang=uk", "?lang=en", False),
    ("?srsltid=x&ved=y&usg=z", "", True),
    ("?_x_tr_sl=auto&_x_tr_tl=en", "", True),
    ("?__hstc=1&__hssc=2", "", True),
]


NOWHERE = [
    "",
    " ",
    "news.example.com/a",
    "/a",
    "javascript:alert(1)",
    "mailto:desk@example.com",
    "ftp://example.com/a",
    "data:text/html,x",
    "https://",
    "https:///a",
    "http://[::1/",
    "http://a b/",
    "http://exa<mple.com/",
    "https://example.com:99999/",
    "https://evil.example\\@news.example.com/",
    "https://news.example.com/" + "a" * 2_000,
]


@pytest.mark.parametrize(("url", "expected"), CASES)
def test_canonical(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@pytest.mark.parametrize("url", NOWHERE)
def test_nowhere(url: str) -> None:
    assert canonical_url(url) is None
    assert fetch_url(url) is None


@pytest.mark.parametrize(
    ("link", "base", "expected"),
    [
        ("/a", "https://news.example.com/feeds/rss", "https://news.example.com/a"),
        ("a", "https://news.example.com/feeds/rss", "https://news.example.com/feeds/a"),
        ("//www.example.com/a", "https://news.example.com/rss", "https://www.example.com/a"),
        ("https://www.example.com/a", "https://news.example.com/rss", "https://www.example.com/a"),
        ("/a", "http://[::1/", None),
    ],
)
def test_relative_links(link: str, base: str, expected: str | None) -> None:
    assert canonical_url(link, base) == expected
    assert fetch_url(link, base) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("http://m.example.com/a/?utm_source=x&b=1#c", "http://m.example.com/a/?utm_source=x&b=1"),
        ("https://archive.is/o/AbCdE/http://m.example.com/a/", "http://m.example.com/a/"),
        ("https://www.example.com/a/amp", "https://www.example.com/a/amp"),
        ("https://news.example.com/ü", "https://news.example.com/%C3%BC"),
    ],
)
def test_the_server_sees_the_link_as_published(link: str, expected: str) -> None:
    assert fetch_url(link) == expected


def test_older_aggregator_tokens_hold_their_target() -> None:
    target = b"https://news.example.com/politics/" + b"a" * 120
    length = bytes((len(target) & 0x7F | 0x80, len(target) >> 7))
    token = base64.urlsafe_b64encode(b"\x08\x13\x22" + length + target + b"\xd2\x01\x00").decode()
    link = f"https://news.google.com/rss/articles/{token.rstrip('=')}?oc=5"
    assert fetch_url(link) == target.decode()


def test_newer_aggregator_tokens_hold_none() -> None:
    token = base64.urlsafe_b64encode(b"\x08\x13\x22\x20AU_yqLpacked-and-signed-by-them").decode()
    link = f"https://news.google.com/rss/articles/{token.rstrip('=')}"
    assert fetch_url(link) == link


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("https://www.example.co.uk/a", "http://news.example.co.uk/b", True),
        ("https://example.com/a", "https://example.org/a", False),
        ("https://one.co.uk/", "https://two.co.uk/", False),
        ("http://127.0.0.1:80/", "http://127.0.0.1:81/", True),
        ("http://127.0.0.1/", "http://127.0.0.2/", False),
        ("http://localhost/", "http://127.0.0.1/", False),
        ("nothing", "nothing", False),
    ],
)
def test_same_site(a: str, b: str, same: bool) -> None:
    assert same_site(a, b) is same
    assert same_site(b, a) is same


def test_host_and_shard() -> None:
    assert host_of("https://News.Example.com:8443/a") == "news.example.com"
    assert host_of("http://[::1]:80/") == "::1"
    assert host_of("http://[::1/") == ""
    assert shard_key("news.example.com") == 538981741  # stored in rows: it may never change
    assert shard_key("") == 0


# Texts that look like addresses find more than texts at random.
_PIECES = st.lists(
    st.sampled_from(
        (
            *(
                "http://",
                "https:",
                "//",
                "/",
                "?",
                "#",
                "#!",
                "&",
                "=",
                "@",
                ":",
                ":80",
                "%2E",
                "%",
            ),
            *("www.", "m.", "amp.", "example", ".com", ".co.uk", "[::1]", "127.0.0.1", "é", "①"),
            *("/amp", ".amp", "utm_source=", "url=", "id", "q=", "\\", " ", "\x00", "\ud800", "ß"),
            *("archive.is/o/a/", "google.com/url", "web.archive.org/web/2025/", "..", ";", "%"),
            *("news.google.com/articles/CBMi", "cdn.ampproject.org/c/s/", "jsessionid=1"),
        )
    )
).map("".join)
_URLS = st.one_of(st.text(), _PIECES, _PIECES.map("https://www.example.com".__add__))


@pytest.mark.parametrize(("first", "second", "is_one"), PAIRS)
def test_only_what_is_known_to_be_tracking_goes(first: str, second: str, is_one: bool) -> None:
    pages = {canonical_url(f"https://news.example.com/a{query}") for query in (first, second)}
    assert len(pages) == (1 if is_one else 2)


@given(_URLS)
def test_canonical_form_is_stable(url: str) -> None:
    found = canonical_url(url)
    assert found is None or canonical_url(found) == found


@given(_URLS, _URLS)
def test_anything_may_be_a_link_and_a_base(link: str, base: str) -> None:
    for found in (canonical_url(link, base), fetch_url(link, base)):
        assert found is None or (found.startswith("http") and found.isascii() and host_of(found))


@given(_URLS)
def test_fetched_and_canonical_are_one_page(url: str) -> None:
    fetched = fetch_url(url)
    assert (fetched is None and canonical_url(url) is None) or canonical_url(
        fetched or ""
    ) == canonical_url(url)


@pytest.mark.parametrize(
    "name",
    [
        *("sid", "PHPSESSID2", "osCsid", "ASPSESSIONIDQRST", "session-id", "sess", "zenid"),
        *("token", "nonce", "cb", "_", "ts", "v", "hash"),
    ],
)
def test_what_may_belong_to_a_visit_is_taken_off_where_words_are_compared(name: str) -> None:
    first, second = (
        without_session(f"https://news.example.com/a?id=5&{name}={value}") for value in ("1x", "2y")
    )
    assert first == second


@pytest.mark.parametrize("name", ["id", "newsid", "article", "page", "p", "story", "key", "ref"])
def test_what_names_an_article_stays(name: str) -> None:
    assert without_session(f"https://news.example.com/?{name}=1") != without_session(
        f"https://news.example.com/?{name}=2"
    )
