"""What a topic would say of stored articles; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from newswatch.models import ArticleId, Flag
from newswatch.stages.flag.own import beyond_original, flags_of, topics_of_originals
from newswatch.store import flags
from newswatch.store.server.database import Connection
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


def compared(
    connection: Connection, topic: Topic, since: datetime, until: datetime
) -> Iterator[list[FlagChange]]:
    """Match a topic against the articles of a period, in batches."""
    matcher = Matcher([topic])
    for batch in stored(connection, since, until):
        ids = [article.article_id for article in batch]
        before = flags.flags_in_force(connection, topic.topic_id, ids)
        of_originals = topics_of_originals(connection, batch)
        changes = []
        for article in batch:
            found = beyond_original(article, flags_of(matcher, article), of_originals)
            version = before.get(article.article_id)
            kind = _kind(version is not None, bool(found))
            changes.append(FlagChange(article, found, kind, version == topic.version))
        yield changes


def probabilities(connection: Connection, topic: Topic, since: datetime) -> Iterator[Probability]:
    """Of every original that holds the topic's words; the topic has a scorer."""
    if topic.scorer is None:
        return
    matcher = Matcher([topic])
    for batch in stored(connection, since):
        for article in batch:
            if not article.is_original:
                continue
            for reading in matcher.readings(article.title, article.text, article.language):
                fired = fired_rules(topic, reading.article, reading.found)
                found = candidates_of(topic, reading.article, reading.found, fired)
                if not found:
                    continue
                score = topic.scorer.score(found)
                hit = telling_of(found, score)[0].hits[0]
                sentence = reading.article.parts[hit.part].sentence_with(hit.start, hit.end)
                yield Probability(article, score.probability, sentence)


def _kind(before: bool, now: bool) -> FlagChangeKind | None:
    if before:
        return "kept" if now else "dropped"
    return "added" if now else None
