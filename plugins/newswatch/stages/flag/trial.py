"""What a topic would say of stored articles; nothing is stored."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from newswatch.models import ArticleId, Flag
from newswatch.stages.flag.own import (
    Matched,
    beyond_original,
    facts_of,
    flags_of,
    flags_of_text,
    matched,
    originals_of,
    topics_of_originals,
)
from newswatch.store import flags, trials
from newswatch.store.server.database import Connection
from newswatch.topics.almost import Almost, almost, words_of
from newswatch.topics.decide import candidates_of, fired_rules, telling_of
from newswatch.topics.load import Topic
from newswatch.topics.match import Matcher, TopicReading

BATCH = 200
FOREVER = datetime.max.replace(tzinfo=UTC)
FlagChangeKind = Literal["added", "dropped", "kept"]


@dataclass(frozen=True, slots=True)
class FlagChange:
    """What a topic says of a stored article, against its flag in force; None: never flagged."""

    article: flags.FlaggableArticle
    found: Sequence[Flag]
    kind: FlagChangeKind | None
    is_current: bool  # the flag in force is by this very definition


@dataclass(frozen=True, slots=True)
class Probability:
    """How probable a topic's scorer finds an article, and the sentence that speaks most for it."""

    article: flags.FlaggableArticle
    probability: float
    sentence: str


def stored(
    connection: Connection, since: datetime, until: datetime = FOREVER
) -> Iterator[list[flags.FlaggableArticle]]:
    """Those first seen from `since` to before `until`, in batches in order of their ids."""
    after = ArticleId(0)
    while batch := flags.flagged_between(connection, since, until, after, BATCH):
        after = batch[-1].article_id
        yield batch


def compared(
    connection: Connection, topic: Topic, since: datetime, until: datetime
) -> Iterator[list[FlagChange]]:
    """Match a topic against the articles of a period, in batches."""
    matcher = Matcher([topic])
    for batch in stored(connection, since, until):
        yield changes_of(connection, topic, [matched(matcher, article) for article in batch])


def changes_of(connection: Connection, topic: Topic, read: Sequence[Matched]) -> list[FlagChange]:
    """What the topic says of articles that it was matched against, against their flags in force."""
    before = flags.flags_in_force(connection, topic.topic_id, [each.article_id for each in read])
    of_originals = topics_of_originals(connection, [each.article for each in read])
    changes = []
    for each in read:
        found = beyond_original(each.article, each.found, of_originals)
        version = before.get(each.article_id)
        kind = _kind(version is not None, bool(found))
        changes.append(FlagChange(each.article, found, kind, version == topic.version))
    return changes


def probabilities(connection: Connection, topic: Topic, since: datetime) -> Iterator[Probability]:
    """Of every original that holds the topic's words; the topic has a scorer."""
    if topic.scorer is None:
        return
    matcher = Matcher([topic])
    for batch in stored(connection, since):
        for article in batch:
            if not article.is_original:
                continue
            for reading in readings_of(matcher, article):
                fired = fired_rules(topic, reading.article, reading.found)
                found = candidates_of(topic, reading.article, reading.found, fired)
                if not found:
                    continue
                score = topic.scorer.score(found)
                hit = telling_of(found, score)[0].hits[0]
                sentence = reading.article.parts[hit.part].sentence_with(hit.start, hit.end)
                yield Probability(article, score.probability, sentence)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a draft would do to published articles.

    `almost` and `sample` are of originals without a flag: which came near, and some of those that
    hold the topic's words.
    """

    changes: list[FlagChange]
    rules: Counter[str]  # flags by the rule that each rests on
    almost: list[tuple[flags.FlaggableArticle, list[Almost]]]
    sample: list[tuple[flags.FlaggableArticle, tuple[str, ...]]]


def tried(connection: Connection, topic: Topic, since: datetime, most: int) -> Trial:
    """Match a draft against what was published since then, with at most so many near misses and
    so many others. Reads the analysts' views alone."""
    matcher = Matcher([topic])
    trial = Trial([], Counter(), [], [])
    after = ArticleId(0)
    while batch := trials.published_between(connection, since, FOREVER, after, BATCH):
        after = batch[-1].article_id
        ids = [article.article_id for article in batch]
        before = trials.versions_in_force(connection, topic.topic_id, ids)
        of_originals = trials.topics_in_force(connection, originals_of(batch))
        for article in batch:
            found = beyond_original(article, flags_of(matcher, article), of_originals)
            trial.rules.update(flag.rule for flag in found)
            version = before.get(article.article_id)
            if kind := _kind(version is not None, bool(found)):
                current = version == topic.version
                trial.changes.append(FlagChange(article, found, kind, current))
            elif article.is_original:
                _look_closer(trial, matcher, article)
    trial.almost.sort(key=lambda near: (-near[1][0].nearness, near[0].article_id))
    trial.sample.sort(key=lambda held: hashlib.sha256(held[0].title.encode()).digest())
    del trial.almost[most:], trial.sample[most:]
    return trial


def _look_closer(trial: Trial, matcher: Matcher, article: flags.FlaggableArticle) -> None:
    """At an article without a flag."""
    for reading in readings_of(matcher, article):
        if near := almost(reading):
            trial.almost.append((article, near))
        else:
            trial.sample.append((article, words_of(reading)))


def stopped(topics: Sequence[Topic], article: flags.FlaggableArticle) -> dict[str, list[str]]:
    """By topic that does not flag the article: what came near and what stopped it, as lines; the
    topic's words that stand in it, if nothing came near."""
    matcher = Matcher(topics)
    flagged = {flag.topic for flag in flags_of(matcher, article)}
    repeated = {flag.topic for flag in flags_of_text(matcher, article)} - flagged
    near = {
        reading.topic.topic_id: [
            f"{missed.told}\n  “{missed.sentence}”" for missed in almost(reading)
        ]
        or [f"only words: {', '.join(words_of(reading)[:8])}"]
        for reading in readings_of(matcher, article)
    }
    told = "a copy: what mentions it stands in the text that it copies"
    near |= {topic_id: [told] for topic_id in repeated}
    return {
        topic.topic_id: near.get(topic.topic_id, ["none of its words"])
        for topic in topics
        if topic.topic_id not in flagged
    }


def readings_of(matcher: Matcher, article: flags.FlaggableArticle) -> Iterator[TopicReading]:
    """What stands in the article of each of the topics of which something does."""
    return matcher.readings(
        article.title,
        article.text,
        article.language,
        subtitle=article.subtitle or "",
        facts=facts_of(article),
    )


def _kind(before: bool, now: bool) -> FlagChangeKind | None:
    if before:
        return "kept" if now else "dropped"
    return "added" if now else None
