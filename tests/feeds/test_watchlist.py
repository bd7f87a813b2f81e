"""`feeds.yaml` and OPML: what is read, and how what is wrong is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from newswatch.errors import InputError
from newswatch.feeds.opml import Subscriptions, read_opml, write_opml
from newswatch.feeds.watchlist import LoadedFeeds, load_feeds
from newswatch.models import FeedSpec
from newswatch.settings import HOME


def load(tmp_path: Path, text: str) -> LoadedFeeds:
    path = tmp_path / "feeds.yaml"
    path.write_text(text, encoding="utf-8")
    return load_feeds(path)


def test_a_watchlist(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        """
feeds:
  - url: https://news.example.com/rss.xml
    outlet: Example News
    country: GB
    language: en-GB
    kind: broadcaster
    urgent: true
  - {url: "http://new.example:8080/атом", outlet: Новости, ports: [8080]}
  - url: https://agency.example/feed
    outlet: Agency
    identity: link
    login: agency
    cookies: consent=yes; edition=int
    user_agent: Example/1.0 (+https://example.com)
    pages: false
""",
    )
    assert found.errors == ()
    assert list(found.specs) == [
        FeedSpec(
            "https://news.example.com/rss.xml", "Example News", "GB", "en-GB", "broadcaster", True
        ),
        FeedSpec("http://new.example:8080/атом", "Новости", ports=(8080,)),
        FeedSpec(
            "https://agency.example/feed",
            "Agency",
            identity="link",
            login="agency",
            cookies="consent=yes; edition=int",
            user_agent="Example/1.0 (+https://example.com)",
            pages=False,
        ),
    ]


ROW = "feeds:\n  - url: https://a.example/rss\n    outlet: A\n"


@pytest.mark.parametrize(
    ("text", "line", "problem", "mend"),
    [
        ("", None, "empty", "form"),
        ("feeds: 5", 1, "expected a list", "- "),
        ("feed: []", 1, "unknown key 'feed'", "did you mean 'feeds'"),
        ("feeds:\n  - url: https://a.example/\n", 2, "'outlet' is missing", "add a line"),
        ("feeds:\n  - outlet: A\n    url: a.example/rss\n", 3, "no web address", "https://"),
        ("feeds:\n  - outlet: A\n    url: ftp://a.example/\n", 3, "no web address", "https://"),
        ("feeds:\n  - outlet: A\n    url: https://a b/\n", 3, "malformed", "copy"),
        ("feeds:\n  - outlet: A\n    url: https://a.example:99999/\n", 3, "malformed", "copy"),
        (ROW + "    outlets: B\n", 4, "unknown key 'outlets'", "did you mean 'outlet'"),
        (ROW + "    country: gb\n", 4, "'gb' is no code", "capital letters"),
        (ROW + "    language: English\n", 4, "'English' is no code", "BCP 47"),
        (ROW + "    kind: newspapr\n", 4, "not one of", "did you mean 'newspaper'"),
        (ROW + "    ports: [80443]\n", 4, "outside 1 to 65535", ""),
        (ROW + "    ports: [8443.5]\n", 4, "no whole number", ""),
        (
            ROW.replace("a.example", "a.example:8443"),
            2,
            "has port 8443",
            "allow it with a line below: ports: [8443]",
        ),
        (ROW + "    urgent: maybe\n", 4, "not one of true, false", ""),
        (ROW + "    identity: url\n", 4, "not one of guid, link, title", ""),
        (ROW + "    login: user:s3cret\n", 4, "no name of a login", "NEWSWATCH_FEED_LOGINS"),
        (
            ROW.replace("https", "http") + "    login: agency\n",
            4,
            "would be sent unencrypted",
            "https://",
        ),
        (ROW + "    cookies: consent\n", 4, "no cookies", "name=value"),
        (ROW + '    cookies: "a=b\\r\\nX: y"\n', 4, "control character", "take it out"),
        (ROW + "    user_agent: Новини/1\n", 4, "no user agent", "ASCII"),
        (ROW + "    pages: never\n", 4, "not one of true, false", ""),
        (ROW + ROW.partition("\n")[2], 4, "stands twice", "the first is on line 2"),
        (
            ROW + "  - {url: 'http://A.example/rss/', outlet: B}\n",
            4,
            "stands twice",
            "the first is on line 2",
        ),
    ],
)
def test_what_is_wrong_is_refused(
    tmp_path: Path, text: str, line: int | None, problem: str, mend: str
) -> None:
    error = wrong(tmp_path, text)
    assert problem in error.problem
    assert mend in error.mend
    assert error.line == line
    assert str(tmp_path / "feeds.yaml") in str(error)


def wrong(tmp_path: Path, text: str) -> InputError:
    """What is told of the one thing that is wrong in a file: of a row, or of the file."""
    try:
        (error,) = load(tmp_path, text).errors
    except InputError as refused:
        return refused
    return error


def test_a_wrong_row_costs_itself_only(tmp_path: Path) -> None:
    rows = [
        "{url: 'https://a.example/', outlet: A}",
        "{url: 'ftp://b.example/', outlet: B}",
        "{url: 'https://c.example/', outlet: C, kind: newspapr}",
        "just a text",
        '{url: "https://d.example/", outlet: "D\\0\\ud800"}',
        "{url: 'https://a.example', outlet: A again}",
        "{url: 'https://e.example/', outlet: E}",
    ]
    loaded = load(tmp_path, "feeds:\n" + "".join(f"- {row}\n" for row in rows))
    assert [spec.outlet for spec in loaded.specs] == ["A", "E"]
    assert [error.line for error in loaded.errors] == [3, 4, 5, 6, 7]
    assert all(error.mend for error in loaded.errors)


def test_the_shipped_watchlist_is_right() -> None:
    found = load_feeds(HOME / "dags" / "watchlist" / "feeds.yaml").specs
    assert len(found) >= 120
    assert len({spec.language for spec in found}) >= 10
    assert all(spec.country and spec.language for spec in found)


# --- OPML -----------------------------------------------------------------------------------------

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Folder"><outline type="rss" text="Новости &amp; co" xmlUrl="https://a.example/rss"/>
</outline><outline text="" xmlUrl="http://b.example/atom.xml"/>
<outline text="Twice" xmlUrl="http://a.example/rss/"/><outline text="Bad" xmlUrl="nonsense"/>
</body></opml>"""


def test_opml_is_read() -> None:
    found = read_opml(OPML.encode(), "x.opml")
    assert found.feeds == (
        FeedSpec("https://a.example/rss", "Новости & co"),
        FeedSpec("http://b.example/atom.xml", "b.example"),
    )
    assert [url for url, _ in found.left_out] == ["http://a.example/rss/", "nonsense"]


@pytest.mark.parametrize("charset", ["windows-1251", "utf-16", "koi8-r"])
def test_opml_is_read_in_any_charset(charset: str) -> None:
    written = OPML.replace('version="1.0"?', f'version="1.0" encoding="{charset}"?', 1)
    assert read_opml(written.encode(charset), "x.opml").feeds[0].outlet == "Новости & co"


def test_what_cannot_be_polled_is_named() -> None:
    content = (Path(__file__).parent / "cases" / "opml-mixed.opml").read_bytes()
    found = read_opml(content, "x.opml")
    assert found.feeds == (
        FeedSpec("https://good.test/feed", "Good", language="uk"),
        FeedSpec("http://scheme.test/rss", "Feed scheme"),
        FeedSpec("https://port.test:8443/feed", "Port", ports=(8443,)),
    )
    assert found.left_out == (
        ("noscheme.test/feed", "it is no web address: write it in full, from https:// on"),
        (
            "https://…@private.test/feed",
            "it carries a user name or password: list it in feeds.yaml, with login: and the name of"
            " an entry in NEWSWATCH_FEED_LOGINS",
        ),
    )


def test_a_password_in_an_address_is_refused(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "cases" / "watchlist-userinfo.yaml").read_text()
    error = wrong(tmp_path, text)
    assert "user name or password" in error.problem
    assert error.line == 2
    assert "u:p" not in str(error)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "no OPML"),
        (b"<html></html>", "no OPML"),
        (b"<opml version='2.0'><body/></opml>", "lists no feed"),
        (b"<opml><body><outline xmlUrl='nonsense'/></body></opml>", "nonsense"),
    ],
)
def test_what_is_no_opml_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=r"x\.opml: .*;"):
        read_opml(content, "x.opml")
    with pytest.raises(InputError) as refused:
        read_opml(content, "x.opml")
    assert problem in refused.value.problem


