"""deduplicate: decide of each article, in order, whether it is new, and which story it joins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from newswatch.dedupe.compare import SHORT, passages
from newswatch.dedupe.decide import Decision, Document, decide
from newswatch.dedupe.fingerprint import ALGORITHM, Fingerprint, fingerprint
from newswatch.dedupe.seeds import Seed, from_json, pack, seed_of, unpack
from newswatch.stages.job import Job
from newswatch.stages.stories import StoryBook
from newswatch.store import decisions, fingerprints, seeds
from newswatch.store.database import Connection
from newswatch.store.decisions import DecisionRow, Waiting
from newswatch.store.fingerprints import FingerprintRow
from newswatch.store.seeds import SeedRow

BATCH = 500


@dataclass(frozen=True, slots=True, eq=False)
class Signed:
    """An article and its fingerprint, made outside the lock."""

    article: Waiting
    fingerprint: Fingerprint


def deduplicate(job: Job) -> dict[str, int]:
    """Decide on every article that waits.

    A batch is one transaction under one lock, so it sees all earlier decisions whoever made them;
    the same articles in any split give the same groups.
    """
    counts: Counter[str] = Counter(articles=0, originals=0, exact=0, near=0, contained=0)
    while batch := decisions.waiting_articles(job.connection, BATCH):
        signed = [Signed(article, fingerprint(article.text, article.title)) for article in batch]
        with job.connection.transaction():
            fingerprints.lock_decisions(job.connection)
            counts.update(_decide_batch(job, signed))
    return dict(counts)


def sync_seeds(job: Job) -> int:
    """Load the fingerprints and texts of the watchlist's `seeds/`; how many were new."""
    folder = job.settings.watchlist_dir / "seeds"
    added = 0
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.suffix == ".json":
            added += add_seed(job, from_json(path.read_text(encoding="utf-8"), path))
        elif path.suffix == ".txt":
            added += add_seed(job, seed_of(path.stem, path.read_text(encoding="utf-8")))
    return added


def add_seed(job: Job, seed: Seed) -> bool:
    """Store a seed with its fingerprint; False if one of that name is there."""
    row = SeedRow(seed.name, seed.outlet, seed.language, seed.subject, seed.url, seed.text)
    with job.connection.transaction():
        fingerprints.lock_decisions(job.connection)
        seed_id = seeds.insert_seed(job.connection, row, job.now)
        if seed_id is None:
            return False
        document_id = _insert(job.connection, seed.fingerprint, seed_id=seed_id)
        fingerprints.insert_postings(job.connection, _postings(document_id, seed.fingerprint))
    return True


def _decide_batch(job: Job, signed: Sequence[Signed]) -> Counter[str]:
    waiting = decisions.still_waiting(job.connection, [one.article.article_id for one in signed])
    signed = [one for one in signed if one.article.article_id in waiting]
    if not signed:
        return Counter()
    documents = [
        _insert(job.connection, one.fingerprint, article_id=one.article.article_id)
        for one in signed
    ]
    found = _candidates(job.connection, documents, signed)
    known = _known(job.connection, documents, found)
    book = StoryBook(
        job.connection,
        [one.article for one in signed],
        since=job.now - timedelta(days=job.settings.dedupe_window_days),
        of_documents=list(known),
    )
    rows: list[DecisionRow] = []
    edges = []
    for document_id, one in zip(documents, signed, strict=True):
        new = _document(document_id, one)
        decision = decide(new, [known[other] for other in found.get(document_id, ())])
        known[document_id] = _with_original(new, decision.of)
        rows.append(_row(job.connection, one.article, decision, book, document_id))
        edges += [(one.article.article_id, other, share) for other, share in decision.contains]
    book.save()
    decisions.save(job.connection, rows, job.now)
    decisions.save_containments(job.connection, edges)
    return _counted(rows) + book.counts


