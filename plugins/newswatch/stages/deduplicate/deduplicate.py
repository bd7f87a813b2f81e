"""deduplicate: decide of each article, in order, whether it is new, and which story it joins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from newswatch.copies.fingerprint import from_words
from newswatch.copies.rules import Rules
from newswatch.stages.deduplicate.archive import BatchResult
from newswatch.stages.deduplicate.batch import Prepared, decide_batch
from newswatch.stages.deduplicate.documents import to_store
from newswatch.stages.deduplicate.postgres_archive import PostgresArchive
from newswatch.stages.deduplicate.seeds import add_seed, sync_seeds
from newswatch.stages.deduplicate.story_rules import story_rules_set
from newswatch.stages.deduplicate.versions import put_in_force
from newswatch.stages.job import Work
from newswatch.stages.parking import subject_of_article
from newswatch.store import decisions, fingerprints, revisions
from newswatch.store.decisions import Waiting
from newswatch.store.parked import Subject
from newswatch.stories.report import Report
from newswatch.stories.rules import StoryRules
from newswatch.stories.similarity import counts_of
from newswatch.text.words import tokenize

__all__ = ["add_seed", "deduplicate", "sync_seeds"]

BATCH = 500


def deduplicate(work: Work) -> dict[str, int]:
    """Decide on every article that waits, by the version of the algorithm that is set.

    A batch is one transaction under one lock, so it sees all earlier decisions whoever made them;
    the same articles in any split give the same groups. An article that cannot be decided on, or
    that takes too long, is parked.
    """
    story_rules = story_rules_set(work.settings)
    rules, parking = put_in_force(work)
    counts: Counter[str] = Counter(
        articles=0, originals=0, exact=0, near=0, contained=0, revision=0
    )
    while batch := decisions.waiting_articles(work.connection, parking.tries, BATCH):
        seconds = work.settings.article_deadline
        by_rules = partial(prepare, rules=rules, story_rules=story_rules)
        ready = parking.decide(batch, by_rules, subject_of_article, seconds)
        for decided in parking.apply(ready, partial(_decide_batch, work), _subject_of):
            counts.update(decided)
    return parking.counted(counts)


def _subject_of(prepared: Prepared) -> Subject:
    return subject_of_article(prepared.article)


def prepare(article: Waiting, rules: Rules, story_rules: StoryRules) -> Prepared:
    """What a decision needs of an article, made outside the lock."""
    title, text = tokenize(article.title), tokenize(article.text)
    print_of_text = from_words(text.words, title.words, rules)
    about = Report(article.title, article.text, article.language)
    return Prepared(article, print_of_text, counts_of(about, story_rules))


def _decide_batch(work: Work, batch: Sequence[Prepared]) -> Counter[str]:
    fingerprints.lock_decisions(work.connection)
    waiting = decisions.still_waiting(
        work.connection, [prepared.article.article_id for prepared in batch]
    )
    ready = [prepared for prepared in batch if prepared.article.article_id in waiting]
    rows = [
        to_store(
            prepared.fingerprint, prepared.article.outlet, article_id=prepared.article.article_id
        )
        for prepared in ready
    ]
    documents = dict(
        zip(fingerprints.insert_fingerprints(work.connection, rows), ready, strict=True)
    )
    archive = PostgresArchive(work.connection)
    result = decide_batch(documents, archive, timedelta(days=work.settings.dedupe_window_days))
    archive.save(result)
    decisions.save(work.connection, result.decisions, work.now)
    texts = [row.article_id for row in result.decisions if row.kind == "revision"]
    revisions.propose_texts(work.connection, texts, work.now)
    return _counted(result)


def _counted(result: BatchResult) -> Counter[str]:
    rows = result.decisions
    counts: Counter[str] = Counter(articles=len(rows))
    counts.update(row.kind or "originals" for row in rows)
    counts["developments"] = sum(row.role == "development" for row in rows)
    counts["seed_copies"] = sum(row.duplicate_of_seed is not None for row in rows)
    counts["stories_new"] = result.stories_begun
    counts["stories_joined"] = result.stories_joined
    return counts
