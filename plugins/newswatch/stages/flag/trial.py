"""What a topic would say of stored articles; nothing is stored."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from time import thread_time
from typing import Literal, NamedTuple

from newswatch.models import ArticleId, Field, Flag
from newswatch.stages.flag.own import (
    Matched,
    Topics,
    beyond_original,
    flags_of,
    flags_of_text,
    matched,
    originals_of,
    readings_of,
)
from newswatch.store import flags, trials
from newswatch.store.server.database import Connection
from newswatch.topics.almost import Almost, almost, words_of
from newswatch.topics.decide import candidates_of, fired_rules, telling_of
from newswatch.topics.load import Topic
from newswatch.topics.match import Matcher

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


def changes(
    topic: Topic, read: Sequence[Matched], before: Mapping[ArticleId, str], of_originals: Topics
) -> list[FlagChange]:
    """What the topic says of articles that it was matched against, beside the versions that flag
    them now; of copies, what their originals' topics leave."""
    found = []
    for each in read:
        now = beyond_original(each.article, each.found, of_originals)
        was = before.get(each.article_id)
        kind = _kind(was is not None, bool(now))
        found.append(FlagChange(each.article, now, kind, was == topic.version))
    return found


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


class TopicWord(NamedTuple):
    """Where a word of a topic stands in an article, and the group that it is of."""

    field: Field
    start: int
    end: int
    group: str


@dataclass(slots=True)
class Trial:
    """What a draft would do to published articles.

    `almost` and `sample` are of originals without a flag: which came near, and some of those that
    hold the topic's words.
    """

    changes: list[FlagChange]
    rules: Counter[str]  # flags by the rule that each rests on
    almost: list[tuple[flags.FlaggableArticle, list[Almost]]]
    sample: list[tuple[flags.FlaggableArticle, tuple[str, ...]]]
    looked_at: int = 0  # articles
    is_whole: bool = True  # false: it ended before it had looked at all


def tried(
    connection: Connection, topic: Topic, since: datetime, most: int, seconds: float = inf
) -> Trial:
    """Match a draft against what was published since then, with at most so many near misses and
    so many others; the newest first, as far as so many seconds of this thread's CPU time reach.
    Reads the analysts' views alone."""
    ends = thread_time() + seconds
    matcher = Matcher([topic])
    trial = Trial([], Counter(), [], [])
    below = ArticleId(2**63 - 1)
    while batch := trials.published_since(connection, since, below, BATCH):
        if thread_time() > ends:
            trial.is_whole = False
            break
        below = batch[-1].article_id
        trial.looked_at += len(batch)
        ids = [article.article_id for article in batch]
        before = trials.versions_in_force(connection, topic.topic_id, ids)
        of_originals = trials.topics_in_force(connection, originals_of(batch))
        read = [matched(matcher, article) for article in batch]
        for change in changes(topic, read, before, of_originals):
            trial.rules.update(flag.rule for flag in change.found)
            if change.kind:
                trial.changes.append(change)
            elif change.article.is_original:
                _look_closer(trial, matcher, change.article)
    trial.changes.sort(key=lambda change: change.article.article_id)
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


def held(topic: Topic, article: flags.FlaggableArticle) -> list[TopicWord]:
    """The topic's words that stand in an article, in the order of their places."""
    return sorted(
        TopicWord(reading.article.parts[hit.part].field, hit.start, hit.end, hit.group)
        for reading in readings_of(Matcher([topic]), article)
        for hits in reading.found.values()
        for hit in hits
    )


def _kind(before: bool, now: bool) -> FlagChangeKind | None:
    if before:
        return "kept" if now else "dropped"
    return "added" if now else None
