"""Feed documents as served: what is right of cases, and each way in which what is read of a corpus
differs from what feedparser gives."""

from __future__ import annotations

import calendar
import html
import io
import re
import tarfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser

from evaluation import feed_cases
from newswatch.addresses.urls import canonical_url
from newswatch.feeds.parse import parse_feed
from newswatch.models import ParsedEntry, ParsedFeed

URL = "https://feeds.example/"
_NOW = datetime(2026, 12, 31, tzinfo=UTC)
_DATES = ("published_parsed", "updated_parsed", "created_parsed")


def report(data: Path) -> str:
    """The cases of DATA/cases/feeds if they are there; of DATA/feeds/captured.tar.xz a line for
    each document that gives fewer entries, and each kind of difference with a count and a case."""
    cases = data / "cases" / "feeds"
    lines = list(feed_cases.report(cases)) if cases.is_dir() else []
    compared = _Compared()
    seconds = {"ours": 0.0, "feedparser": 0.0}
    documents = 0
    for name, body in _documents(data / "feeds" / "captured.tar.xz"):
        began = time.perf_counter()
        parsed = parse_feed(body, url=URL, content_type=None, now=_NOW)
        middle = time.perf_counter()
        items = _plain(body)
        seconds["ours"] += middle - began
        seconds["feedparser"] += time.perf_counter() - middle
        documents += 1
        entries = parsed.entries if isinstance(parsed, ParsedFeed) else ()
        compared.add(name, entries, items)
        if len(entries) < len(items):
            lines.append(f"fewer: {name}: {len(entries)} of {len(items)}: {parsed!r:.200}")
    lines += compared.told()
    rates = ", ".join(f"{who} {documents / spent:.0f} a second" for who, spent in seconds.items())
    return "\n".join([*lines, f"{documents} documents", rates])


@dataclass(slots=True)
class _Compared:
    """Kinds of agreement and difference, by what is compared, with a case of each."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    cases: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(
        self,
        name: str,
        entries: tuple[ParsedEntry, ...],
        items: list[feedparser.FeedParserDict],
    ) -> None:
        known = {
            key: entry for entry in reversed(entries) for key in _keys(entry.guid, entry.link)
        } | {entry.title: entry for entry in entries if not entry.guid and not entry.link}
        met = set()
        for item in items:
            keys = (*_keys(item.get("id"), item.get("link")), _text(item.get("title")))
            entry = next((known[key] for key in keys if key in known), None)
            if entry is None:
                self._count(name, "entries", "feedparser's only", str(item.get("link")))
                continue
            met.add(entry.key)
            self._count(name, "entries", "both", "")
            title, link, date = item.get("title") or "", item.get("link") or "", _moment(item)
            self._count(name, "titles", _of_titles(entry.title, title), f"{title!r:.90}")
            said = item.get("feedburner_origlink")
            kind = _of_links(entry.link or "", link, said)
            self._count(name, "links", kind, f"{link!r:.90}")
            raw = item.get("published") or item.get("updated")
            self._count(name, "dates", _of_dates(entry.published_at, date), f"{raw!r:.90}")
        for entry in entries:
            if entry.key not in met:
                self._count(name, "entries", "ours only", entry.link or entry.title)

    def _count(self, name: str, what: str, kind: str, case: str) -> None:
        self.counts[what, kind] += 1
        self.cases.setdefault((what, kind), f"{case} in {name}")

    def told(self) -> list[str]:
        lines = []
        for what in ("entries", "titles", "links", "dates"):
            of_it = [(kind, count) for (of, kind), count in self.counts.items() if of == what]
            for kind, count in sorted(of_it, key=lambda row: -row[1]):
                case = "" if kind in ("both", "same", "neither") else f": {self.cases[what, kind]}"
                lines.append(f"{what}, {kind}: {count}{case}")
        return lines


def _keys(guid: str | None, link: str | None) -> list[str]:
    return [found.strip() for found in (guid, link) if found and found.strip()]


def _text(markup: str | None) -> str:
    """What a reader sees of a title that feedparser gives: it may still hold markup."""
    shown = html.unescape(html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", markup or "")))
    return " ".join(re.sub(r"</?[a-zA-Z][^<>]*>", "", shown).split())


def _of_titles(ours: str, theirs: str) -> str:
    if ours == theirs:
        return "same"
    if not ours or not theirs:
        return "ours none" if theirs else "theirs none"
    if " ".join(ours.split()) == " ".join(theirs.split()):
        return "white space"
    if "\ufffd" in theirs and "\ufffd" not in ours:
        return "theirs with lost characters"
    return "theirs with markup" if " ".join(ours.split()) == _text(theirs) else "other words"


def _of_links(ours: str, theirs: str, original: str | None) -> str:
    """`original` is what the item says that its link leads to (feedburner:origLink)."""
    if ours == theirs:
        return "same" if ours else "neither"
    if original and ours == original.strip():
        return "theirs through a counter of clicks"
    if not ours or not theirs:
        return "ours none" if theirs else "theirs none"
    if "://" not in theirs:
        return "theirs no address"
    return "one page, written otherwise" if _page(ours) == _page(theirs) else "other page"


def _page(link: str) -> str | None:
    return canonical_url(html.unescape(link))


def _of_dates(ours: datetime | None, theirs: datetime | None) -> str:
    if ours is None or theirs is None:
        return "neither" if ours is theirs else "ours none" if theirs else "theirs none"
    apart = abs(ours - theirs)
    if apart < timedelta(seconds=1):
        return "same"
    quarters, rest = divmod(apart, timedelta(minutes=15))
    return "another zone" if quarters <= 56 and not rest else "other moment"


def _moment(item: feedparser.FeedParserDict) -> datetime | None:
    for name in _DATES:
        if item.get(name):
            return datetime.fromtimestamp(calendar.timegm(item[name]), UTC)
    return None


def _plain(body: bytes) -> list[feedparser.FeedParserDict]:
    """The items that differ, as plain feedparser gives them."""
    headers = {"content-location": URL}
    found = feedparser.parse(io.BytesIO(body), response_headers=headers).entries
    by_words = {(entry.get("id"), entry.get("link"), entry.get("title")): entry for entry in found}
    return list(by_words.values())


def _documents(path: Path) -> list[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        members = ((member, archive.extractfile(member)) for member in archive)
        return [(member.name, file.read()) for member, file in members if file]
