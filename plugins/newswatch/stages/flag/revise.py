"""Putting newer wordings in force: a part of flag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from newswatch.copies.fingerprint import Fingerprint, fingerprint
from newswatch.copies.revision import measure
from newswatch.copies.rules import RULES, Rules
from newswatch.models import ArticleId, Flag, RevisionMeasures
from newswatch.stages.deduplicate.batch import Prepared
from newswatch.stages.deduplicate.wordings import add_wordings
from newswatch.stages.flag.own import flags_of_text
from newswatch.stages.job import Job
from newswatch.stages.parking import Parking, subject_of_article
from newswatch.store import fingerprints, flags, publication, revisions, totals
from newswatch.store.decisions import Waiting
from newswatch.store.revisions import Revision
from newswatch.store.versions import version_in_force
from newswatch.stories.similarity import NO_COUNTS
from newswatch.topics.load import Topic
from newswatch.topics.match import Matcher

BATCH = 200


def revise(job: Job, matcher: Matcher, topics: Sequence[Topic], parking: Parking) -> Counter[str]:
    """Give revised articles their newer wording, with the flags that it has. Where that raises a
    topic which the article did not have, it is published again.

    What the newer wording kept of the earlier one is told beside that, and later copies of it are
    found; what was decided before stays.
    """
    counts: Counter[str] = Counter()
    while batch := revisions.waiting_revisions(job.connection, parking.tries, BATCH):
        rules = RULES[version_in_force(job.connection)]
        read = parking.decide(
            batch,
            partial(_read, matcher=matcher, rules=rules),
            subject_of_article,
            job.settings.article_deadline,
        )
        for saved in parking.apply(read, partial(_save, job, topics), subject_of_article):
            counts.update(saved)
    return counts


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A revision with all that can be told of it outside the lock."""

    revision: Revision
    found: Sequence[Flag]
    fingerprint: Fingerprint
    measures: RevisionMeasures

    @property
    def article_id(self) -> ArticleId:
        return self.revision.article_id

    @property
    def title(self) -> str:
        return self.revision.title


def _read(revision: Revision, matcher: Matcher, rules: Rules) -> _Read:
    found = flags_of_text(matcher, revision) if revision.is_original else []
    earlier = fingerprint(revision.article_text, revision.article_title, rules)
    newer = fingerprint(revision.text, revision.title, rules)
    measures = measure(revision.article_text, revision.text, earlier, newer)
    return _Read(revision, found, newer, measures)


def _save(job: Job, topics: Sequence[Topic], read: Sequence[_Read]) -> Counter[str]:
    """Put these in force; what it counts."""
    # The locks before any row, as deduplicate and load take them.
    fingerprints.lock_decisions(job.connection)
    publication.lock(job.connection)
    counts: Counter[str] = Counter()
    done = _revise(job, read, topics, counts)
    rules = RULES[version_in_force(job.connection)]
    add_wordings(job.connection, [_prepared(wording, at, rules) for wording, at in done], rules)
    counts["revised"] += len(done)
    return counts


def _revise(
    job: Job, read: Sequence[_Read], topics: Sequence[Topic], counts: Counter[str]
) -> list[tuple[_Read, datetime]]:
    """Those that are in force now, with the time since when."""
    proposed = [wording.article_id for wording in read]
    before = flags.topics_in_force(job.connection, proposed)
    totals.count_out(job.connection, proposed)
    done = []
    for wording in read:
        raised = {flag.topic for flag in wording.found} - before[wording.revision.article_id]
        at = revisions.put_in_force(
            job.connection, wording.revision, wording.measures, job.now, publish_again=bool(raised)
        )
        if at is not None:
            done.append((wording, at))
            counts.update(f"flags_{topic_id}" for topic_id in raised)
    totals.count_in(job.connection, proposed)
    totals.count_stories_of(job.connection, proposed)
    ids = [wording.revision.article_id for wording, _ in done]
    for topic in topics:
        flags.supersede(job.connection, topic.topic_id, ids, job.now)
    for wording, _ in done:
        for flag in wording.found:
            flags.insert_flag(job.connection, wording.revision.article_id, flag, job.now)
    return done


def _prepared(wording: _Read, at: datetime, rules: Rules) -> Prepared:
    revision = wording.revision
    article = Waiting(
        revision.article_id,
        revision.canonical_url,
        revision.outlet,
        revision.title,
        revision.text,
        revision.language,
        at,
    )
    return Prepared(article, wording.fingerprint.under(rules), NO_COUNTS)
