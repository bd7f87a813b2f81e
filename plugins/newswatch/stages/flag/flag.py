"""flag: look for the topics in each new article; and again, when a topic has changed."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from newswatch.errors import InputError
from newswatch.models import ArticleId, Flag
from newswatch.stages.embed import embed
from newswatch.stages.flag.own import beyond_original, flags_of, topics_of_originals
from newswatch.stages.flag.revise import revise
from newswatch.stages.flag.trial import compared
from newswatch.stages.job import Job
from newswatch.stages.parking import Parking, park_wrong, subject_of_article
from newswatch.store import flags
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
        matched = parking.decide(
            batch, partial(_matched, matcher), subject_of_article, job.settings.article_deadline
        )
        save = partial(_save, job, loaded.topics)
        for saved in parking.apply(matched, save, subject_of_article):
            counts.update(saved)
    counts.update(revise(job, matcher, loaded.topics, parking))
    counts.update(embed(job))
    return parking.counted(counts)


@dataclass(frozen=True, slots=True)
class _Matched:
    """An article with what the topics say of it, whatever they say of its original."""

    article: flags.FlaggableArticle
    found: Sequence[Flag]

    @property
    def article_id(self) -> ArticleId:
        return self.article.article_id

    @property
    def title(self) -> str:
        return self.article.title


def _matched(matcher: Matcher, article: flags.FlaggableArticle) -> _Matched:
    return _Matched(article, flags_of(matcher, article))


def _save(job: Job, topics: Sequence[Topic], matched: Sequence[_Matched]) -> Counter[str]:
    """Write the flags of these articles; what it counts."""
    counts: Counter[str] = Counter(articles=len(matched))
    _record(job, topics)
    for each in matched:
        # One after the other: the original may stand in the same batch.
        of_originals = topics_of_originals(job.connection, [each.article])
        found = beyond_original(each.article, each.found, of_originals)
        for topic_flag in found:
            flags.insert_flag(job.connection, each.article_id, topic_flag, job.now)
        counts.update(f"flags_{topic_flag.topic}" for topic_flag in found)
        counts["flagged"] += bool(found)
    flags.mark_flagged(job.connection, [article.article_id for article in matched], job.now)
    return counts


def reflag(job: Job, topic: str, since: datetime, until: datetime) -> dict[str, int]:
    """Match a topic as it now is against the articles first seen from `since` to before `until`.

    Flags of an earlier definition are superseded, not deleted. Run again it changes nothing.
    Raises `InputError` for a topic that there is not, or that cannot be read.
    """
    definition = _topic(job, topic)
    counts: Counter[str] = Counter(articles=0, added=0, dropped=0, kept=0)
    for batch in compared(job.connection, definition, since, until):
        changed = [change for change in batch if not change.is_current]
        ids = [change.article.article_id for change in changed]
        with job.connection.transaction():
            _record(job, (definition,))
            flags.supersede(job.connection, topic, ids, job.now)
            for change in changed:
                for found in change.found:
                    flags.insert_flag(job.connection, change.article.article_id, found, job.now)
        counts.update(change.kind for change in batch if change.kind)
        counts["articles"] += len(batch)
    return dict(counts)


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
