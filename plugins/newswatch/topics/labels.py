"""Labelled articles in files, as what a scorer is fitted on.

One JSON object a line, in plain or xz-compressed files: `text` and `topics` (topic to true or
false), and if known `title`, `language`, `day` (2026-02-27), `quotes` (topic to the words that
prove it), `hard_topics` (those left open) and `weight` (articles that it stands for, 1 without).
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from newswatch.errors import InputError
from newswatch.topics.decide import candidates_of, fired_rules
from newswatch.topics.document import Article
from newswatch.topics.fit import Example
from newswatch.topics.load import Topic
from newswatch.topics.match import Matcher
from newswatch.topics.signs import Candidate

UNDATED = 5  # groups that articles without a day are spread over, by their text
_SHARED = 0.8  # of a quote's words in a sentence that is taken for its own
_FORM = 'write {"text": "...", "topics": {"ukraine-talks": true}} on the line'


@dataclass(frozen=True, slots=True)
class Label:
    """One article and what was said of it. `week` is its ISO week, or its group if undated."""

    title: str
    text: str
    language: str | None
    week: str
    topics: Mapping[str, bool]
    quotes: Mapping[str, str]
    weight: float = 1.0


def read_labels(path: Path) -> Iterator[Label]:
    """The lines of a file. Raises `InputError` naming the line."""
    stored = path.read_bytes()
    content = lzma.decompress(stored) if path.suffix == ".xz" else stored
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            yield _label(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problem = f"no labelled article: {error!r}"
            raise InputError(problem, file=path, line=number, mend=_FORM) from None


def examples(topic: Topic, labels: Sequence[Label]) -> list[Example]:
    """Those that were decided on for the topic, as its scorer sees them."""
    matcher = Matcher([topic])
    return [_example(matcher, topic, label) for label in labels if topic.topic_id in label.topics]


def _label(row: Mapping[str, Any]) -> Label:
    left_open = set(row.get("hard_topics", ()))
    text = str(row["text"])
    return Label(
        title=str(row.get("title", "")),
        text=text,
        language=row.get("language"),
        week=_week(row.get("day"), text),
        topics={
            topic: bool(said) for topic, said in row["topics"].items() if topic not in left_open
        },
        quotes=dict(row.get("quotes", {})),
        weight=float(row.get("weight", 1)),
    )


def _week(day: str | None, text: str) -> str:
    if day is None:
        return f"undated-{hashlib.sha256(text.encode()).digest()[0] % UNDATED}"
    year, week, _ = date.fromisoformat(day[:10]).isocalendar()
    return f"{year}-W{week:02}"


def _example(matcher: Matcher, topic: Topic, label: Label) -> Example:
    said, found, telling = label.topics[topic.topic_id], list[Candidate](), frozenset[int]()
    for reading in matcher.readings(label.title, label.text, label.language):
        fired = fired_rules(topic, reading.article, reading.found)
        found = candidates_of(topic, reading.article, reading.found, fired)
        if quote := _words(label.quotes.get(topic.topic_id, "")):
            telling = frozenset(
                number
                for number, candidate in enumerate(found)
                if _stands_in(quote, _sentence(reading.article, candidate))
            )
    return Example(label.week, said, tuple(found), telling, label.weight)


def _sentence(article: Article, candidate: Candidate) -> str:
    part, number = candidate.place
    start = article.parts[part].sentences[number]
    return _words(article.parts[part].sentence_with(start, start + 1))


def _stands_in(quote: str, sentence: str) -> bool:
    words = set(quote.split())
    shared = len(words & set(sentence.split()))
    return quote in sentence or shared >= _SHARED * len(words)


def _words(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()
