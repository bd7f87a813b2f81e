"""Whatever a server does is a value with an outcome and a sentence; nothing raises or hangs."""

from __future__ import annotations

import asyncio
import gzip
import os
import resource
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from ipaddress import ip_network

import brotli
import pytest
from backports import zstd

from loopback import Reply, Request, Site, raw_server, serving
from newswatch.errors import MachineFault
from newswatch.models import FetchRequest, FetchResult
from newswatch.settings import Settings, read_settings
from newswatch.web.fetch import Fetcher, Kind

HUGE = 60_000_000


def settings(**changes: object) -> Settings:
    defaults: dict[str, object] = {
        "allow_networks": (ip_network("127.0.0.0/8"),),
        "host_delay": 0.0,
        "fetch_timeout": 5.0,
        "page_max_bytes": 1_000_000,
        "feed_max_bytes": 1_000_000,
    }
    return read_settings({}, **(defaults | changes))


def fetch(
    *requests: FetchRequest | str, kind: Kind = "feed", **changes: object
) -> list[FetchResult]:
    async def run() -> list[FetchResult]:
        async with Fetcher(settings(**changes)) as fetcher:
            wanted = [
                FetchRequest(asked) if isinstance(asked, str) else asked for asked in requests
            ]
            return await asyncio.gather(*(fetcher.fetch(asked, kind=kind) for asked in wanted))

    return asyncio.run(run())


async def pages_read_meanwhile(fetcher: Fetcher, site: Site) -> list[str]:
    """The pages that were asked for of `site`, which has four, from the answer of the first until
    another host has answered twenty times."""
    pages = [FetchRequest(f"{site.base}/{number}") for number in range(4)]
    site.pages |= {f"/{number}": Reply(200, b"page") for number in range(4)}
    reading = [asyncio.create_task(fetcher.fetch(page, kind="page")) for page in pages]
    with serving("127.3.0.9") as other:
        await asyncio.wait(reading, return_when=asyncio.FIRST_COMPLETED)
        for _ in range(20):
            await fetcher.fetch(FetchRequest(f"{other.base}/feed"), kind="feed")
    for task in reading:
        task.cancel()
    await asyncio.gather(*reading, return_exceptions=True)
    return [request.path for request in site.requests if request.path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving("127.3.0.1") as opened:
        yield opened


def test_an_answer_is_given_whole(site: Site) -> None:
    site.pages["/a"] = Reply(200, b"body", {"Content-Type": "text/xml", "ETag": '"1"'})
    (found,) = fetch(f"{site.base}/a")
    assert (found.outcome, found.status, found.body, found.detail) == ("ok", 200, b"body", "")
    assert found.headers["content-type"] == "text/xml"
    assert found.headers["etag"] == '"1"'
    assert found.final_url == f"{site.base}/a"
    assert site.requests[0].headers["user-agent"].startswith("newswatch/")
    assert "cookie" not in site.requests[0].headers


def test_validators_are_sent_as_they_came(site: Site) -> None:
    site.pages["/a"] = Reply(304, b"", {"ETag": 'W/"x y"'})
    (found,) = fetch(FetchRequest(f"{site.base}/a", 'W/"x y"', "Wed, 1 Jan 2025 bogus"))
    assert (found.outcome, found.status) == ("not-modified", 304)
    headers = site.requests[0].headers
    assert headers["if-none-match"] == 'W/"x y"'
    assert headers["if-modified-since"] == "Wed, 1 Jan 2025 bogus"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 503])
def test_other_statuses_are_told(site: Site, status: int) -> None:
    site.pages["/a"] = Reply(status, b"no", {"Retry-After": "120"})
    (found,) = fetch(f"{site.base}/a")
    assert (found.outcome, found.status, found.retry_after) == ("http-error", status, "120")
    assert found.detail.startswith(f"HTTP {status}")


