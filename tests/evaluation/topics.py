"""Labelled articles through the shipped topics, beside plain queries.

`python -m evaluation.topics DATA` also lists each disagreement with what was matched.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from evaluation.labelled import SETS, Labelled, labelled
from evaluation.measures import Quality, Verdict, interval, over_weeks
from evaluation.plain_queries import keywords, near
from newswatch.models import Flag
from newswatch.settings import HOME
from newswatch.topics.load import load_topics
from newswatch.topics.match import Matcher

TOPICS = HOME / "dags" / "watchlist" / "topics"
FEWEST = 5  # positives of a language that are worth a line
Said = Callable[[Labelled], bool]


@dataclass(frozen=True, slots=True)
class Read:
    """An article with the flags that the topics in force give it."""

    article: Labelled
    flags: Mapping[str, Flag]


def report(data: Path, *, errors: bool = False) -> str:
    """A table a topic, and the speed; with `errors` each wrong flag, miss and salience."""
    topics = load_topics(TOPICS).topics
    names = tuple(topic.topic_id for topic in topics)
    articles = labelled(data, names)
    matcher = Matcher(topics)
    began = perf_counter()
    read = [
        Read(article, {flag.topic: flag for flag in _match(matcher, article)})
        for article in articles
    ]
    seconds = perf_counter() - began
    size = sum(len(article.text.encode()) for article in articles) / 1e6
    lines = [f"{len(articles)} articles, {size / seconds:.1f} MB/s", ""]
    for topic in names:
        members = [reading for reading in read if topic in reading.article.topics]
        lines += [*_of_topic(topic, members), ""]
        if errors:
            lines += [_error(topic, reading) for reading in members if _differs(topic, reading)]
    return "\n".join(lines)


def _match(matcher: Matcher, article: Labelled) -> list[Flag]:
    return matcher.match(article.title, article.text, article.language)


def _of_topic(topic: str, read: Sequence[Read]) -> list[str]:
    flagged = {id(reading.article) for reading in read if topic in reading.flags}
    ways: dict[str, Said] = {
        "in force": lambda article: id(article) in flagged,
        "keywords": lambda article: keywords(topic, article.title, article.text),
        "NEAR/10": lambda article: near(topic, article.title, article.text),
    }
    articles = [reading.article for reading in read]
    lines = [
        f"{topic:24} {'P':>6} {'R':>6} {'F1':>6} {'95 %':>13} {'right':>6} {'wrong':>6} "
        f"{'missed':>6}  F1 by week"
    ]
    lines += [row(way, topic, articles, said) for way, said in ways.items()]
    lines += [
        row(f"  {name}", topic, members, ways["in force"])
        for name, members in slices(topic, articles)
    ]
    return [*lines, f"  passing as annotators say: {_passing(topic, read)}"]


def row(name: str, topic: str, articles: Sequence[Labelled], said: Said) -> str:
    """One line of a table: how well a way of saying agrees with the annotators."""
    verdicts = [Verdict(article.topics[topic], said(article), article.week) for article in articles]
    quality = Quality.of(verdicts)
    low, high = interval(verdicts)
    mean, spread, weeks = over_weeks(verdicts)
    return (
        f"{name:24} {quality.precision:6.3f} {quality.recall:6.3f} {quality.f1:6.3f} "
        f"[{low:.3f} {high:.3f}] {quality.right:6} {quality.wrong:6} {quality.missed:6}  "
        f"{mean:.3f} ± {spread:.3f} ({weeks})"
    )


def slices(topic: str, articles: Sequence[Labelled]) -> list[tuple[str, list[Labelled]]]:
    """By set, by length, and by language where a language has some positives."""
    found = [(name, [article for article in articles if article.set_name == name]) for name in SETS]
    found += [
        ("full texts", [article for article in articles if not article.is_headline]),
        ("headlines", [article for article in articles if article.is_headline]),
    ]
    positives = Counter(article.language for article in articles if article.topics[topic])
    found += [
        (f"in {language}", [article for article in articles if article.language == language])
        for language, count in positives.most_common()
        if count >= FEWEST
    ]
    few = {language for language, count in positives.items() if count < FEWEST}
    found.append(("in others", [article for article in articles if article.language in few]))
    return [(name, members) for name, members in found if any(m.topics[topic] for m in members)]


def _passing(topic: str, read: Sequence[Read]) -> str:
    asked = [
        (reading.article.passing[topic], reading.flags[topic].salience == "passing")
        for reading in read
        if reading.article.topics[topic]
        and topic in reading.flags
        and topic in reading.article.passing
    ]
    agreed = sum(annotators == ours for annotators, ours in asked)
    return f"{agreed / max(1, len(asked)):.3f} ({agreed}/{len(asked)})"


def _differs(topic: str, reading: Read) -> bool:
    return reading.article.topics[topic] != (topic in reading.flags)


def _error(topic: str, reading: Read) -> str:
    article, flag = reading.article, reading.flags.get(topic)
    what = "missed" if article.topics[topic] else "wrong"
    lines = [f"{what:8} {topic} {article.article} {article.language} {article.title[:100]}"]
    if quote := article.quotes.get(topic):
        lines.append(f"    annotators: {quote}")
    if flag is not None:
        lines.append(f"    {flag.rule}, {flag.score} {flag.salience}: {flag.reason}")
        lines.append(f"    {flag.mentions[0].sentence[:240]}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(Path(sys.argv[1]), errors=True))
