"""One conditional GET, by the rules: where we may go, how long, how much, how often.

Whatever a server does becomes a `FetchResult`; `Fetcher.fetch` raises for bugs, and
`MachineFault` where this machine lacks files or memory.
"""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Collection
from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Literal, assert_never
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from newswatch.models import FetchOutcome, FetchRequest, FetchResult
from newswatch.settings import Settings
from newswatch.web.answer import Answer, answer_from
from newswatch.web.body import TooLarge
from newswatch.web.failures import (
    CONNECT_SECONDS,
    FAILURES,
    SILENCE_SECONDS,
    Failed,
    explained,
)
from newswatch.web.guard import GuardedResolver, guarded_socket, refused_form
from newswatch.web.lenient import Lenient
from newswatch.web.politeness import Politeness
from newswatch.web.result import redirect_target, result_of
from newswatch.web.robots import Robots

Kind = Literal["feed", "page", "robots"]
MAX_REDIRECTS = 10
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_LINE = 16_384  # bytes of the status line, and of a header
MAX_HEADERS = 500  # some shops set 150 cookies
MAX_COOKIES = 8_192  # bytes of the Cookie header that goes along a chain of redirects
ROBOTS_MAX_BYTES = 500_000  # RFC 9309, 2.5
ENCODINGS = "gzip, deflate, br, zstd"
_ACCEPT = {
    "feed": (
        "application/atom+xml, application/rss+xml, application/feed+json,"
        " application/xml;q=0.9, */*;q=0.5"
    ),
    "page": "text/html, application/xhtml+xml, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}


class Fetcher:
    """Fetches for the length of one stage's execution; an async context manager.

    Keeps connections and turns at hosts; logins go to the origin that asks for them, cookies along
    one chain of redirects only. `robots` is asked before each page, and each page that one
    redirects to.
    """

    def __init__(self, settings: Settings, robots: Robots | None = None) -> None:
        self._settings = settings
        self._politeness = Politeness(settings.concurrency, settings.host_concurrency)
        self._robots = robots
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Fetcher:
        make_socket = guarded_socket(self._settings.allow_networks)
        self._lenient = Lenient(make_socket, CONNECT_SECONDS, SILENCE_SECONDS)
        connector = aiohttp.TCPConnector(
            limit=0,
            ttl_dns_cache=60,
            resolver=GuardedResolver(self._settings.allow_networks),
            socket_factory=make_socket,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            timeout=aiohttp.ClientTimeout(
                total=None, connect=CONNECT_SECONDS, sock_read=SILENCE_SECONDS
            ),
            max_line_size=MAX_LINE,
            max_field_size=MAX_LINE,
            max_headers=MAX_HEADERS,
            auto_decompress=False,  # see web.body
            headers={
                "User-Agent": self._settings.user_agent,
                "Accept-Encoding": ENCODINGS,
            },
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def fetch(self, request: FetchRequest, *, kind: Kind) -> FetchResult:
        """GET one address, following redirects.

        The whole of it, waiting for a turn at the host apart, takes at most `fetch_timeout`; the
        decompressed body is at most `feed_max_bytes` or `page_max_bytes`.
        """
        host = (urlsplit_host(request.url) or "").lower()
        pause = self._settings.host_delay if kind == "page" else 0.0
        if kind == "page" and self._robots and not self._refused(request.url, request.ports):
            if forbidden := await self._robots.forbids(request, self._fetch_robots):
                return FetchResult(request.url, request.url, "robots", detail=forbidden)
            pause = max(pause, await self._robots.crawl_delay(request, self._fetch_robots))
        async with self._politeness.turn(host, pause=pause):
            return await self._timed(request, kind)

    async def _fetch_robots(self, request: FetchRequest) -> FetchResult:
        return await self._timed(request, "robots")

    async def _timed(self, request: FetchRequest, kind: Kind) -> FetchResult:
        began = time.monotonic()
        hops: list[tuple[int, str]] = []
        limit = self._limit(kind)
        failure: tuple[FetchOutcome, str]
        try:
            async with asyncio.timeout(self._settings.fetch_timeout) as whole:
                result = await self._follow(request, kind, hops, limit)
                return replace(result, elapsed_ms=_milliseconds(began))
        except FAILURES as error:
            failure = explained(error, limit)
        if whole.expired():
            failure = "timeout", f"no whole answer within {self._settings.fetch_timeout:g} s"
        return FetchResult(
            request.url,
            hops[-1][1] if hops else request.url,
            failure[0],
            detail=failure[1],
            redirects=tuple(hops),
            elapsed_ms=_milliseconds(began),
        )

    async def _follow(
        self, request: FetchRequest, kind: Kind, hops: list[tuple[int, str]], limit: int
    ) -> FetchResult:
        """Along the redirects, which may set cookies for one another: some sites let in only who
        brings back what the first answer gave. They are forgotten at the end of the chain."""
        url = request.url
        jar = aiohttp.CookieJar(unsafe=True)  # unsafe: hosts that are bare addresses have some too
        if request.cookies:
            jar.update_cookies(SimpleCookie(request.cookies), _as_sent(url))
        seen = {(url, "")}
        while True:
            if reason := self._refused(url, request.ports):
                raise Failed("refused", reason)
            cookies = _cookies(jar, url)
            answer = await self._get(url, request, kind, cookies, limit)
            if answer.status not in REDIRECTS or answer.location is None:
                return result_of(request, url, answer, hops, limit)
            target = redirect_target(url, answer.location)
            hops.append((answer.status, target))
            jar.update_cookies_from_headers(answer.cookies, _as_sent(url))
            if len(hops) > MAX_REDIRECTS:
                raise Failed("bad-redirect", f"more than {MAX_REDIRECTS} redirects")
            url = target
            if (step := (url, _cookies(jar, url))) in seen:
                raise Failed("bad-redirect", f"the redirects run in a circle, back to {target}")
            seen.add(step)
            await self._ask_robots(replace(request, url=url), kind)

    async def _ask_robots(self, request: FetchRequest, kind: Kind) -> None:
        """For a page that another redirects to."""
        if kind != "page" or self._robots is None or self._refused(request.url, request.ports):
            return
        if forbidden := await self._robots.forbids(request, self._fetch_robots):
            raise Failed("robots", forbidden)

    async def _get(
        self, url: str, request: FetchRequest, kind: Kind, cookies: str, limit: int
    ) -> Answer:
        """One hop's answer; one that is not read the strict way is asked for once more."""
        if self._session is None:
            raise RuntimeError("a Fetcher works inside its async with block only")
        headers = {"Accept": _ACCEPT[kind]} | _validators(request) | self._identity(url, request)
        if cookies:
            headers["Cookie"] = cookies
        address = _as_sent(url)
        try:
            async with self._session.get(
                address, headers=headers, allow_redirects=False
            ) as response:
                answer = answer_from(response.status, response.reason or "", response.raw_headers)
                if answer.status in REDIRECTS or answer.status == 304:
                    return answer
                body, is_cut = await _body(response, limit)
                return replace(answer, body=body, is_cut=is_cut)
        except aiohttp.ClientResponseError:
            always = {"User-Agent": self._settings.user_agent, "Accept-Encoding": ENCODINGS}
            return await self._lenient.get(address, always | headers, limit)

    def _identity(self, url: str, request: FetchRequest) -> dict[str, str]:
        """Who we say that we are. A password goes to the origin that it was given for only."""
        found = {"User-Agent": request.user_agent} if request.user_agent else {}
        if request.login is None or not _is_one_origin(url, request.url):
            return found
        login = self._settings.feed_logins.get(request.login)
        if login is None:
            raise Failed("refused", f"NEWSWATCH_FEED_LOGINS has no login named {request.login!r}")
        encoded = base64.b64encode(login.encode()).decode()
        return found | {"Authorization": f"Basic {encoded}"}

    def _refused(self, url: str, ports: Collection[int]) -> str | None:
        return refused_form(url, ports, self._settings.allow_networks)

    def _limit(self, kind: Kind) -> int:
        """Bytes that a body may have, decompressed."""
        match kind:
            case "feed":
                return self._settings.feed_max_bytes
            case "page":
                return self._settings.page_max_bytes
            case "robots":
                return ROBOTS_MAX_BYTES
            case _:
                assert_never(kind)


def urlsplit_host(url: str) -> str | None:
    """The host of a URL, or None where there is none or it cannot be read."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _is_one_origin(a: str, b: str) -> bool:
    """RFC 6454, 5: scheme, host and port are the same."""
    return URL(a).origin() == URL(b).origin()


def _as_sent(url: str) -> URL:
    return URL(url, encoded=_is_ascii(url))


def _is_ascii(url: str) -> bool:
    """A URL that is ASCII is sent byte for byte: re-quoting breaks some servers' addresses."""
    return url.isascii() and " " not in url


def _validators(request: FetchRequest) -> dict[str, str]:
    found = {}
    if request.etag:
        found["If-None-Match"] = request.etag
    if request.last_modified:
        found["If-Modified-Since"] = request.last_modified
    return found


def _cookies(jar: aiohttp.CookieJar, url: str) -> str:
    """The Cookie header for an address."""
    found = jar.filter_cookies(_as_sent(url))
    line = found.output(header="", sep=";").strip()
    return line if len(line) <= MAX_COOKIES else ""


async def _body(response: aiohttp.ClientResponse, limit: int) -> tuple[bytes, bool]:
    """The body as it was sent, and whether the connection ended before it did."""
    parts, size = [], 0
    try:
        while part := await response.content.readany():
            size += len(part)
            if size > limit:
                response.close()
                raise TooLarge
            parts.append(part)
    except aiohttp.ClientPayloadError:
        return b"".join(parts), True
    return b"".join(parts), False


def _milliseconds(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
