"""Versions of the algorithm that tells copies: decided beside the one in force, compared, put in
force and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Literal, assert_never

from newswatch.copies.algorithm import ALGORITHMS, Algorithm
from newswatch.copies.candidates import posted
from newswatch.errors import SettingError
from newswatch.stages.deduplicate.batch import BatchDecider, Prepared
from newswatch.stages.deduplicate.documents import fingerprint_of, to_store
from newswatch.stages.deduplicate.story_changes import rebuild
from newswatch.stages.deduplicate.wordings import insert_wordings
from newswatch.stages.job import Job
from newswatch.store import fingerprints, revisions, versions
from newswatch.store.versions import Undecided
from newswatch.stories.similarity import NO_COUNTS

BATCH = 500


def algorithm_of(version: int) -> Algorithm:
    """Raises `SettingError` naming the known versions."""
    if version not in ALGORITHMS:
        known = ", ".join(map(str, sorted(ALGORITHMS)))
        raise SettingError(
            f"there is no version {version} of the deduplication", mend=f"known: {known}"
        )
    return ALGORITHMS[version]


def put_in_force(job: Job) -> Algorithm:
    """The algorithm that is set; if another is in force, after the change to it.

    What is not backfilled yet is, however long that takes. The change itself is one transaction:
    analysts see the decisions of one version or of the other, and the roles that go with them.
    Articles that are originals now are flagged by the next stage.
    """
    wanted = algorithm_of(job.settings.dedupe_version)
    while versions.version_in_force(job.connection) != wanted.version:
        backfill(job, wanted)
        with job.connection.transaction():
            fingerprints.lock_decisions(job.connection)
            before = versions.version_in_force(job.connection)
            if not versions.undecided(job.connection, before, wanted.version, 0, 1):
                changed = versions.switch(job.connection, before, wanted.version, job.now)
                rebuild(job.connection, changed)
                texts = versions.texts_of_headlines(job.connection)
                revisions.propose_texts(job.connection, texts, job.now)
    return wanted


def backfill(job: Job, algorithm: Algorithm) -> int:
    """Decide by this version on all that the one in force has decided on, in the same order;
    how many articles. Killed at any moment it goes on where it was."""
    count, after = 0, 0
    while True:
        with job.connection.transaction():
            fingerprints.lock_decisions(job.connection)
            before = versions.version_in_force(job.connection)
            if before == algorithm.version:
                return count
            batch = versions.undecided(job.connection, before, algorithm.version, after, BATCH)
            if not batch:
                return count
            for what, run in groupby(batch, _what):
                match what:
                    case "article":
                        count += _decide(job, list(run), algorithm)
                    case "wording":
                        insert_wordings(
                            job.connection, _prepared(job, list(run), algorithm), algorithm
                        )
                    case "seed":
                        for seed in run:
                            _post_seed(job, seed, algorithm)
                    case _:
                        assert_never(what)
        after = batch[-1].document_id


def _what(undecided: Undecided) -> Literal["article", "wording", "seed"]:
    if undecided.seed_id is not None:
        return "seed"
    return "article" if undecided.revised_at is None else "wording"


def _prepared(job: Job, batch: Sequence[Undecided], algorithm: Algorithm) -> list[Prepared]:
    stored = fingerprints.load(job.connection, [undecided.document_id for undecided in batch])
    return [
        Prepared(undecided.waiting(), fingerprint_of(row).under(algorithm), NO_COUNTS)
        for undecided, row in zip(batch, stored, strict=True)
    ]


def _decide(job: Job, batch: Sequence[Undecided], algorithm: Algorithm) -> int:
    ready = _prepared(job, batch, algorithm)
    rows = [
        to_store(
            prepared.fingerprint, prepared.article.outlet, article_id=prepared.article.article_id
        )
        for prepared in ready
    ]
    documents = dict(
        zip(fingerprints.insert_fingerprints(job.connection, rows), ready, strict=True)
    )
    decider = BatchDecider(job.connection, documents, None)
    decided = [decider.row(document_id) for document_id in documents]
    decider.save()
    versions.save_beside(job.connection, decided, job.now)
    return len(decided)


def _post_seed(job: Job, seed: Undecided, algorithm: Algorithm) -> None:
    (row,) = fingerprints.load(job.connection, [seed.document_id])
    fingerprint = fingerprint_of(row).under(algorithm)
    (document_id,) = fingerprints.insert_fingerprints(
        job.connection, [to_store(fingerprint, row.outlet, seed_id=row.seed_id)]
    )
    postings = [(hash_, document_id) for hash_ in posted(fingerprint)]
    fingerprints.insert_postings(job.connection, postings)