def test_what_is_written_is_read_again() -> None:
    specs = [
        FeedSpec("https://a.example/rss?a=1&b=2", 'A & "B" <C>'),
        FeedSpec("https://xn--e1afmkfd.xn--p1ai/f", "Новости"),
        FeedSpec("https://c.example/rss", "الأخبار", language="ar"),
    ]
    written = write_opml(specs, "feeds & more")
    assert read_opml(written, "x").feeds == tuple(specs)


def opml(*outlines: str) -> bytes:
    return f'<opml version="2.0"><body>{"".join(outlines)}</body></opml>'.encode()


@pytest.mark.parametrize(
    ("outline", "feed"),
    [
        ('<OUTLINE TEXT="A" XMLURL="https://a.test/f"/>', FeedSpec("https://a.test/f", "A")),
        ("<outline text='A' xmlUrl=https://a.test/f>", FeedSpec("https://a.test/f", "A")),
        ('<outline title="A" type="rss" url="https://a.test/f"/>',
         FeedSpec("https://a.test/f", "A")),
        ('<outline text="A"><outline xmlUrl="https://a.test/f">',
         FeedSpec("https://a.test/f", "a.test")),
        ('<outline text="R&D &lt;b&gt;x&lt;/b&gt;" xmlUrl="https://a.test/?a=1&copy=2"/>',
         FeedSpec("https://a.test/?a=1&copy=2", "R&D x")),
        ('<outline xmlUrl="feeds://a.test/f"/>', FeedSpec("https://a.test/f", "a.test")),
        ('<outline xmlUrl="feed:https://a.test/f"/>', FeedSpec("https://a.test/f", "a.test")),
        ('<outline xmlUrl="itpc://a.test/f"/>', FeedSpec("http://a.test/f", "a.test")),
        ('<outline xmlUrl="https://a.test/f" country="uk" xml:lang="en_GB"/>',
         FeedSpec("https://a.test/f", "a.test", country="GB", language="en-GB")),
    ],
)  # fmt: skip
def test_an_outline_of_any_form_is_a_feed(outline: str, feed: FeedSpec) -> None:
    assert read_opml(opml(outline), "x.opml") == Subscriptions((feed,))


@pytest.mark.parametrize(
    ("outline", "named", "why"),
    [
        ('text="A" type="rss" htmlUrl="https://b.test/"', "https://b.test/", "no xmlUrl"),
        ('type="include" url="https://b.test/o.opml"', "https://b.test/o.opml", "another list"),
        ('type="link" url="https://b.test/"', "https://b.test/", "a link to a page"),
        ('xmlUrl="https://b.test:0/f"', "https://b.test:0/f", "no web address"),
        ('xmlUrl="https://me:p@ss@b.test/f"', "https://…@b.test/f", "password"),
        ('xmlUrl="me:secret@b.test/f"', "…@b.test/f", "no web address"),
    ],
)
def test_what_is_left_out_is_named_with_the_reason_and_without_its_password(
    outline: str, named: str, why: str
) -> None:
    found = read_opml(opml('<outline xmlUrl="https://a.test/f"/>', f"<outline {outline}/>"), "x")
    ((address, reason),) = found.left_out
    assert address == named
    assert why in reason
