"""RSS, RDF and Atom: feedparser on bytes in memory, its slow cleaning off, and what it gets wrong
put right (dates, skipHours and skipDays, markup in texts)."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

import feedparser
from lxml import etree

from newswatch.feeds.document import from_root, is_html, root_is_hostile, root_name
from newswatch.feeds.items import Item, build_entry
from newswatch.models import ParsedEntry, ParsedFeed, ParseFailure
from newswatch.text.charset import Decoded
from newswatch.text.markup import one_line

MAX_ENTRIES = 2_000

_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(r"<day>\s*([A-Za-z]{3})[a-z]*\s*</day>", re.IGNORECASE)
_ITEM = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PERIODS = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}


def parse_xml(document: Decoded, *, url: str, now: datetime) -> ParsedFeed | ParseFailure:
    """The feed in a decoded document, salvaged as far as it can be read."""
    text = from_root(document.text)
    name = root_name(text)
    if not text:
        return ParseFailure("not-a-feed", "there is no XML element in it")
    if is_html(name):
        return ParseFailure("html", _about_html(text))
    if root_is_hostile(text):
        return ParseFailure("hostile", "the start tag of the root element has no end")
    try:
        parsed = _salvaged(text)
    except Exception as error:  # feedparser fails in many ways on what is broken enough
        return ParseFailure(
            "malformed", f"the parser gave up: {type(error).__name__} {error}"[:300]
        )
    if not parsed.entries and not parsed.version:
        return ParseFailure("not-a-feed", f"the root element is <{name}>, which is no feed format")
    entries = tuple(_entry(entry, url, now) for entry in parsed.entries[:MAX_ENTRIES])
    head = _head(text)
    return ParsedFeed(
        format=parsed.version or name,
        title=one_line(_string(parsed.feed, "title")),
        entries=entries,
        problem=_problem(document, parsed),
        ttl_seconds=_ttl(parsed.feed),
        skip_hours=frozenset(int(hour) % 24 for hour in _HOUR.findall(head)),
        skip_days=frozenset(
            _DAYS.index(day.lower()) for day in _DAY.findall(head) if day.lower() in _DAYS
        ),
    )


def _salvaged(text: str) -> Any:
    """What feedparser reads, if need be after lxml has mended the tags."""
    try:
        return _feedparser(text)
    except Exception:
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        parsed = _feedparser(etree.tostring(root, encoding="unicode"))
        parsed.bozo, parsed.bozo_exception = True, "its tags had to be mended"
        return parsed


def _feedparser(text: str) -> Any:
    """Never given a string, which it might fetch, nor content-location, which resolves guids."""
    return feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )


def _entry(entry: Any, url: str, now: datetime) -> ParsedEntry:
    contents = [_string(content, "value") for content in entry.get("content", ())]
    return build_entry(
        Item(
            guid=_string(entry, "id"),
            link=_string(entry, "feedburner_origlink") or _link(entry),
            title=_string(entry, "title"),
            summary=_string(entry, "summary"),
            content=max(contents, key=len, default=""),
            authors=tuple(_string(author, "name") for author in entry.get("authors", ())),
            dates=tuple(
                _string(entry, name)
                for name in ("published", "updated", "created")
                if name in entry
            ),
            language=_language(entry),
        ),
        url=url,
        now=now,
    )


def _link(entry: Any) -> str:
    return _string(entry, "link") or next(
        (
            _string(link, "href")
            for link in entry.get("links", ())
            if link.get("rel") in ("alternate", "via")
        ),
        "",
    )


def _language(entry: Any) -> str | None:
    return _string(entry, "language") or _string(entry.get("title_detail", {}), "language") or None


def _string(mapping: Any, name: str) -> str:
    value = mapping.get(name)
    return value if isinstance(value, str) else ""


def _head(text: str) -> str:
    """The channel's own elements, as far as they stand before the first item."""
    found = _ITEM.search(text)
    return text[: min(found.start() if found else len(text), 100_000)]


def _ttl(feed: Any) -> int | None:
    """Seconds between two updates: <ttl> (minutes), else the syndication module's."""
    ttl = _string(feed, "ttl")
    if ttl.isdecimal() and 0 < int(ttl[:9]) < 10_000_000:
        return int(ttl[:9]) * 60
    period = _PERIODS.get(_string(feed, "sy_updateperiod").strip().lower())
    frequency = _string(feed, "sy_updatefrequency").strip()
    if period is None:
        return None
    return period // max(1, int(frequency[:6])) if frequency.isdecimal() else period


def _problem(document: Decoded, parsed: Any) -> str | None:
    problems = [document.problem] if document.problem else []
    if parsed.bozo:
        problems.append(f"malformed: {one_line(str(parsed.bozo_exception))[:200]}")
    if len(parsed.entries) > MAX_ENTRIES:
        problems.append(f"{len(parsed.entries)} entries, the first {MAX_ENTRIES} were read")
    return "; ".join(problems) or None


def _about_html(text: str) -> str:
    start = text[:20_000].lower()
    if any(word in start for word in ("consent", "cookie", "gdpr", "captcha", "cf-chl")):
        return "a web page came instead of a feed: a consent wall or a challenge"
    return "a web page came instead of a feed"
