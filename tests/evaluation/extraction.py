"""Extraction against stored pages with gold text: DATA/pages."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction

from newswatch.extract.page import extract_page
from newswatch.models import ExtractedArticle, NoArticle

WORST = 10


@dataclass(frozen=True, slots=True)
class Score:
    file: str
    body: float
    title: bool
    date: bool
    authors: bool


def report(data: Path) -> str:
    """Body F1 (words), title, day and authors right, pages a second; trafilatura beside."""
    pages = list(_pages(data / "pages"))
    began = time.perf_counter()
    scores = [_score(gold, _extract(gold, page)) for gold, page in pages]
    ours = len(pages) / (time.perf_counter() - began)
    began = time.perf_counter()
    peer = [_peer(gold, page) for gold, page in pages]
    theirs = len(pages) / (time.perf_counter() - began)
    lines = [
        f"{len(pages)} pages",
        "| extractor | body F1 | title | day | authors | pages/s, one core |",
        "|---|---|---|---|---|---|",
        f"| newswatch | {_mean([score.body for score in scores]):.3f}"
        f" | {_mean([score.title for score in scores]):.3f}"
        f" | {_mean([score.date for score in scores]):.3f}"
        f" | {_mean([score.authors for score in scores]):.3f} | {ours:.0f} |",
        f"| trafilatura, with metadata | {_mean(peer):.3f} | | | | {theirs:.0f} |",
        f"speed: {ours / theirs:.2f} of trafilatura's",
        f"the {WORST} worst bodies:",
    ]
    worst = sorted(scores, key=lambda score: score.body)[:WORST]
    return "\n".join([*lines, *(f"  {score.body:.2f} {score.file}" for score in worst)])


def _pages(folder: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    with (folder / "gold.jsonl").open() as rows:
        for row in rows:
            gold = json.loads(row)
            yield gold, gzip.decompress((folder / gold["file"]).read_bytes())


def _extract(gold: dict[str, Any], page: bytes) -> ExtractedArticle | NoArticle:
    return extract_page(page, url=gold["url"], now=datetime.now(UTC))


def _score(gold: dict[str, Any], found: ExtractedArticle | NoArticle) -> Score:
    if isinstance(found, NoArticle):
        return Score(f"{gold['file']} ({found.kind}: {found.detail})", 0.0, False, False, False)
    published = _day(gold["published"])
    return Score(
        file=gold["file"],
        body=_best_f1(gold, found.text),
        title=_squeezed(found.title) == _squeezed(gold["title"]),
        date=found.published_at is not None and found.published_at.date() == published,
        authors={name.casefold() for name in (*found.authors, *found.organisations)}
        == {name.casefold() for name in gold["authors"] or []},
    )


def _peer(gold: dict[str, Any], page: bytes) -> float:
    found = bare_extraction(page, url=gold["url"], include_comments=False, with_metadata=True)
    return _best_f1(gold, getattr(found, "text", None) or "")


def _best_f1(gold: dict[str, Any], text: str) -> float:
    """The standfirst may be counted as body or not."""
    body = "\n".join(gold["paragraphs"])
    return max(_f1(text, body), _f1(text, "\n".join([*gold["summary"], body])))


def _f1(found: str, wanted: str) -> float:
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (found, wanted))
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0


def _day(text: str) -> Any:
    return datetime.fromisoformat(text).astimezone(UTC).date()


def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
