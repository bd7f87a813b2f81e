"""Links that lead to an article through somebody else: archives, click counters, AMP caches."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import parse_qsl, unquote, urlsplit

# host (or its end, with a leading dot), path, the parameters that may carry the target
REDIRECTORS: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = tuple(
    (re.compile(host), path, names)
    for host, path, names in (
        (r"(?:www\.|news\.)?google\.[a-z.]{2,6}", "/url", ("url", "q")),
        (r"(?:www\.)?bing\.com", "/news/apiclick.aspx", ("url",)),
        (r"lm?\.facebook\.com", "/l.php", ("u",)),
        (r"l\.instagram\.com", "/", ("u",)),
        (r"out\.reddit\.com", "/", ("url",)),
        (r"(?:www\.)?youtube\.com", "/redirect", ("q",)),
        (r"t\.umblr\.com", "/redirect", ("z",)),
        (r"(?:www\.)?vk\.com", "/away.php", ("to",)),
        (r"duckduckgo\.com", "/l", ("uddg",)),
        (r"getpocket\.com", "/redirect", ("url",)),
        (r"slack-redir\.net", "/link", ("url",)),
        (r"[a-z0-9.]*safelinks\.protection\.outlook\.com", "/", ("url",)),
        (r"go\.(?:skimresources|redirectingat)\.com", "/", ("url",)),
    )
)
_REDIRECTS = re.compile("|".join(f"(?:{host.pattern})" for host, _, _ in REDIRECTORS))
ARCHIVE_HOST = re.compile(r"(?:www\.)?archive\.(?:is|ph|today|fo|li|md|vn)")
ARCHIVE_PATH = re.compile(r"/(?:o/[^/]+|newest|oldest|\d{4,14})/(https?:/.+)", re.DOTALL)
WAYBACK_PATH = re.compile(r"/web/\d{1,14}(?:[a-z]{2}_)?/(https?:/.+)", re.DOTALL)
AMP_CACHE_PATH = re.compile(r"/(?:[acvir]|amp)/(s/)?(.+)", re.DOTALL)
YAHOO_PATH = re.compile(r"/RU=([^/]+)/")
GOOGLE_NEWS_PATH = re.compile(r"/(?:rss/)?(?:__i/rss/rd/)?articles/([A-Za-z0-9_-]+)")


def unwrap(url: str) -> str | None:
    """The address that a wrapper of absolute `url` leads to; None if it is no wrapper we know."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    if ARCHIVE_HOST.fullmatch(host):
        return _embedded(ARCHIVE_PATH.fullmatch(rest))
    if host == "web.archive.org":
        return _embedded(WAYBACK_PATH.fullmatch(rest))
    if host.endswith(".cdn.ampproject.org") or (
        host in ("www.google.com", "google.com") and rest.startswith("/amp/")
    ):
        return _amp_cached(rest)
    if host == "r.search.yahoo.com" and (found := YAHOO_PATH.search(rest)):
        return _absolute(unquote(found[1]))
    if host == "news.google.com" and (found := GOOGLE_NEWS_PATH.fullmatch(parts.path)):
        return _google_news(found[1])
    return _redirector(host, parts.path, parts.query)


def _redirector(host: str, path: str, query: str) -> str | None:
    if not _REDIRECTS.fullmatch(host):
        return None
    for pattern, start, names in REDIRECTORS:
        if pattern.fullmatch(host) and (path or "/").startswith(start):
            values = dict(parse_qsl(query))
            for name in names:
                if target := _absolute(values.get(name, "")):
                    return target
    return None


def _embedded(found: re.Match[str] | None) -> str | None:
    """A target that stands in the path; proxies on the way may have merged its two slashes."""
    if found is None:
        return None
    return _absolute(re.sub(r"^(https?):/+", r"\1://", found[1]))


def _amp_cached(rest: str) -> str | None:
    found = AMP_CACHE_PATH.fullmatch(rest)
    if found is None:
        return None
    scheme = "https" if found[1] else "http"
    return _absolute(f"{scheme}://{found[2]}")


def _google_news(token: str) -> str | None:
    """The link in the older tokens: a protocol buffer with the URL as its field 4."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    if not raw.startswith(b"\x08\x13\x22") or len(raw) < 5:
        return None
    length, start = raw[3], 4
    if length & 0x80:
        length, start = (length & 0x7F) | (raw[4] << 7), 5
    return _absolute(raw[start : start + length].decode("utf-8", "replace"))


def _absolute(target: str) -> str | None:
    return target if re.match(r"https?://[^/\s]", target, re.IGNORECASE) else None
