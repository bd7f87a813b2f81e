"""One conditional GET, by the rules: where we may go, how long, how much, how often.

Whatever a server does becomes a `FetchResult`; `Fetcher.fetch` raises for bugs only.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Collection
from dataclasses import replace
from typing import Literal
from urllib.parse import urljoin, urlsplit

import aiohttp
from yarl import URL

from newswatch.models import FetchOutcome, FetchRequest, FetchResult
from newswatch.settings import Settings
from newswatch.web.guard import AddressRefused, guarded_socket, refusal
from newswatch.web.politeness import Politeness
from newswatch.web.robots import Robots

Kind = Literal["feed", "page", "robots"]
MAX_REDIRECTS = 10
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 65_536
CONNECT_SECONDS = 10.0  # for DNS, the connection and TLS
SILENCE_SECONDS = 15.0  # in which nothing comes: no header, no next piece of the body
_ACCEPT = {
    "feed": (
        "application/atom+xml, application/rss+xml, application/feed+json,"
        " application/xml;q=0.9, */*;q=0.5"
    ),
    "page": "text/html, application/xhtml+xml, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}


class _Failed(Exception):
    """Ends one fetch with an outcome."""

    def __init__(self, outcome: FetchOutcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome: FetchOutcome = outcome


class Fetcher:
    """Fetches for the length of one stage's execution; an async context manager.

    Keeps connections and turns at hosts; no cookies, no credentials. `robots` is asked before
    each page, and each page that one redirects to.
    """

    def __init__(self, settings: Settings, robots: Robots | None = None) -> None:
        self._settings = settings
        self._politeness = Politeness(settings.concurrency, settings.host_concurrency)
        self._robots = robots
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Fetcher:
        connector = aiohttp.TCPConnector(
            limit=0,
            ttl_dns_cache=60,
            socket_factory=guarded_socket(self._settings.allow_networks),
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            timeout=aiohttp.ClientTimeout(
                total=None, connect=CONNECT_SECONDS, sock_read=SILENCE_SECONDS
            ),
            max_line_size=16_384,
            max_field_size=16_384,
            headers={"User-Agent": self._settings.user_agent},
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

        def failed(outcome: FetchOutcome, detail: str) -> FetchResult:
            final = hops[-1][1] if hops else request.url
            taken = int((time.monotonic() - began) * 1000)
            return FetchResult(
                request.url, final, outcome, detail=detail, redirects=tuple(hops), elapsed_ms=taken
            )

        try:
            async with asyncio.timeout(self._settings.fetch_timeout):
                return await self._follow(request, kind, hops, began)
        except TimeoutError:
            return failed("timeout", f"no whole answer within {self._settings.fetch_timeout:g} s")
        except _Failed as failure:
            return failed(failure.outcome, str(failure))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return failed(*_explained(error))

    async def _follow(
        self, request: FetchRequest, kind: Kind, hops: list[tuple[int, str]], began: float
    ) -> FetchResult:
        url = request.url
        seen = {url}
        while True:
            if reason := self._refused(url, request.ports):
                raise _Failed("refused", reason)
            result = await self._get(url, request, kind, hops, began)
            if isinstance(result, FetchResult):
                return result
            status, target = result
            hops.append((status, target))
            if target in seen:
                raise _Failed("bad-redirect", f"the redirects run in a circle, back to {target}")
            if len(hops) > MAX_REDIRECTS:
                raise _Failed("bad-redirect", f"more than {MAX_REDIRECTS} redirects")
            seen.add(target)
            url = target
            await self._ask_robots(replace(request, url=url), kind)

    async def _ask_robots(self, request: FetchRequest, kind: Kind) -> None:
        """For a page that another redirects to."""
        if kind != "page" or self._robots is None or self._refused(request.url, request.ports):
            return
        if forbidden := await self._robots.forbids(request, self._fetch_robots):
            raise _Failed("robots", forbidden)

    async def _get(
        self,
        url: str,
        request: FetchRequest,
        kind: Kind,
        hops: list[tuple[int, str]],
        began: float,
    ) -> FetchResult | tuple[int, str]:
        """One hop: the answer, or the status and target of a redirect."""
        if self._session is None:
            raise RuntimeError("a Fetcher works inside its async with block only")
        headers = {"Accept": _ACCEPT[kind]} | _validators(request)
        async with self._session.get(
            URL(url, encoded=_is_ascii(url)), headers=headers, allow_redirects=False
        ) as answer:
            names = {name.lower(): value for name, value in answer.headers.items()}
            if answer.status in REDIRECTS and "location" in names:
                return answer.status, _redirect_target(url, names["location"])
            body = b""
            if answer.status != 304:
                body = await self._body(answer, kind)
            return FetchResult(
                request.url,
                url,
                _outcome(answer.status),
                status=answer.status,
                detail=_status_detail(answer.status, answer.reason),
                headers=names,
                body=body,
                redirects=tuple(hops),
                elapsed_ms=int((time.monotonic() - began) * 1000),
                retry_after=names.get("retry-after"),
            )

    async def _body(self, answer: aiohttp.ClientResponse, kind: Kind) -> bytes:
        """The decompressed body. aiohttp decompresses chunk by chunk, so a bomb costs one chunk."""
        cap = {
            "feed": self._settings.feed_max_bytes,
            "page": self._settings.page_max_bytes,
            "robots": 500_000,
        }[kind]
        parts, size = [], 0
        async for part in answer.content.iter_chunked(CHUNK):
            size += len(part)
            if size > cap:
                answer.close()
                raise _Failed("too-large", f"more than {cap:,} bytes, decompressed")
            parts.append(part)
        return b"".join(parts)

    def _refused(self, url: str, ports: Collection[int]) -> str | None:
        """Why the form of an address alone forbids the request, or None."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            return f"{url} is no address: {error}"
        if parts.scheme not in ("http", "https"):
            return f"{url} is neither http nor https"
        if not host:
            return f"{url} names no host"
        if parts.username is not None or parts.password is not None:
            return f"{host}: an address with a user name in it is not followed"
        if port in (None, 80, 443, *ports) or self._is_allowed_literal(host):
            return None
        return f"{host}:{port} is not port 80 or 443; allow it at the feed, with ports: [{port}]"

    def _is_allowed_literal(self, host: str) -> bool:
        """An address of the allowed networks may have any port: a newsroom on loopback does."""
        try:
            return bool(self._settings.allow_networks) and (
                refusal(host) is not None and refusal(host, self._settings.allow_networks) is None
            )
        except ValueError:
            return False


