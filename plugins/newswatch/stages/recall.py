"""What came near a flag in the news of a day, and the sample of it that a person judges."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from newswatch.stages.deadline import cpu_deadline
from newswatch.stages.flag.own import readings_of
from newswatch.stages.flag.trial import stored
from newswatch.stages.job import Job
from newswatch.stages.parking import fault_of
from newswatch.store import flags, recall
from newswatch.store.recall import NearMiss, RecallDraw, Sampled
from newswatch.text.invisible import shown
from newswatch.topics.almost import Almost, almost
from newswatch.topics.decide import flag_of
from newswatch.topics.load import Topic, load_topics
from newswatch.topics.match import Matcher
from newswatch.topics.sample import Unflagged, drawn

DAY = timedelta(days=1)
log = logging.getLogger(__name__)


def draw_sample(job: Job) -> dict[str, int]:
    """Look at yesterday's originals without a flag, keep what came near, and draw from them.

    Once for each topic and day, in one transaction: killed, it begins anew; run again, it does
    nothing. An article that it fails at is named in the log, counted, and left out.
    """
    day = job.now.astimezone(UTC).date() - DAY
    done = recall.topics_drawn(job.connection, day)
    loaded = load_topics(job.settings.watchlist / "topics")
    topics = [topic for topic in loaded.topics if topic.topic_id not in done]
    if not topics:
        return {}
    counts: Counter[str] = Counter()
    unflagged = list(_unflagged(job, topics, day, counts))
    sample = drawn(unflagged, day.isoformat(), job.settings.recall_sample)
    with job.connection.transaction():
        for topic in topics:
            _save(job, topic, day, unflagged, sample)
    counts.update(near_misses=sum(each.is_near for each in unflagged), sampled=len(sample))
    return dict(counts)


def _unflagged(
    job: Job, topics: Sequence[Topic], day: date, counts: Counter[str]
) -> Iterator[Unflagged]:
    """Of the originals of that day, those that hold a topic's words, by topic."""
    matcher = Matcher(topics)
    for batch in stored(job.connection, _midnight(day), _midnight(day + DAY)):
        known = flags.topics_in_force(job.connection, [article.article_id for article in batch])
        for article in batch:
            if not article.is_original:
                continue
            try:
                with cpu_deadline(job.settings.article_deadline):
                    found = _of_article(matcher, article, known.get(article.article_id, ()))
            except Exception as error:
                if fault_of(error) is None:
                    raise
                log.exception("newswatch: no near miss of %s", shown(article.title))
                counts["near_misses_failed"] += 1
            else:
                yield from found


def _of_article(
    matcher: Matcher, article: flags.FlaggableArticle, flagged: Collection[str]
) -> list[Unflagged]:
    """What a topic flags by now, and did not when the article came, waits to be flagged anew."""
    return [
        Unflagged(article.article_id, reading.topic.topic_id, next(iter(almost(reading)), None))
        for reading in readings_of(matcher, article)
        if reading.topic.topic_id not in flagged and flag_of(*reading) is None
    ]


def _save(
    job: Job, topic: Topic, day: date, unflagged: Sequence[Unflagged], sample: Sequence[Unflagged]
) -> None:
    """The near misses and the draw of one topic."""
    topic_id, version = topic.topic_id, topic.version
    flags.record_version(job.connection, topic_id, version, topic.name, topic.definition, job.now)
    own = [each for each in unflagged if each.topic == topic_id]
    missed = [_near_miss(each, each.nearest, version) for each in own if each.nearest]
    recall.save_near_misses(job.connection, missed, job.now)
    draw = RecallDraw(day, topic_id, version, len(missed), len(own) - len(missed))
    sampled = [
        Sampled(each.article_id, place, each.nearest.rule if each.nearest else None)
        for place, each in enumerate(sample)
        if each.topic == topic_id
    ]
    flagged = recall.flagged_of_day(job.connection, topic_id, _midnight(day), _midnight(day + DAY))
    recall.save_draw(job.connection, draw, sampled, flagged, job.now)


def _near_miss(each: Unflagged, nearest: Almost, version: str) -> NearMiss:
    return NearMiss(
        each.article_id,
        each.topic,
        version,
        nearest.rule,
        nearest.missed,
        list(nearest.words),
        nearest.sentence,
        nearest.nearness,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
