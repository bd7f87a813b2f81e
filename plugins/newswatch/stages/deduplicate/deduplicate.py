"""deduplicate: decide of each article, in order, whether it is new, and which story it joins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from newswatch.copies.fingerprint import from_words
from newswatch.copies.rules import Rules
from newswatch.stages.deduplicate.batch import BatchDecider, Prepared
from newswatch.stages.deduplicate.documents import to_store
from newswatch.stages.deduplicate.seeds import add_seed, sync_seeds
from newswatch.stages.deduplicate.story_assigner import StoryAssigner
from newswatch.stages.deduplicate.versions import put_in_force
from newswatch.stages.job import Work
from newswatch.stages.parking import Parking, subject_of_article
from newswatch.store import decisions, fingerprints, revisions
from newswatch.store.decisions import DecisionRow, Waiting
from newswatch.store.parked import Subject
from newswatch.stories.report import Report
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
    rules = put_in_force(work)
    counts: Counter[str] = Counter(
        articles=0, originals=0, exact=0, near=0, contained=0, revision=0
    )
    parking = Parking(work, "deduplicate", str(rules.version))
    while batch := decisions.waiting_articles(work.connection, parking.tries, BATCH):
        prepare, seconds = partial(_prepare, rules=rules), work.settings.article_deadline
        ready = parking.decide(batch, prepare, subject_of_article, seconds)
        for decided in parking.apply(ready, partial(_decide_batch, work), _subject_of):
            counts.update(decided)
    return parking.counted(counts)


def _subject_of(prepared: Prepared) -> Subject:
    return subject_of_article(prepared.article)


def _prepare(article: Waiting, rules: Rules) -> Prepared:
    title, text = tokenize(article.title), tokenize(article.text)
    print_of_text = from_words(text.words, title.words, rules)
    about = Report(article.title, article.text, article.language)
    return Prepared(article, print_of_text, counts_of(about))


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
    window = timedelta(days=work.settings.dedupe_window_days)
    counts = {prepared.article.article_id: prepared.counts for prepared in ready}
    story_assigner = StoryAssigner(work.connection, counts, window)
    decider = BatchDecider(work.connection, documents, story_assigner)
    decided = [decider.row(document_id) for document_id in documents]
    decider.save()
    decisions.save(work.connection, decided, work.now)
    texts = [row.article_id for row in decided if row.kind == "revision"]
    revisions.propose_texts(work.connection, texts, work.now)
    return _counted(decided) + story_assigner.counts


def _counted(rows: Sequence[DecisionRow]) -> Counter[str]:
    counts: Counter[str] = Counter(articles=len(rows))
    counts.update(row.kind or "originals" for row in rows)
    counts["developments"] = sum(row.role == "development" for row in rows)
    counts["seed_copies"] = sum(row.duplicate_of_seed is not None for row in rows)
    return counts
