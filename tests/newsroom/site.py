"""What an outlet answers to a request: a pure function of the scene, the request and a count."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from newsroom import pages
from newsroom.articles import Article
from newsroom.feeds import TYPES, feed_document, last_modified
from newsroom.outlets import Feed
from newsroom.scene import Scene

ROBOTS = "User-agent: *\nDisallow: /private/\nAllow: /\n"
RETRY_AFTER = 7_200  # seconds, of the throttled feed

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """A response as it goes out."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def reply(scene: Scene, path: str, headers: Mapping[str, str], earlier: int) -> Reply:
    """The answer to a GET of `path`, which was asked for `earlier` times before.

    `headers` are the request's, with names that compare without regard to case.
    """
    for feed in scene.outlet.feeds:
        if path in (feed.path, feed.old_path):
            return _feed(scene, feed, path, headers, earlier)
    if path == "/robots.txt":
        return Reply(200, ROBOTS.encode(), {"Content-Type": "text/plain"})
    if path == "/":
        return _html(scene, 200, pages.front_page(scene))
    amp = path.startswith("/amp/")
    for article in scene.published:
        if article.path == (path.removeprefix("/amp") if amp else path):
            return _validated(_page(scene, article, amp), headers)
    return _html(scene, 404, pages.missing_page(scene))


def _feed(scene: Scene, feed: Feed, path: str, headers: Mapping[str, str], earlier: int) -> Reply:
    match feed.answer:
        case "gone":
            return Reply(410, b"The Mole has gone under.\n", {"Content-Type": "text/plain"})
        case "throttled":
            return Reply(429, b"Too many requests\n", {"Retry-After": str(RETRY_AFTER)})
        case "flaky" if earlier % 2 == 0:
            return Reply(500, b"Internal Server Error\n", {"Content-Type": "text/plain"})
        case "consent-page":
            return _html(scene, 200, pages.consent_page(scene))
        case "moved" if path == feed.old_path:
            return Reply(301, b"", {"Location": scene.base + feed.path})
    return _feed_document(scene, feed, headers, earlier)


def _feed_document(scene: Scene, feed: Feed, headers: Mapping[str, str], earlier: int) -> Reply:
    body = feed_document(scene, feed, earlier)
    sent = {"Content-Type": TYPES[feed.shape]}
    changed = last_modified(scene, feed).replace(microsecond=0)
    if "etag" in feed.validators:
        sent["ETag"] = _etag(body)
        if headers.get("If-None-Match") == sent["ETag"]:
            return Reply(304, b"", sent)
    if "last-modified" in feed.validators:
        sent["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
        since = _http_date(headers.get("If-Modified-Since"))
        if "If-None-Match" not in headers and since is not None and since >= changed:
            return Reply(304, b"", sent)
    if feed.gzipped and "gzip" in headers.get("Accept-Encoding", ""):
        return Reply(200, gzip.compress(body, mtime=0), sent | {"Content-Encoding": "gzip"})
    return Reply(200, body, sent)


def _page(scene: Scene, article: Article, amp: bool) -> Reply:
    match article.page:
        case "404" | "403" as status:
            return _html(scene, int(status), pages.missing_page(scene))
        case "soft-404":
            return _html(scene, 200, pages.missing_page(scene))
        case "consent":
            return _html(scene, 200, pages.consent_page(scene))
        case "pdf":
            return Reply(200, PDF, {"Content-Type": "application/pdf"})
        case "ok" | "live" | "paywall" | "robots":
            render = pages.amp_page if amp else pages.article_page
            return _html(scene, 200, render(scene, article))


def _html(scene: Scene, status: int, text: str) -> Reply:
    charset = scene.outlet.charset
    # Where the charset is an old one the page alone says so, as old servers do.
    kind = "text/html; charset=utf-8" if charset == "utf-8" else "text/html"
    return Reply(status, text.encode(charset, "xmlcharrefreplace"), {"Content-Type": kind})


def _validated(page: Reply, headers: Mapping[str, str]) -> Reply:
    if page.status != 200:
        return page
    sent = {**page.headers, "ETag": _etag(page.body)}
    if headers.get("If-None-Match") == sent["ETag"]:
        return Reply(304, b"", sent)
    return Reply(200, page.body, sent)


def _etag(body: bytes) -> str:
    return f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'


def _http_date(value: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(value) if value else None
    except ValueError:
        return None
