"""Extraction against stored pages with gold text: DATA/pages."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import mean
from typing import TypeVar
from urllib.parse import urlsplit

from trafilatura import bare_extraction

from newswatch.extract.page import extract_page
from newswatch.models import ExtractedArticle, NoArticle

T = TypeVar("T")
WORST = 10


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A stored page and what a person or its publisher's own markup says of it."""

    file: str
    url: str
    html: bytes
    title: str
    authors: frozenset[str]  # names in small letters: people, and organisations that sign
    published: date
    standfirst: str
    body: str


@dataclass(frozen=True, slots=True)
class Score:
    page: GoldPage
    found: str  # what it was taken for
    body: float
    title: bool
    date: bool
    authors: bool


def report(data: Path) -> str:
    """Body F1 (words), title, day and authors right, pages a second; trafilatura beside."""
    pages = list(gold_pages(data / "pages"))
    ran = timed(
        {
            "newswatch": _extract,
            "trafilatura": lambda page: _peer(page, with_metadata=False),
            "trafilatura, with metadata": lambda page: _peer(page, with_metadata=True),
        },
        pages,
    )
    results, ours = ran.pop("newswatch")
    scores = [_score(page, found) for page, found in zip(pages, results, strict=True)]
    lines = [
        f"{len(pages)} pages",
        "| extractor | body F1 | title | day | authors | pages/s, one core |",
        "|---|---|---|---|---|---|",
        f"| newswatch | {_summary(scores)} | {ours:.0f} |",
        *(
            f"| {name} | {mean_f1(pages, texts):.3f} | | | | {speed:.0f} |"
            for name, (texts, speed) in ran.items()
        ),
        f"speed: {ours / ran['trafilatura, with metadata'][1]:.2f} of trafilatura's with metadata",
        *_by_publisher(scores),
        f"the {WORST} worst bodies:",
        *(
            f"  {score.body:.2f} {score.page.file} {score.found}"
            for score in sorted(scores, key=lambda score: score.body)[:WORST]
        ),
    ]
    return "\n".join(lines)


def gold_pages(folder: Path) -> Iterator[GoldPage]:
    with (folder / "gold.jsonl").open() as rows:
        for row in map(json.loads, rows):
            yield GoldPage(
                file=row["file"],
                url=row["url"],
                html=gzip.decompress((folder / row["file"]).read_bytes()),
                title=row["title"],
                authors=frozenset(name.casefold() for name in row["authors"] or []),
                published=datetime.fromisoformat(row["published"]).astimezone(UTC).date(),
                standfirst="\n".join(row["summary"]),
                body="\n".join(row["paragraphs"]),
            )


def timed(
    extractors: Mapping[str, Callable[[GoldPage], T]], pages: Sequence[GoldPage]
) -> dict[str, tuple[list[T], float]]:
    """Per extractor what it finds on each page, and pages a second of one core.

    They take turns page by page, so that whatever else slows the machine slows all of them alike;
    and go over the pages twice, since what a library loads when it first needs it would count
    against whoever comes first.
    """
    found: dict[str, list[T]] = {}
    seconds: dict[str, float] = {}
    for _ in range(2):
        found = {name: [] for name in extractors}
        seconds = dict.fromkeys(extractors, 0.0)
        for page in pages:
            for name, extract in extractors.items():
                began = time.process_time()
                found[name].append(extract(page))
                seconds[name] += time.process_time() - began
    return {name: (found[name], len(pages) / seconds[name]) for name in extractors}


def mean_f1(pages: Sequence[GoldPage], texts: Sequence[str]) -> float:
    return mean(best_f1(page, text) for page, text in zip(pages, texts, strict=True))


def best_f1(page: GoldPage, text: str) -> float:
    """Of the words, each as often as it stands; the standfirst may be counted as body or not."""
    return max(_f1(text, page.body), _f1(text, f"{page.standfirst}\n{page.body}"))


def _f1(found: str, wanted: str) -> float:
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (found, wanted))
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if shared else 0.0


def _extract(page: GoldPage) -> ExtractedArticle | NoArticle:
    return extract_page(page.html, url=page.url, now=datetime.now(UTC))


def _peer(page: GoldPage, *, with_metadata: bool) -> str:
    found = bare_extraction(
        page.html, url=page.url, include_comments=False, with_metadata=with_metadata
    )
    return getattr(found, "text", None) or ""


def _score(page: GoldPage, found: ExtractedArticle | NoArticle) -> Score:
    """The gold names organisations among the authors, so who signs is both of ours."""
    if isinstance(found, NoArticle):
        return Score(page, f"{found.kind}: {found.detail}", 0.0, False, False, False)
    signs = {name.casefold() for name in (*found.authors, *found.organisations)}
    return Score(
        page,
        found=f"{found.extraction_method}, confidence {found.extraction_confidence:.2f}",
        body=best_f1(page, found.text),
        title=_squeezed(found.title) == _squeezed(page.title),
        date=found.published_at is not None and found.published_at.date() == page.published,
        authors=signs == page.authors,
    )


def _by_publisher(scores: Sequence[Score]) -> list[str]:
    """Those where something is wrong, the worst body first."""
    publishers: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        publishers[urlsplit(score.page.url).hostname or ""].append(score)
    rows = [
        (mean(score.body for score in group), host, group)
        for host, group in publishers.items()
        if any(
            score.body < 0.9 or not (score.title and score.date and score.authors)
            for score in group
        )
    ]
    head = ["| publisher | pages | body F1 | title | day | authors |", "|---|---|---|---|---|---|"]
    return head + [
        f"| {host} | {len(group)} | {_summary(group)} |" for _, host, group in sorted(rows)
    ]


def _summary(scores: Sequence[Score]) -> str:
    figures = (
        mean(score.body for score in scores),
        *(mean(getattr(score, name) for score in scores) for name in ("title", "date", "authors")),
    )
    return " | ".join(f"{figure:.3f}" for figure in figures)


def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