@pytest.mark.parametrize(
    ("encoding", "compress"),
    [
        ("gzip", gzip.compress),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
        ("deflate", zlib.compress),
    ],
    ids=["gzip", "brotli", "zstd", "deflate"],
)
class TestCompression:
    def test_it_is_undone(
        self, site: Site, encoding: str, compress: Callable[[bytes], bytes]
    ) -> None:
        site.pages["/a"] = Reply(200, compress(b"plain"), {"Content-Encoding": encoding})
        assert fetch(f"{site.base}/a")[0].body == b"plain"

    def test_a_bomb_costs_little_and_is_an_error(
        self, site: Site, encoding: str, compress: Callable[[bytes], bytes]
    ) -> None:
        site.pages["/a"] = Reply(200, compress(bytes(HUGE)), {"Content-Encoding": encoding})
        tracemalloc.start()
        (found,) = fetch(f"{site.base}/a")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (found.outcome, found.body) == ("too-large", b"")
        assert found.detail == "more than 1,000,000 bytes, decompressed"
        assert peak < 50_000_000


def test_a_body_that_is_simply_long_is_cut_off(site: Site) -> None:
    site.pages["/a"] = Reply(200, bytes(1_000_001))
    assert fetch(f"{site.base}/a")[0].outcome == "too-large"


class TestRedirects:
    def test_they_are_followed_and_told(self, site: Site) -> None:
        site.pages["/a"] = Reply(301, b"", {"Location": "/b"})
        site.pages["/b"] = Reply(302, b"", {"Location": f"{site.base}/c"})
        site.pages["/c"] = Reply(200, b"here")
        (found,) = fetch(f"{site.base}/a")
        assert found.body == b"here"
        assert found.redirects == ((301, f"{site.base}/b"), (302, f"{site.base}/c"))
        assert (found.request_url, found.final_url) == (f"{site.base}/a", f"{site.base}/c")

    def test_a_circle_is_an_error(self, site: Site) -> None:
        site.pages["/a"] = Reply(301, b"", {"Location": "/b"})
        site.pages["/b"] = Reply(301, b"", {"Location": "/a"})
        (found,) = fetch(f"{site.base}/a")
        assert found.outcome == "bad-redirect"
        assert "circle" in found.detail

    def test_so_is_a_chain_without_end(self, site: Site) -> None:
        for number in range(20):
            site.pages[f"/{number}"] = Reply(302, b"", {"Location": f"/{number + 1}"})
        (found,) = fetch(f"{site.base}/0")
        assert (found.outcome, found.detail) == ("bad-redirect", "more than 10 redirects")

    @pytest.mark.parametrize(
        ("target", "reason"),
        [
            ("http://10.0.0.1/", "private"),
            ("http://[::1]/", "loopback"),
            ("http://169.254.169.254/latest/meta-data", "link-local"),
            ("file:///etc/passwd", "neither http nor https"),
            ("http://user:secret@127.3.0.1/", "user name"),
            ("gopher://127.3.0.1/", "neither http nor https"),
        ],
    )
    def test_they_lead_to_no_forbidden_place(self, site: Site, target: str, reason: str) -> None:
        site.pages["/a"] = Reply(302, b"", {"Location": target})
        (found,) = fetch(f"{site.base}/a")
        assert found.outcome == "refused"
        assert reason in found.detail


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://①②⑦.⓪.⓪.①/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.1/",
        "http://example.invalid:8080/",
        "ftp://example.invalid/",
        "http://[::1/",
        "http:///nowhere",
        "not an address",
        "",
    ],
)
def test_forbidden_addresses_are_refused_before_anything_is_sent(url: str) -> None:
    (found,) = fetch(url, allow_networks=())
    assert found.outcome == "refused", found
    assert found.detail


def test_a_port_may_be_allowed_for_one_feed() -> None:
    with serving("127.0.0.1") as site:
        site.pages["/feed"] = Reply(200, b"feed")
        port = int(site.base.rpartition(":")[2])
        url = f"http://localhost:{port}/feed"
        refused, allowed = fetch(url, FetchRequest(url, ports=(port,)))
    assert (refused.outcome, allowed.outcome) == ("refused", "ok")
    assert f"ports: [{port}]" in refused.detail