def urlsplit_host(url: str) -> str | None:
    """The host of a URL, or None where there is none or it cannot be read."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


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


def _redirect_target(url: str, location: str) -> str:
    # Header bytes that are UTF-8 arrive as surrogate escapes.
    location = location.encode("utf-8", "surrogateescape").decode("utf-8", "replace").strip()
    try:
        return urljoin(url, location)
    except ValueError:
        raise _Failed("bad-redirect", f"redirected to {location!r}, which is no address") from None


def _outcome(status: int) -> FetchOutcome:
    if status == 304:
        return "not-modified"
    return "ok" if 200 <= status < 300 else "http-error"


def _status_detail(status: int, reason: str | None) -> str:
    return "" if status == 304 or 200 <= status < 300 else f"HTTP {status} {reason or ''}".strip()


def _explained(error: Exception) -> tuple[FetchOutcome, str]:
    """What went wrong, from the exception and what caused it."""
    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, AddressRefused):
            return "refused", str(chain)
        if isinstance(chain, BaseExceptionGroup):
            chain = chain.exceptions[0]
            continue
        chain = getattr(chain, "os_error", None) or chain.__cause__ or chain.__context__
    if isinstance(error, aiohttp.ServerTimeoutError | aiohttp.SocketTimeoutError):
        return "timeout", str(error) or "the server did not answer in time"
    if isinstance(error, aiohttp.ClientConnectorError | ssl.SSLError):
        return "unreachable", str(error)
    if isinstance(error, aiohttp.InvalidURL | ValueError):
        return "refused", f"not an address: {error}"
    if isinstance(error, aiohttp.ClientPayloadError | aiohttp.ClientResponseError):
        return "protocol", str(error) or type(error).__name__
    return "unreachable", str(error) or type(error).__name__
