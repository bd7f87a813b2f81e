"""Documents with what is right of them: the tables of DATA/cases/feeds, and the check of one."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from newswatch.feeds.parse import parse_feed
from newswatch.models import ParsedFeed
from newswatch.text.dates import read_date

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # of the tables
TYPE = "application/rss+xml"


def wrong_claims(body: bytes, url: str, right: str) -> list[str]:
    """Those claims of `right` ("title = 'A'; n = 2") that do not hold of the document, with what
    was read instead. A claim is of the first entry, unless it is `n`, `has_title` or
    `distinct_urls`."""
    feed = parse_feed(body, url=url, content_type=TYPE, now=NOW)
    if not isinstance(feed, ParsedFeed) or not feed.entries:
        return [f"no entries: {feed!r:.200}"]
    first = feed.entries[0]
    said = {
        "link": first.link,
        "url": first.url,
        "title": first.title,
        "summary": first.summary,
        "authors": first.authors,
        "pub": f"{first.published_at:%Y-%m-%dT%H:%M:%S}" if first.published_at else None,
        "n": len(feed.entries),
        "distinct_urls": len({entry.url for entry in feed.entries}),
        "has_title": {entry.title for entry in feed.entries},
        "content_not": first.content_html or "",
    }
    wrong = []
    for claim in right.split("; "):
        name, _, value = claim.partition(" = ")
        if not _holds(name, said[name], ast.literal_eval(value)):
            wrong.append(f"{claim}, but {said[name]!r:.120}")
    return wrong


def _holds(name: str, said: object, right: object) -> bool:
    match name, said:
        case "has_title", set():
            return right in said
        case "content_not", str():
            return str(right) not in said
        case "pub", str():
            return said.startswith(str(right))
        case _:
            return said == right


def report(folder: Path) -> Iterator[str]:
    """How many cases of the folder are right, of each kind, and each that is wrong."""
    documents = [row for row in _rows(folder / "VALUES.md") if (folder / row["file"]).is_file()]
    for kind in dict.fromkeys(row["kind"] for row in documents):
        found = {
            row["file"]: wrong_claims(
                (folder / row["file"]).read_bytes(), _url(row["call"]), row["right value"]
            )
            for row in documents
            if row["kind"] == kind
        }
        yield from _told(kind, found)
    with (folder / "dates.tsv").open(encoding="utf-8") as file:
        dates = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    yield from _told("forms of dates", {row["raw"]: _wrong_date(row) for row in dates})


def _told(kind: str, found: dict[str, list[str]]) -> Iterator[str]:
    right = sum(not wrong for wrong in found.values())
    yield f"cases, {kind}: {right} of {len(found)} right"
    for name, wrong in found.items():
        yield from (f"    wrong: {name}: {claim}" for claim in wrong)


def _wrong_date(row: dict[str, str]) -> list[str]:
    read = read_date(row["raw"], host="feed.test")
    moment = f"{read.at:%Y-%m-%dT%H:%M:%S}" if read else "no date"
    right = row["right (UTC)"]
    return [] if moment.startswith(right) else [f"{right}, but {moment}"]


def _url(call: str) -> str:
    found = re.search(r"url=(\S+)", call)
    assert found, f"{call!r} names no url"
    return found[1]


def _rows(table: Path) -> Iterator[dict[str, str]]:
    """The rows of the first table of a Markdown file, by its heads."""
    lines = [line for line in table.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    for row in rows:
        yield dict(zip(head, row, strict=True))