def test_a_name_that_does_not_exist_is_unreachable() -> None:
    assert fetch("http://does-not-exist.invalid/")[0].outcome == "unreachable"


def test_a_closed_port_is_unreachable() -> None:
    assert fetch("http://127.3.0.77:1/")[0].outcome == "unreachable"


@pytest.mark.parametrize(
    ("answer", "outcomes"),
    [
        (b"", {"unreachable", "protocol"}),
        (b"this is no HTTP\r\n\r\n", {"protocol"}),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", {"protocol"}),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", {"protocol"}),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 60_000 + b"\r\n\r\n", {"protocol"}),
    ],
    ids=["nothing", "no-http", "cut-off", "bad-chunk", "long-header"],
)
def test_broken_answers(answer: bytes, outcomes: set[str]) -> None:
    def behave(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(answer)

    with raw_server(behave) as url:
        (found,) = fetch(url)
    assert found.outcome in outcomes, found
    assert found.detail


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"]
)
def test_a_server_that_dawdles_is_left_at_the_deadline(start: bytes) -> None:
    left = threading.Event()

    def behave(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(start)
        while not left.wait(0.1):
            connection.sendall(b"x" if start else b"")

    with raw_server(behave) as url:
        (found,) = fetch(url, fetch_timeout=0.5)
        left.set()  # so it had not come to an end
    assert found.outcome == "timeout"


class TestPoliteness:
    def test_pages_of_one_host_are_spaced(self, site: Site) -> None:
        async def run() -> list[str]:
            async with Fetcher(settings(host_delay=3_600)) as fetcher:
                return await pages_read_meanwhile(fetcher, site)

        assert len(asyncio.run(run())) == 1

    def test_one_host_is_asked_for_so_many_at_once(self, site: Site) -> None:
        now, most, lock = 0, 0, threading.Lock()
        both = threading.Barrier(2, timeout=20)  # broken, and an error 500, if one comes alone

        def page(request: Request) -> Reply:
            nonlocal now, most
            with lock:
                now += 1
                most = max(most, now)
            both.wait()
            with lock:
                now -= 1
            return Reply(200, b"page")

        for number in range(8):
            site.pages[f"/{number}"] = page
        urls = [f"{site.base}/{number}" for number in range(8)]
        found = fetch(*urls, host_concurrency=2, fetch_timeout=30.0)
        assert most == 2
        assert {result.outcome for result in found} == {"ok"}

    def test_hosts_do_not_wait_for_one_another(self, site: Site) -> None:
        both = threading.Barrier(2, timeout=20)  # broken, and an error 500, if one comes alone

        def page(request: Request) -> Reply:
            both.wait()
            return Reply(200, b"x")

        with serving("127.3.0.2") as other:
            for host in (site, other):
                host.pages |= {f"/{number}": page for number in range(3)}
            found = fetch(
                *(f"{host.base}/{number}" for number in range(3) for host in (site, other)),
                kind="page",
                host_concurrency=1,
                fetch_timeout=30.0,
            )
        assert all(result.ok for result in found)


def test_that_this_machine_has_no_more_files_is_no_servers_fault() -> None:
    async def run(site: Site) -> FetchResult:
        async with Fetcher(settings()) as fetcher:
            taken = [os.open(os.devnull, os.O_RDONLY)]
            soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
            resource.setrlimit(resource.RLIMIT_NOFILE, (taken[0] + 1, hard))
            try:
                while True:  # up to the limit, also below it where files were closed
                    try:
                        taken.append(os.open(os.devnull, os.O_RDONLY))
                    except OSError:
                        break
                return await fetcher.fetch(FetchRequest(f"{site.base}/feed"), kind="feed")
            finally:
                resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
                for number in taken:
                    os.close(number)

    with (
        serving("127.3.0.1") as site,
        pytest.raises(MachineFault, match=r"Too many open files; allow more open files \(ulimit"),
    ):
        asyncio.run(run(site))