def _candidates(
    connection: Connection, documents: Sequence[int], signed: Sequence[Signed]
) -> dict[int, set[int]]:
    """The earlier documents that each new one must be compared with, the batch's own included."""
    postings = [
        posting
        for document_id, one in zip(documents, signed, strict=True)
        for posting in _postings(document_id, one.fingerprint)
    ]
    fingerprints.insert_postings(connection, postings)
    texts, titles = {}, {}
    for document_id, one in zip(documents, signed, strict=True):
        if one.fingerprint.words:
            texts[document_id] = _signed(one.fingerprint.text_hash)
        if one.fingerprint.title_hash and len(one.fingerprint.grams) < 2 * SHORT:
            titles[document_id] = _signed(one.fingerprint.title_hash)
    found: dict[int, set[int]] = {}
    pairs = fingerprints.candidates(connection, postings)
    pairs += fingerprints.same_text_or_title(connection, texts, titles)
    for document_id, other in pairs:
        found.setdefault(document_id, set()).add(other)
    return found


def _known(
    connection: Connection, documents: Sequence[int], found: dict[int, set[int]]
) -> dict[int, Document]:
    wanted = set().union(*found.values()) if found else set()
    return {
        row.document_id: _document_of_row(row)
        for row in fingerprints.load(connection, sorted(wanted))
    }


def _row(
    connection: Connection, article: Waiting, decision: Decision, book: StoryBook, document_id: int
) -> DecisionRow:
    story = book.assign(document_id, article, decision.of)
    original = book.reference(connection, decision.of)
    compared = book.reference(connection, decision.via)
    spans: list[list[int]] = []
    if decision.kind is not None:
        earlier = decisions.text_of(connection, compared.article_id, compared.seed_id)
        spans = [
            [span.start_a, span.end_a, span.start_b, span.end_b]
            for span in passages(earlier, article.text)
        ]
    return DecisionRow(
        article_id=article.article_id,
        kind=decision.kind,
        duplicate_of_article=original.article_id,
        duplicate_of_seed=original.seed_id,
        coverage=decision.coverage,
        coverage_of_original=decision.coverage_of_original,
        jaccard=decision.jaccard,
        passages=spans,
        reason=decision.reason,
        algorithm_version=ALGORITHM,
        story_id=story.story_id,
        story_similarity=story.similarity,
        story_terms=dict(story.terms) if story.terms else None,
    )


def _counted(rows: Sequence[DecisionRow]) -> Counter[str]:
    counts: Counter[str] = Counter(articles=len(rows))
    counts.update(row.kind or "originals" for row in rows)
    if copies := sum(row.duplicate_of_seed is not None for row in rows):
        counts["seed_copies"] = copies
    return counts


def _insert(connection: Connection, print_: Fingerprint, **owner: int) -> int:
    return fingerprints.insert_fingerprint(
        connection,
        algorithm=ALGORITHM,
        grams=pack(print_.grams),
        numbers=pack(print_.numbers),
        words=print_.words,
        text_hash=_signed(print_.text_hash),
        title_hash=_signed(print_.title_hash),
        **owner,  # type: ignore[arg-type]
    )


def _postings(document_id: int, print_: Fingerprint) -> list[tuple[int, int]]:
    return [(hash_, document_id) for hash_ in print_.sketch.astype(np.int64).tolist()]


def _document(document_id: int, one: Signed) -> Document:
    article = one.article
    return Document(
        document_id, one.fingerprint, article.outlet, article.title, article.first_seen_at
    )


def _with_original(document: Document, original_id: int | None) -> Document:
    return Document(
        document.document_id,
        document.fingerprint,
        document.outlet,
        document.title,
        document.seen_at,
        original_id=original_id,
    )


def _document_of_row(row: FingerprintRow) -> Document:
    grams = unpack(row.grams)
    print_ = Fingerprint(
        grams=grams,
        shingles=np.unique(grams),
        numbers=unpack(row.numbers),
        words=row.words,
        text_hash=_unsigned(row.text_hash),
        title_hash=_unsigned(row.title_hash),
    )
    return Document(
        row.document_id,
        print_,
        row.outlet,
        row.title,
        row.seen_at,
        is_seed=row.seed_id is not None,
        original_id=row.original_id,
    )


def _signed(hash_: int) -> int:
    """Postgres has no unsigned bigint."""
    return hash_ - 2**64 if hash_ >= 2**63 else hash_


def _unsigned(hash_: int) -> int:
    return hash_ % 2**64
