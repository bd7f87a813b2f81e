"""Answers as servers really send them, on a real socket: what can be read is read, and a message
says what happened."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path

import pytest

from loopback import Reply, Request, raw_server, saying, serving
from newswatch.models import FetchRequest, FetchResult
from newswatch.web import failures
from web.test_fetch import fetch

CASES = Path(__file__).parent / "cases"
FEED = b"<rss version='2.0'><channel><title>Harbour</title></channel></rss>"
LENGTH = b"Content-Length: %d" % len(FEED)
CHUNKED = b"Transfer-Encoding: chunked"
CHUNK = b"%x\r\n%s\r\n" % (len(FEED), FEED)
CLOSE = b"Connection: close"


def said(*headers: bytes, body: bytes = FEED, status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    return b"\r\n".join([status, *headers, b"", body])


def fetched(answer: bytes, request: FetchRequest | None = None) -> FetchResult:
    with saying(answer) as (url, _):
        asked = FetchRequest(url) if request is None else request
        (found,) = fetch(FetchRequest(url, asked.etag, asked.last_modified))
    return found


@pytest.mark.parametrize(
    "case", ["http-x-gzip.raw", "http-gzip-no-header.raw", "http-gzip-claimed-plain-body.raw"]
)
def test_feeds_under_a_wrong_encoding_are_read(case: str) -> None:
    found = fetched((CASES / case).read_bytes())
    assert (found.outcome, found.detail) == ("ok", "")
    assert found.body.startswith(b"<?xml")
    assert found.body.rstrip().endswith(b"</rss>")


@pytest.mark.parametrize(
    "answer",
    [
        said(CHUNKED),
        said(CHUNKED, LENGTH),
        said(CHUNKED, body=CHUNK),
        said(CHUNKED, body=CHUNK[:-2]),
        said(CHUNKED, body=CHUNK + b"0\r\n"),
        said(CHUNKED, LENGTH, body=CHUNK + b"0\r\n\r\n"),
        said(b"Content-Length: 9999"),
        said(b"Content-Length: 20"),
        said(b"Content-Length: 20", CLOSE),
        said(LENGTH, LENGTH),
        said(b"Content-Length: %d, %d" % (len(FEED), len(FEED))),
        said(LENGTH, b"Content-Length: 3"),
        said(b"Content-Length: -1"),
        said(b"Content-Length: many"),
        said(b"Transfer-Encoding: identity"),
        said(LENGTH, body=FEED + b"\n"),
        said(LENGTH, *(b"Set-Cookie: number%d=1; Path=/" % number for number in range(150))),
        said(b"Warning: mysqli_connect() in /srv/www on line 12", LENGTH),
        said(b"Notice", LENGTH),
        said(b"X Powered By: steam", LENGTH),
        said(b": nothing", LENGTH),
        said(b"Content-Length : %d" % len(FEED)),
        said(b"X-Note: one\r\n  and two", LENGTH),
        said(b'X-Nul: "\0"', LENGTH),
        said(LENGTH).replace(b"\r\n", b"\n"),
        said(LENGTH, status=b"HTTP/1.1 200"),
        said(LENGTH, status=b"HTTP/2 200 OK"),
        said(status=b"HTTP/1.0 200 OK"),
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + said(LENGTH),
        said(CHUNKED, b"Content-Encoding: gzip", body=b"%x\r\n" % len(gzip.compress(FEED, mtime=0)))
        + gzip.compress(FEED, mtime=0)
        + b"\r\n",
    ],
    ids=str,
)
def test_a_document_that_came_whole_is_read(answer: bytes) -> None:
    found = fetched(answer)
    assert (found.outcome, found.status, found.detail) == ("ok", 200, "")
    assert found.body.strip() == FEED


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (said(b"Content-Length: 9999", body=FEED[:-5]), "the connection ended before the body"),
        (said(CHUNKED, body=CHUNK[:-9]), "the connection ended before the body did"),
        (
            said(b"Content-Encoding: gzip", body=gzip.compress(FEED, mtime=0)[:-15]),
            "its compressed body is broken: it breaks off",
        ),
        (b"ICY 200 OK\r\n\r\n", "it begins with 'ICY 200 OK'"),
        (b"", "the server hung up"),
        (b"HTTP/1.1 200 OK\r\nX: 1\r\nBroken Line", "the server hung up"),
    ],
)
def test_one_that_did_not_is_a_failure_that_says_so(answer: bytes, problem: str) -> None:
    found = fetched(answer)
    assert found.outcome in ("protocol", "unreachable")
    assert problem in found.detail
    assert "400" not in found.detail


@pytest.mark.parametrize(
    "answer",
    [
        (CASES / "http-304-with-body.raw").read_bytes(),
        (CASES / "http-304-without-being-asked.raw").read_bytes(),
        said(LENGTH, status=b"HTTP/1.1 304 Not Modified"),
        said(status=b"HTTP/1.1 304 Not Modified"),
        said(CHUNKED, body=CHUNK, status=b"HTTP/1.1 304 Not Modified"),
        said(b"Content-Encoding: gzip", LENGTH, status=b"HTTP/1.0 304"),
    ],
)
def test_not_modified_is_that_whatever_follows_it(answer: bytes) -> None:
    found = fetched(answer, FetchRequest("", '"x"'))
    assert (found.outcome, found.status, found.body) == ("not-modified", 304, b"")


@pytest.mark.parametrize("status", [400, 403, 404, 503])
@pytest.mark.parametrize(
    "answer",
    [
        said(b"Content-Length: 9", body=b"cut"),
        said(CHUNKED, body=b"5\r\nab"),
        said(LENGTH, LENGTH),
        said(b"Content-Encoding: gzip", body=gzip.compress(bytes(5_000_000), mtime=0)),
        said(b"Content-Encoding: gzip", body=b"\x1f\x8b broken"),
    ],
)
def test_an_error_stays_that_error_whatever_its_body(status: int, answer: bytes) -> None:
    found = fetched(answer.replace(b" 200 OK", b" %d No" % status))
    assert (found.outcome, found.status) == ("http-error", status)
    assert found.detail == f"HTTP {status} No"


class TestBytesThatAreNoText:
    @pytest.mark.parametrize(
        ("value", "kept"),
        [
            (b'"1"', '"1"'),
            (b'W/"a b"', 'W/"a b"'),
            ('"ü"'.encode(), '"ü"'),
            (b'"\xe9"', None),
            (b'"\x01"', None),
            (b'"a\x9bb"', None),
            ('"\u202e"'.encode(), None),
            (b'"' + b"x" * 2_000 + b'"', None),
        ],
    )
    def test_an_etag_is_sent_back_byte_for_byte_or_not_at_all(
        self, value: bytes, kept: str | None
    ) -> None:
        answer = said(LENGTH, b"ETag: " + value, b"Last-Modified: \xff")
        with saying(answer) as (url, requests):
            (first,) = fetch(url)
            assert first.outcome == "ok"
            assert first.headers.get("etag") == kept
            assert "last-modified" not in first.headers
            fetch(FetchRequest(url, first.headers.get("etag")))
        sent = [line for line in requests[-1].split(b"\r\n") if line.startswith(b"If-None-Match")]
        assert sent == ([b"If-None-Match: " + value] if kept else [])

    @pytest.mark.parametrize(
        ("reason", "detail"),
        [
            (b"Non trouv\xe9", "HTTP 404 Non trouvé"),
            ("Не найдено".encode(), "HTTP 404 Не найдено"),
            (b"\x1b[31mred\x1b[0m", "HTTP 404 [31mred[0m"),
            (b"\x9b31m", "HTTP 404 ›31m"),
            (b"a" * 5_000, f"HTTP 404 {'a' * 291}…"),
        ],
    )
    def test_a_status_line_is_one_clean_line(self, reason: bytes, detail: str) -> None:
        found = fetched(said(LENGTH, status=b"HTTP/1.1 404 " + reason))
        assert (found.outcome, found.detail) == ("http-error", detail)

    def test_every_header_can_be_stored(self) -> None:
        found = fetched(said(LENGTH, b"Content-Type: text/xml; charset=\xe9\x01", b"X-\xe9: \xff"))
        assert found.headers["content-type"] == "text/xml; charset=é"
        for name, value in found.headers.items():
            (name + value).encode()
            assert (name + value).isprintable()

    @pytest.mark.parametrize(
        ("location", "path"),
        [
            (b"/caf\xe9", "/caf%E9"),
            ("/café".encode(), "/café"),
            (b"/a\x01\x7fb", "/a%01%7Fb"),
            (b"/a b", "/a%20b"),
            (b"/\x1b]0;x\x07", "/%1B]0;x%07"),
        ],
    )
    def test_a_redirect_leads_where_its_bytes_say(self, location: bytes, path: str) -> None:
        moved = said(b"Location: " + location, b"Content-Length: 0", body=b"").replace(
            b"200 OK", b"302 Found"
        )
        with saying(moved, said(LENGTH)) as (url, requests):
            (found,) = fetch(url)
        assert (found.outcome, found.body) == ("ok", FEED)
        assert found.final_url == url.rstrip("/") + path
        assert requests[-1].split(b" ")[1].decode("ascii").lower() == (
            path.replace("é", "%c3%a9").lower()
        )


class TestSilence:
    @pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\n", said(b"Content-Length: 999")])
    def test_it_is_told_as_what_it_is(self, begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        def behave(connection: socket.socket) -> None:
            connection.recv(4096)
            connection.sendall(begun)
            while connection.recv(4096):
                pass  # until the other side has had enough

        monkeypatch.setattr("newswatch.web.fetch.SILENCE_SECONDS", 0.3)
        monkeypatch.setattr(failures, "SILENCE_SECONDS", 0.3)
        with raw_server(behave) as url:
            (found,) = fetch(url)
        assert (found.outcome, found.detail) == ("timeout", "the server said nothing for 0.3 s")

    def test_the_whole_is_bounded_too(self) -> None:
        def behave(connection: socket.socket) -> None:
            connection.recv(4096)
            connection.sendall(said(b"Content-Length: 9999", body=b""))
            connection.settimeout(0.05)
            while True:
                connection.sendall(b"x")
                try:
                    if not connection.recv(1):
                        return
                except TimeoutError:
                    continue

        with raw_server(behave) as url:
            (found,) = fetch(url, fetch_timeout=0.5)
        assert (found.outcome, found.detail) == ("timeout", "no whole answer within 0.5 s")


class TestCookies:
    def test_a_site_that_lets_in_who_brings_its_cookie_back_is_read(self) -> None:
        with serving("127.3.0.1") as site:

            def gate(request: Request) -> Reply:
                if "seen=yes" in request.headers.get("cookie", ""):
                    return Reply(200, FEED)
                return Reply(302, b"", {"Location": "/feed", "Set-Cookie": "seen=yes; Path=/"})

            site.pages["/feed"] = gate
            first, second = fetch(f"{site.base}/feed", f"{site.base}/feed")
        assert (first.body, second.body) == (FEED, FEED)
        assert ["cookie" in request.headers for request in site.requests].count(True) == 2

    def test_cookies_end_with_their_chain_and_go_to_their_host_only(self) -> None:
        with serving("127.3.0.1") as site, serving("127.3.0.2") as other:
            setting = {"Set-Cookie": "secret=1; Path=/"}
            site.pages["/a"] = Reply(302, b"", {"Location": f"{other.base}/b"} | setting)
            other.pages["/b"] = Reply(302, b"", {"Location": f"{site.base}/c"})
            site.pages["/c"] = Reply(200, FEED)
            fetch(f"{site.base}/a")
            fetch(f"{site.base}/c")
        assert [request.headers.get("cookie") for request in site.requests] == [
            None,
            "secret=1",
            None,
        ]
        assert "cookie" not in other.requests[0].headers

    def test_a_gate_that_never_opens_is_a_circle(self) -> None:
        with serving("127.3.0.1") as site:
            site.pages["/a"] = Reply(302, b"", {"Location": "/a", "Set-Cookie": "seen=yes"})
            (found,) = fetch(f"{site.base}/a")
        assert found.outcome == "bad-redirect"
        assert "circle" in found.detail
        assert len(site.requests) == 2


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_proxies_of_the_environment_are_not_used(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with saying(said(LENGTH, body=FEED), address="127.3.0.8") as (proxy, proxied):
        monkeypatch.setenv(name, proxy)
        with saying(said(LENGTH, LENGTH)) as (url, requests):  # read both ways: see web.lenient
            (found,) = fetch(url)
    assert found.outcome == "ok"
    assert len(requests) == 2
    assert proxied == []


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0"),
        *("[::1]", "[::ffff:127.0.0.1]", "[::ffff:0:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::]"),
        *("[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[200::1]", "LOCALHOST", "[::127.0.0.1]"),
        *("localhost.", "a.localhost", "a.LocalHost..", "localhost\u3002", "ｌｏｃａｌｈｏｓｔ"),
        *("127.0.0.1.", "0x7f000001.", "0x7f.1", "017700000001", "127.0.0.%31", "local%68ost"),
        *("127%2e0%2e0%2e1", "[fe80::1%25lo]", "[::ffff:0:127.0.0.1]", "127。0。0。1"),
    ],
)
def test_every_spelling_of_this_machine_is_refused(host: str) -> None:
    (found,) = fetch(f"http://{host}/", allow_networks=())
    assert found.outcome == "refused", found
    reasons = ("not on the public internet", "not a canonical IPv4", "no name and no address")
    assert any(reason in found.detail for reason in reasons)
