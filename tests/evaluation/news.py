"""The labelled reports of real news in many languages, and the editions that they make."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newswatch.models import ArticleId
from newswatch.settings import HOME
from newswatch.stories.embedding import Embedder, meanings_of
from newswatch.stories.entries import WINDOW
from newswatch.stories.report import Report
from newswatch.stories.signs import FlaggedReport, rarity_keys
from newswatch.stories.terms import Frequencies
from newswatch.topics.load import load_topics
from newswatch.topics.match import Matcher

SEND_AT = timedelta(hours=6)  # of each day, UTC
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Reports with what a reader wants as one entry (`story`), and the topics that flag them."""

    reports: Sequence[FlaggedReport]
    story: Sequence[str]
    topics: Sequence[frozenset[str]]
    frequencies: Frequencies

    def day(self, row: int) -> int:
        """The day of the edition that tells it first."""
        return (self.reports[row].seen_at - SEND_AT).toordinal()


@dataclass(frozen=True, slots=True)
class DayOfNews:
    """Rows that are flagged within an edition's window, and those of them that it tells."""

    day: int
    rows: Sequence[int]
    told: frozenset[int]


def read_labelled(data: Path, embedder: Embedder | None) -> Labelled:
    """The development half; without an embedder the reports have no meaning."""
    with lzma.open(data / "stories" / "news-dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    reports = [Report(row["title"], row["text"], row["language"]) for row in rows]
    meanings = meanings_of(reports, embedder) if embedder else [None] * len(rows)
    flagged = [
        FlaggedReport(ArticleId(number), report, datetime.fromtimestamp(row["t"], UTC), meaning)
        for number, (row, report, meaning) in enumerate(zip(rows, reports, meanings, strict=True))
    ]
    matcher = Matcher(load_topics(HOME / "dags" / "watchlist" / "topics").topics)
    topics = [
        frozenset(flag.topic for flag in matcher.match(report.title, report.text, report.language))
        for report in reports
    ]
    frequencies = Frequencies()
    for keys in rarity_keys(flagged):
        frequencies.add(keys)
    return Labelled(flagged, [row["story"] for row in rows], topics, frequencies)


def days_of(news: Labelled, is_in: Callable[[int], bool] | None = None) -> Iterator[DayOfNews]:
    """An edition a day at 06:00 of the reports that a topic flags, or that are `is_in`, where it
    tells at least two."""
    chosen = [
        row for row in range(len(news.reports)) if (is_in(row) if is_in else news.topics[row])
    ]
    for day in sorted({news.day(row) for row in chosen}):
        sent = datetime.fromordinal(day + 1).replace(tzinfo=UTC) + SEND_AT
        rows = [row for row in chosen if sent - WINDOW <= news.reports[row].seen_at < sent]
        told = frozenset(row for row in rows if news.reports[row].seen_at >= sent - DAY)
        if len(told) > 1:
            yield DayOfNews(day, rows, told)
