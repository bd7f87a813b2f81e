"""flag: look for the topics in each new original; and again, when a topic has changed."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime

from newswatch.errors import InputError
from newswatch.stages.flag.revise import revise
from newswatch.stages.job import Job
from newswatch.store import flags
from newswatch.topics.load import LoadedTopics, Topic, load_topics
from newswatch.topics.match import Matcher

BATCH = 200
log = logging.getLogger(__name__)


def flag(job: Job) -> dict[str, int]:
    """Flag every original that waits; a copy is passed by, its original has the flags.

    A topic whose file is broken is named in the log and counted; the others go on. A batch is one
    transaction.
    """
    loaded = _topics(job)
    matcher = Matcher(loaded.topics)
    counts: Counter[str] = Counter(articles=0, flagged=0)
    if loaded.errors:
        counts["topics_broken"] = len(loaded.errors)
    while batch := flags.unflagged_articles(job.connection, BATCH):
        with job.connection.transaction():
            _record(job, loaded.topics)
            for article in batch:
                found = (
                    matcher.match(article.title, article.text, article.language)
                    if article.is_original
                    else []
                )
                for one in found:
                    flags.insert_flag(job.connection, article.article_id, one, job.now)
                counts.update(f"flags_{one.topic}" for one in found)
                counts["flagged"] += bool(found)
            flags.mark_flagged(job.connection, [one.article_id for one in batch], job.now)
        counts["articles"] += len(batch)
    counts.update(revise(job, matcher, loaded.topics))
    return dict(counts)


def reflag(job: Job, topic: str, since: datetime, until: datetime) -> dict[str, int]:
    """Match a topic as it now is against the originals first seen from `since` to before `until`.

    Flags of an earlier definition are superseded, not deleted. Run again it changes nothing.
    Raises `InputError` for a topic that there is not, or that cannot be read.
    """
    definition = _topic(job, topic)
    matcher = Matcher([definition])
    counts: Counter[str] = Counter(articles=0, added=0, dropped=0, kept=0)
    after = 0
    while batch := flags.originals_between(job.connection, since, until, after, BATCH):
        after = batch[-1].article_id
        with job.connection.transaction():
            _record(job, (definition,))
            ids = [article.article_id for article in batch]
            before = flags.flags_in_force(job.connection, topic, ids)
            current = {article_id for article_id, at in before.items() if at == definition.version}
            flags.supersede(
                job.connection, topic, [one for one in before if one not in current], job.now
            )
            for article in batch:
                if article.article_id in current:
                    counts["kept"] += 1
                    continue
                found = matcher.match(article.title, article.text, article.language)
                for one in found:
                    flags.insert_flag(job.connection, article.article_id, one, job.now)
                counts[_change(article.article_id in before, bool(found))] += 1
        counts["articles"] += len(batch)
    del counts["neither"]
    return dict(counts)


def _change(before: bool, now: bool) -> str:
    match before, now:
        case True, True:
            return "kept"
        case True, False:
            return "dropped"
        case False, True:
            return "added"
        case _:
            return "neither"


def _topics(job: Job) -> LoadedTopics:
    loaded = load_topics(job.settings.watchlist / "topics")
    for error in loaded.errors:
        log.error("a topic is left out: %s", error)
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


def _record(job: Job, topics: tuple[Topic, ...]) -> None:
    for topic in topics:
        flags.record_version(
            job.connection, topic.topic_id, topic.version, topic.name, topic.definition, job.now
        )
