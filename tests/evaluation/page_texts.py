"""Bodies against labelled pages: DATA/pages and DATA/pages-more, beside other extractors.

The model was trained on these pages: its figures on pages that it has not seen are those that
`make train-extraction DATA=folder CHECK=1` prints. Here every page goes the stage's own way, so
walls, states and feeds count as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import mean

from lxml.html import fromstring
from trafilatura import bare_extraction

from evaluation.labelled_pages import LabelledPage, labelled_pages, word_f1
from newswatch.extract.page import extract_page
from newswatch.models import ExtractedArticle
from newswatch.text.charset import decode

NOW = datetime(2026, 11, 1, tzinfo=UTC)
WORST = 10
BINS = (0.0, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)  # of confidence


@dataclass(frozen=True, slots=True)
class Read:
    collection: str
    url: str
    scores: dict[str, float]  # F1 of each extractor's text; 0 without any
    empty: frozenset[str]  # extractors that found no text
    confidence: float
    way: str  # extraction method, or the kind of page that it was taken for


def report(data: Path) -> str:
    with ProcessPoolExecutor(2) as processes:
        rows = list(processes.map(read, labelled_pages(data), chunksize=8))
    if not rows:
        return f"{data}: no labelled pages"
    return "\n".join((*_collections(rows), *_reliability(rows), *_ways(rows), *_worst(rows)))


def read(page: LabelledPage) -> Read:
    found = extract_page(page.html, url=page.url, now=NOW)
    texts = {"newswatch": found.text if isinstance(found, ExtractedArticle) else ""}
    texts |= {name: peer(page) for name, peer in _peers().items()}
    return Read(
        page.collection,
        page.url,
        {name: word_f1(text, page.text) for name, text in texts.items()},
        frozenset(name for name, text in texts.items() if not text.strip()),
        found.extraction_confidence or 0.0 if isinstance(found, ExtractedArticle) else 0.0,
        found.extraction_method if isinstance(found, ExtractedArticle) else found.kind,
    )


def _peers() -> dict[str, Callable[[LabelledPage], str]]:
    """trafilatura in its three ways, and of the benchmarks' extractors those that are installed."""
    peers: dict[str, Callable[[LabelledPage], str]] = {
        "trafilatura": _trafilatura,
        "its precision": lambda page: _trafilatura(page, favor_precision=True),
        "its recall": lambda page: _trafilatura(page, favor_recall=True),
    }
    if find_spec("resiliparse"):
        peers["resiliparse"] = _resiliparse
    if find_spec("readability"):
        peers["readability"] = _readability
    return peers


def _trafilatura(page: LabelledPage, **favor: bool) -> str:
    found = bare_extraction(
        page.html, url=page.url, include_comments=False, with_metadata=False, **favor
    )
    return getattr(found, "text", None) or ""


def _resiliparse(page: LabelledPage) -> str:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return str(extract(decode(page.html).text, main_content=True))


def _readability(page: LabelledPage) -> str:
    document = import_module("readability").Document
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(page.html).text)
    try:
        return str(fromstring(document(markup).summary()).text_content())
    except Exception:  # what it raises is no contract of its; a page lost is a page lost
        return ""


def _collections(rows: Iterable[Read]) -> list[str]:
    groups: dict[str, list[Read]] = defaultdict(list)
    for row in rows:
        groups[row.collection].append(row)
    lines = ["| collection | extractor | pages | F1 | below .8 | without text |"]
    lines.append("|---|---|---|---|---|---|")
    for name, group in groups.items():
        for extractor in group[0].scores:
            scores = [row.scores[extractor] for row in group]
            low = mean(score < 0.8 for score in scores)
            empty = sum(extractor in row.empty for row in group)
            figures = f"{mean(scores):.4f} | {low:.3f} | {empty}"
            lines.append(f"| {name} | {extractor} | {len(group)} | {figures} |")
    lost = [row.url for row in rows if "newswatch" in row.empty and "trafilatura" not in row.empty]
    return [*lines, f"without text where trafilatura has one: {len(lost)}", *lost[:WORST]]


def _reliability(rows: Iterable[Read]) -> list[str]:
    """Of pages with about that confidence the mean F1: the two are alike if it is calibrated."""
    lines = ["| confidence | pages | its mean | F1 |", "|---|---|---|---|"]
    for low, high in pairwise(BINS):
        group = [row for row in rows if low <= row.confidence < high and row.confidence]
        if group:
            said, is_so = mean(row.confidence for row in group), _ours(group)
            lines.append(f"| {low} to {high} | {len(group)} | {said:.3f} | {is_so:.3f} |")
    return lines


def _ways(rows: Iterable[Read]) -> list[str]:
    """How often the engine was asked, and what pages were taken for."""
    groups: dict[str, list[Read]] = defaultdict(list)
    for row in rows:
        groups[row.way].append(row)
    return [f"{way}: {len(group)} pages, F1 {_ours(group):.3f}" for way, group in groups.items()]


def _worst(rows: Iterable[Read]) -> list[str]:
    worst = sorted(rows, key=lambda row: row.scores["newswatch"])[:WORST]
    return [
        f"the {WORST} worst bodies:",
        *(f"  {row.scores['newswatch']:.2f} {row.way} {row.url}" for row in worst),
    ]


def _ours(rows: Iterable[Read]) -> float:
    return mean(row.scores["newswatch"] for row in rows)
