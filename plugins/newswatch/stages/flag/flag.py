"""flag: look for the topics in each new article; and again, when a topic has changed."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from newswatch.errors import InputError
from newswatch.stages.embed import embed
from newswatch.stages.flag.own import (
    Matched,
    beyond_original,
    matched,
    topics_of_originals,
)
from newswatch.stages.flag.revise import revise
from newswatch.stages.flag.trial import changes, stored
from newswatch.stages.job import Job
from newswatch.stages.parking import Parking, park_wrong, subject_of_article
from newswatch.store import flags
from newswatch.store.parked import Subject
from newswatch.text.invisible import shown
from newswatch.topics.load import LoadedTopics, Topic, load_topics
from newswatch.topics.match import Matcher

BATCH = 200
log = logging.getLogger(__name__)


def flag(job: Job) -> dict[str, int]:
    """Flag every article that waits; a copy only by what it has and its original lacks.

    A topic whose file is broken is named in the log and counted; the others go on. A batch is one
    transaction; an article that it fails at, or that takes too long to match, is parked.
    """
    loaded = _topics(job)
    matcher = Matcher(loaded.topics)
    parking = Parking(job, "flag", *(topic.version for topic in loaded.topics))
    counts: Counter[str] = Counter(articles=0, flagged=0)
    if loaded.errors:
        counts["topics_broken"] = len(loaded.errors)
    while batch := flags.unflagged_articles(job.connection, parking.tries, BATCH):
        read = parking.decide(
            batch, partial(matched, matcher), subject_of_article, job.settings.article_deadline
        )
        save = partial(_save, job, loaded.topics)
        for saved in parking.apply(read, save, subject_of_article):
            counts.update(saved)
    counts.update(revise(job, matcher, loaded.topics, parking))
    counts.update(embed(job))
    return parking.counted(counts)


def _save(job: Job, topics: Sequence[Topic], read: Sequence[Matched]) -> Counter[str]:
    """Write the flags of these articles; what it counts."""
    counts: Counter[str] = Counter(articles=len(read))
    _record(job, topics)
    for each in read:
        # One after the other: the original may stand in the same batch.
        of_originals = topics_of_originals(job.connection, [each.article])
        found = beyond_original(each.article, each.found, of_originals)
        for topic_flag in found:
            flags.insert_flag(job.connection, each.article_id, topic_flag, job.now)
        counts.update(f"flags_{topic_flag.topic}" for topic_flag in found)
        counts["flagged"] += bool(found)
    flags.mark_flagged(job.connection, [each.article_id for each in read], job.now)
    return counts


def reflag(job: Job, topic: str, since: datetime, until: datetime) -> dict[str, int]:
    """Match a topic as it now is against the articles first seen from `since` to before `until`.

    Flags of an earlier definition are superseded, not deleted. Run again it changes nothing. A
    batch is one transaction; an article that it fails at, or that takes too long to match, is
    parked and keeps the flags that it has.
    Raises `InputError` for a topic that there is not, or that cannot be read.
    """
    definition = _topic(job, topic)
    matcher = Matcher([definition])
    parking = Parking(job, "reflag", definition.version)
    subject_of = partial(_subject_by_topic, topic)
    counts: Counter[str] = Counter(articles=0, added=0, dropped=0, kept=0)
    for batch in stored(job.connection, since, until):
        read = parking.decide(
            batch, partial(matched, matcher), subject_of, job.settings.article_deadline
        )
        for saved in parking.apply(read, partial(_save_again, job, definition), subject_of):
            counts.update(saved)
    return parking.counted(counts)


def _save_again(job: Job, topic: Topic, read: Sequence[Matched]) -> Counter[str]:
    """Put what the topic now says of these articles in force; what it counts."""
    counts: Counter[str] = Counter(articles=len(read))
    _record(job, (topic,))
    for each in read:
        # One after the other: the original may stand in the same batch.
        before = flags.flags_in_force(job.connection, topic.topic_id, [each.article_id])
        of_originals = topics_of_originals(job.connection, [each.article])
        (change,) = changes(topic, [each], before, of_originals)
        counts.update(filter(None, [change.kind]))
        if not change.is_current:
            flags.supersede(job.connection, topic.topic_id, [each.article_id], job.now)
            for found in change.found:
                flags.insert_flag(job.connection, each.article_id, found, job.now)
    return counts


def _subject_by_topic(topic: str, article: Matched | flags.FlaggableArticle) -> Subject:
    return Subject(article.title, article_id=article.article_id, name=topic)


def _topics(job: Job) -> LoadedTopics:
    loaded = load_topics(job.settings.watchlist / "topics")
    for error in loaded.errors:
        log.error("a topic is left out: %s", shown(str(error)))
    park_wrong(job, "flag", "topics/", loaded.errors)
    if not loaded.topics:
        raise loaded.errors[0]
    return loaded


def _topic(job: Job, name: str) -> Topic:
    loaded = _topics(job)
    for topic in loaded.topics:
        if topic.topic_id == name:
            return topic
    raise InputError(
        f"no topic {name!r}",
        mend=f"known: {', '.join(topic.topic_id for topic in loaded.topics)}",
    )


def _record(job: Job, topics: Sequence[Topic]) -> None:
    for topic in topics:
        flags.record_version(
            job.connection, topic.topic_id, topic.version, topic.name, topic.definition, job.now
        )
