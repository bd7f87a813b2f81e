"""Days of publication against labelled pages: DATA/pages-more/htmldate.jsonl.xz.

A label is the day as the page writes it, in the page's own zone; ours is a moment in UTC. So a day
counts as right where some zone makes it the label's; how many need one is told apart. Pages without
a label are left out.
"""

from __future__ import annotations

import base64
import json
import lzma
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

from htmldate import find_date

from newswatch.extract.dates import published_of
from newswatch.extract.metadata import read_claims
from newswatch.extract.tree import parse
from newswatch.text.charset import decode

NOW = datetime(2026, 11, 1, tzinfo=UTC)
EASTMOST, WESTMOST = timedelta(hours=14), timedelta(hours=12)
MOST_LISTED = 80

Verdict = Literal["right", "right in its zone", "wrong", "missed"]


@dataclass(frozen=True, slots=True)
class DatedPage:
    url: str
    html: bytes
    day: date


@dataclass(frozen=True, slots=True)
class Judged:
    page: DatedPage
    found: datetime | None
    source: str
    ours: Verdict
    engine: Verdict


def report(data: Path) -> str:
    path = data / "pages-more" / "htmldate.jsonl.xz"
    if not path.exists():
        return f"{path}: not there"
    with ProcessPoolExecutor(2) as processes:
        judged = list(processes.map(judge, dated_pages(path), chunksize=8))
    wrong = [row for row in judged if row.ours == "wrong"]
    sources = Counter((row.source, row.ours) for row in judged)
    return "\n".join(
        (
            f"{len(judged)} pages",
            "| finder | right | of them in their zone | wrong | missed | F1 |",
            "|---|---|---|---|---|---|",
            _line("newswatch", [row.ours for row in judged]),
            _line("htmldate, extensive", [row.engine for row in judged]),
            "by source: " + ", ".join(f"{s or 'none'} {v} {n}" for (s, v), n in sources.items()),
            "wrong:",
            *(
                f"  {row.found:%Y-%m-%d %H:%M} ({row.source}), is {row.page.day}: {row.page.url}"
                for row in wrong[:MOST_LISTED]
                if row.found
            ),
        )
    )


def dated_pages(path: Path) -> Iterator[DatedPage]:
    with lzma.open(path, "rt") as rows:
        for row in filter(lambda row: isinstance(row["date"], str), map(json.loads, rows)):
            encoded = row.get("html_b64")
            html = base64.b64decode(encoded) if encoded else row["html"].encode()
            yield DatedPage(row["url"], html, date.fromisoformat(row["date"]))


def judge(page: DatedPage) -> Judged:
    tree = parse(decode(page.html).text)
    if tree is None:
        return Judged(page, None, "", "missed", "missed")
    engine = find_date(
        tree, url=page.url, original_date=True, extensive_search=True, max_date=f"{NOW:%Y-%m-%d}"
    )
    tree = parse(decode(page.html).text)
    assert tree is not None
    found, source = published_of(read_claims(tree, page.url), tree, page.url, NOW)
    day = datetime.fromisoformat(engine).replace(tzinfo=UTC) if engine else None
    return Judged(page, found, source, verdict(found, page.day), verdict(day, page.day))


def verdict(found: datetime | None, day: date) -> Verdict:
    """A moment at midnight in UTC is a day without a time: no zone moves it."""
    if found is None:
        return "missed"
    if found.date() == day:
        return "right"
    midnight = datetime.combine(day, time(), UTC)
    in_a_zone = midnight - EASTMOST <= found < midnight + timedelta(days=1) + WESTMOST
    return "right in its zone" if in_a_zone and found.time() != time() else "wrong"


def _line(name: str, verdicts: list[Verdict]) -> str:
    count = Counter(verdicts)
    in_zone = count["right in its zone"]
    right, wrong, missed = count["right"] + in_zone, count["wrong"], count["missed"]
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    return f"| {name} | {right} | {in_zone} | {wrong} | {missed} | {f1:.3f} |"
