"""Feed documents as served: do they give at least the entries that feedparser finds in them?"""

from __future__ import annotations

import io
import tarfile
import time
from datetime import UTC, datetime
from pathlib import Path

import feedparser

from newswatch.feeds.parse import parse_feed
from newswatch.models import ParsedFeed


def report(data: Path) -> str:
    """A line for each document of DATA/feeds/captured.tar.xz that gives fewer, and the sums."""
    lines: list[str] = []
    ours = theirs = documents = 0
    seconds = {"ours": 0.0, "feedparser": 0.0}
    for name, body in _documents(data / "feeds" / "captured.tar.xz"):
        began = time.perf_counter()
        parsed = parse_feed(body, url="https://feeds.example/", content_type=None, now=_NOW)
        middle = time.perf_counter()
        items = {(entry.get("id"), entry.get("link"), entry.get("title")) for entry in _plain(body)}
        seconds["ours"] += middle - began
        seconds["feedparser"] += time.perf_counter() - middle
        found = len(parsed.entries) if isinstance(parsed, ParsedFeed) else 0
        ours, theirs, documents = ours + found, theirs + len(items), documents + 1
        if found < len(items):
            lines.append(f"fewer: {name}: {found} of {len(items)}: {parsed!r:.200}")
    rates = ", ".join(f"{who} {documents / spent:.0f} a second" for who, spent in seconds.items())
    lines.append(f"{documents} documents, {ours} entries, feedparser {theirs} (items that differ)")
    lines.append(rates)
    return "\n".join(lines)


_NOW = datetime(2026, 12, 31, tzinfo=UTC)


def _plain(body: bytes) -> list[feedparser.FeedParserDict]:
    found: list[feedparser.FeedParserDict] = feedparser.parse(io.BytesIO(body)).entries
    return found


def _documents(path: Path) -> list[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        members = ((member, archive.extractfile(member)) for member in archive)
        return [(member.name, file.read()) for member, file in members if file]
