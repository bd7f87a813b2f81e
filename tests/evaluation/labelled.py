"""Articles labelled with their topics: what the reports measure and `newswatch topics fit` learns.

`DATA/flagging` has the labels in its files; of `DATA/stories` one reader of this project said which
reports mention a topic (`labels/topics-in-stories.json`, ids alone).
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

SETS = ("articles-dev", "articles-2026-dev", "news-dev")
_LABELS = Path(__file__).parent / "labels" / "topics-in-stories.json"
_HEADLINE_WORDS = 60  # of title and text: a headline with its summary at most


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article. `topics` holds the topics that its annotators decided on, and no others."""

    article: str
    set_name: str
    day: date
    language: str
    title: str
    text: str
    topics: Mapping[str, bool]
    passing: Mapping[str, bool]
    quotes: Mapping[str, str]
    has_text: bool = True  # more than a headline and a summary

    @property
    def week(self) -> str:
        """ISO, as in 2026-W07."""
        year, week, _ = self.day.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def is_headline(self) -> bool:
        return len(self.title.split()) + len(self.text.split()) < _HEADLINE_WORDS


def labelled(data: Path, topics: tuple[str, ...]) -> list[Labelled]:
    """Every labelled article under a folder of data, in the order of the files."""
    found = []
    for name in SETS[:2]:
        for row in _rows(data / "flagging" / f"{name}.jsonl.xz"):
            left_open = set(row.get("hard_topics", ()))
            decided = {
                topic: bool(row["topics"][topic])
                for topic in topics
                if topic in row["topics"] and topic not in left_open
            }
            passing = {topic: bool(value) for topic, value in row["passing"].items()}
            day = date.fromisoformat(row["day"])
            found.append(_article(row, name, day, decided, passing, row["quotes"]))
    return [*found, *_of_stories(data / "stories" / f"{SETS[2]}.jsonl.xz", topics)]


def as_labels(articles: Iterable[Labelled]) -> Iterator[dict[str, Any]]:
    """As `newswatch topics fit` reads them."""
    for article in articles:
        yield {
            "id": article.article,
            "language": article.language,
            "day": article.day.isoformat(),
            "title": article.title,
            "text": article.text,
            "topics": dict(article.topics),
            "quotes": dict(article.quotes),
        }


def _of_stories(path: Path, topics: tuple[str, ...]) -> Iterator[Labelled]:
    labels = json.loads(_LABELS.read_text())
    for row in _rows(path):
        decided = {
            topic: row["id"] in labels[topic]["mentioned"]
            for topic in topics
            if topic in labels and row["id"] not in labels[topic]["open"]
        }
        day = datetime.fromtimestamp(int(row["t"]), UTC).date()
        yield _article(row, SETS[2], day, decided, {}, {})


def _article(
    row: Mapping[str, Any],
    set_name: str,
    day: date,
    topics: Mapping[str, bool],
    passing: Mapping[str, bool],
    quotes: Mapping[str, str],
) -> Labelled:
    return Labelled(
        article=row["id"],
        set_name=set_name,
        day=day,
        language=row["language"],
        title=row["title"],
        text=row["text"],
        topics=topics,
        passing=passing,
        quotes=quotes,
        has_text=row.get("kind", "full") == "full",
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
