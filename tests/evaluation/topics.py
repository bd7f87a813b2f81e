"""Labelled articles through the shipped topics, beside plain queries.

`python -m evaluation.topics DATA` also lists each disagreement with what was matched, and
`python -m evaluation.topics DATA --labels FILE` writes what `newswatch topics fit` learns from.

A topic that a scorer decides is measured by week: the scorer in force has seen the articles.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from evaluation.labelled import SETS, Labelled, as_labels, labelled
from evaluation.measures import Quality, Verdict, interval, over_weeks, reliability
from evaluation.plain_queries import keywords, near
from evaluation.rules_pay import paid
from newswatch.models import Flag
from newswatch.settings import HOME
from newswatch.topics.fit import nested
from newswatch.topics.labels import Label, examples, read_labels
from newswatch.topics.load import Topic, load_topics
from newswatch.topics.match import Matcher

TOPICS = HOME / "dags" / "watchlist" / "topics"
SENTENCES = HOME / "tests" / "topics" / "sentences.jsonl"
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
    for topic in topics:
        name = topic.topic_id
        members = [reading for reading in read if name in reading.article.topics]
        lines += [*_of_topic(topic, members), ""]
        if errors:
            lines += [_error(name, member) for member in members if _differs(name, member)]
    return "\n".join(lines)


def _match(matcher: Matcher, article: Labelled) -> list[Flag]:
    return matcher.match(article.title, article.text, article.language)


def _of_topic(topic: Topic, read: Sequence[Read]) -> list[str]:
    name, articles = topic.topic_id, [reading.article for reading in read]
    flagged = {id(reading.article) for reading in read if name in reading.flags}
    said = _cross_validated(topic, articles)
    ways: dict[str, Said] = {
        "in force": lambda article: id(article) in flagged,
        "keywords": lambda article: keywords(name, article.title, article.text),
        "NEAR/10": lambda article: near(name, article.title, article.text),
    }
    if said:
        ways = {"by week": lambda article: said[id(article)] >= topic.threshold, **ways}
    lines = [
        f"{name:24} {'P':>6} {'R':>6} {'F1':>6} {'95 %':>13} {'right':>6} {'wrong':>6} "
        f"{'missed':>6}  F1 by week"
    ]
    lines += [row(way, name, articles, says) for way, says in ways.items()]
    best = next(iter(ways.values()))
    lines += [row(f"  {part}", name, members, best) for part, members in slices(name, articles)]
    lines.append(f"  passing as annotators say: {_passing(name, read)}")
    lines += [f"  {line}" for line in paid(topic, articles)]
    if said:
        scored = [(said[id(article)], article.topics[name]) for article in articles]
        lines += ["  probabilities, by week:", *(f"  {line}" for line in reliability(scored))]
    return lines


def _cross_validated(topic: Topic, articles: Sequence[Labelled]) -> dict[int, float]:
    """The probability of each article by a scorer that saw no article of its week; empty for a
    topic that rules decide. The written sentences are learnt from, and not counted."""
    if topic.scorer is None:
        return {}
    written = list(read_labels(SENTENCES))
    labels = [
        Label(
            article.title,
            article.text,
            article.language,
            article.week,
            article.topics,
            article.quotes,
        )
        for article in articles
    ]
    said = nested(examples(topic, [*labels, *written]))
    return {id(article): value for article, value in zip(articles, said, strict=False)}


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


def write_labels(data: Path, path: Path) -> None:
    """All labelled articles, a line each."""
    names = tuple(topic.topic_id for topic in load_topics(TOPICS).topics)
    with path.open("w", encoding="utf-8") as lines:
        for label in as_labels(labelled(data, names)):
            lines.write(json.dumps(label, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if sys.argv[2:3] == ["--labels"]:
        write_labels(Path(sys.argv[1]), Path(sys.argv[3]))
    else:
        print(report(Path(sys.argv[1]), errors=True))
