"""Versions of the algorithm that tells copies: decided beside the one in force, compared, put in
force and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Literal, assert_never

from newswatch.copies.candidates import posted
from newswatch.copies.rules import RULES, Rules
from newswatch.errors import SettingError
from newswatch.models import ArticleId, DocumentId, SeedId, StoryId
from newswatch.stages.deduplicate.batch import Prepared, decide_batch
from newswatch.stages.deduplicate.documents import fingerprint_of, to_store
from newswatch.stages.deduplicate.postgres_archive import PostgresArchive
from newswatch.stages.deduplicate.story_changes import rebuild
from newswatch.stages.deduplicate.story_rules import story_rules_set
from newswatch.stages.deduplicate.wordings import insert_wordings
from newswatch.stages.job import Work
from newswatch.stages.parking import Parking
from newswatch.store import decisions, fingerprints, revisions, versions
from newswatch.store.decisions import DecisionRow
from newswatch.store.parked import Subject
from newswatch.store.versions import Undecided
from newswatch.stories.similarity import NO_COUNTS

BATCH = 500
_SEED, _STORY = "seed ", "story "  # before the id, in the names of what is parked


def rules_of(version: int) -> Rules:
    """Raises `SettingError` naming the known versions."""
    if version not in RULES:
        known = ", ".join(map(str, sorted(RULES)))
        raise SettingError(
            f"there is no version {version} of the deduplication", mend=f"known: {known}"
        )
    return RULES[version]


def put_in_force(work: Work) -> tuple[Rules, Parking]:
    """The algorithm that is set and what is parked by it; if another is in force, after the change.

    What is not backfilled yet is, however long that takes. The change itself is one transaction:
    analysts see the decisions of one version or of the other, and the roles that go with them.
    Articles that are originals now are flagged by the next stage. What the algorithm fails at is
    parked and keeps the decision that it has; it is tried again so that later copies find it.
    """
    wanted = rules_of(work.settings.dedupe_version)
    while versions.version_in_force(work.connection) != wanted.version:
        backfill(work, wanted)
        parking = _parking(work, wanted)
        with work.connection.transaction():
            fingerprints.lock_decisions(work.connection)
            before = versions.version_in_force(work.connection)
            if before != wanted.version and _is_done(work, parking, before, wanted):
                changed = versions.switch(work.connection, before, wanted.version, work.now)
                for story_id in changed:
                    _rebuild(work, parking, story_id)
                texts = versions.texts_of_headlines(work.connection)
                revisions.propose_texts(work.connection, texts, work.now)
    parking = _parking(work, wanted)
    _try_again(work, wanted, parking)
    return wanted, parking


def _rebuild(work: Work, parking: Parking, story_id: StoryId) -> None:
    name = f"{_STORY}{story_id}"
    made = partial(rebuild, work.connection, [story_id], story_rules_set(work.settings))
    parking.apply_to(Subject(name, name=name), made)


def _try_again(work: Work, rules: Rules, parking: Parking) -> None:
    """What the version in force failed at when it came: articles that wait are none of it."""
    for subject in parking.due:
        kind, number = _kind_of(subject)
        with work.connection.transaction():
            fingerprints.lock_decisions(work.connection)
            if kind == "story":
                _rebuild(work, parking, StoryId(number))
                continue
            ids = (ArticleId(number), None) if kind == "article" else (None, SeedId(number))
            if left := versions.undecided_of(work.connection, rules.version, *ids):
                parking.apply_to(subject, partial(_decide_all, work, rules, left, keep=True))


def backfill(work: Work, rules: Rules) -> int:
    """Decide by this version on all that the one in force has decided on, in the same order;
    how many articles. Killed at any moment it goes on where it was. What it fails at is parked."""
    count, parking, after = 0, _parking(work, rules), DocumentId(0)
    decide = partial(_decide_all, work, rules)
    while True:
        with work.connection.transaction():
            fingerprints.lock_decisions(work.connection)
            before = versions.version_in_force(work.connection)
            if before == rules.version:
                return count
            batch = versions.undecided(work.connection, before, rules.version, after, BATCH)
            if not batch:
                return count
            ready = [each for each in batch if not parking.is_held(_subject_of(each))]
            count += sum(parking.apply(ready, decide, _subject_of))
        after = batch[-1].document_id


def _parking(work: Work, rules: Rules) -> Parking:
    return Parking(work, "deduplicate", str(rules.version))


def _is_done(work: Work, parking: Parking, before: int, rules: Rules) -> bool:
    """Whether the version has decided on all that is not parked."""
    after = DocumentId(0)
    while batch := versions.undecided(work.connection, before, rules.version, after, BATCH):
        if not all(parking.is_held(_subject_of(each)) for each in batch):
            return False
        after = batch[-1].document_id
    return True


def _subject_of(undecided: Undecided) -> Subject:
    if undecided.article_id is not None:
        return Subject(undecided.title, article_id=undecided.article_id)
    return Subject(f"{_SEED}{undecided.seed_id}", name=f"{_SEED}{undecided.seed_id}")


def _kind_of(subject: Subject) -> tuple[Literal["article", "seed", "story"], int]:
    """What is parked, and its id."""
    if subject.article_id is not None:
        return "article", subject.article_id
    name = subject.name or ""
    if name.startswith(_STORY):
        return "story", int(name.removeprefix(_STORY))
    return "seed", int(name.removeprefix(_SEED))


def _decide_all(work: Work, rules: Rules, batch: Sequence[Undecided], keep: bool = False) -> int:
    """How many articles. With `keep` they are found by later ones, and keep the decisions that
    they have."""
    count = 0
    for what, run in groupby(batch, _what):
        match what:
            case "article":
                decided = _place(work, list(run), rules)
                if not keep:
                    decisions.insert(work.connection, decided, work.now)
                count += len(decided)
            case "wording":
                insert_wordings(work.connection, _prepared(work, list(run), rules), rules)
            case "seed":
                for seed in run:
                    _post_seed(work, seed, rules)
            case _:
                assert_never(what)
    return count


def _what(undecided: Undecided) -> Literal["article", "wording", "seed"]:
    if undecided.seed_id is not None:
        return "seed"
    return "article" if undecided.revised_at is None else "wording"


def _prepared(work: Work, batch: Sequence[Undecided], rules: Rules) -> list[Prepared]:
    stored = fingerprints.load(work.connection, [undecided.document_id for undecided in batch])
    return [
        Prepared(undecided.waiting(), fingerprint_of(row).under(rules), NO_COUNTS)
        for undecided, row in zip(batch, stored, strict=True)
    ]


def _place(work: Work, batch: Sequence[Undecided], rules: Rules) -> Sequence[DecisionRow]:
    ready = _prepared(work, batch, rules)
    rows = [
        to_store(
            prepared.fingerprint, prepared.article.outlet, article_id=prepared.article.article_id
        )
        for prepared in ready
    ]
    documents = dict(
        zip(fingerprints.insert_fingerprints(work.connection, rows), ready, strict=True)
    )
    result = decide_batch(documents, PostgresArchive(work.connection), None)
    fingerprints.insert_postings(work.connection, result.postings)
    return result.decisions


def _post_seed(work: Work, seed: Undecided, rules: Rules) -> None:
    (row,) = fingerprints.load(work.connection, [seed.document_id])
    fingerprint = fingerprint_of(row).under(rules)
    (document_id,) = fingerprints.insert_fingerprints(
        work.connection, [to_store(fingerprint, row.outlet, seed_id=row.seed_id)]
    )
    postings = [(hash_, document_id) for hash_ in posted(fingerprint)]
    fingerprints.insert_postings(work.connection, postings)
