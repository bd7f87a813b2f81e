"""deduplicate: decide of each article, in order, whether it is new, and which story it joins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from newswatch.dedupe import stories
from newswatch.dedupe.candidates import COMMON, Postings, posted, signed, standing_text
from newswatch.dedupe.compare import SHORT, passages
from newswatch.dedupe.decide import Decision, Document, decide
from newswatch.dedupe.fingerprint import ALGORITHM, Fingerprint, fingerprint
from newswatch.dedupe.roles import Part
from newswatch.models import ArticleId
from newswatch.stages.job import Job
from newswatch.stages.library import Library, hashes_of, store_fingerprint
from newswatch.stages.roles import RoleBook
from newswatch.stages.seeds import add_seed, sync_seeds
from newswatch.stages.stories import Membership, StoryBook
from newswatch.store import decisions, fingerprints
from newswatch.store.database import Connection
from newswatch.store.decisions import DecisionRow, Waiting

__all__ = ["add_seed", "deduplicate", "sync_seeds"]

BATCH = 500


@dataclass(frozen=True, slots=True, eq=False)
class Signed:
    """An article with what its decision needs, made outside the lock."""

    article: Waiting
    fingerprint: Fingerprint
    terms: dict[str, float]


def deduplicate(job: Job) -> dict[str, int]:
    """Decide on every article that waits.

    A batch is one transaction under one lock, so it sees all earlier decisions whoever made them;
    the same articles in any split give the same groups.
    """
    counts: Counter[str] = Counter(articles=0, originals=0, exact=0, near=0, contained=0)
    while batch := decisions.waiting_articles(job.connection, BATCH):
        ready = [_sign(article) for article in batch]
        with job.connection.transaction():
            fingerprints.lock_decisions(job.connection)
            counts.update(_decide_batch(job, ready))
    return dict(counts)


def _sign(article: Waiting) -> Signed:
    about = stories.Document(article.title, article.text, article.first_seen_at)
    return Signed(article, fingerprint(article.text, article.title), stories.term_counts(about))


def _decide_batch(job: Job, batch: Sequence[Signed]) -> Counter[str]:
    waiting = decisions.still_waiting(job.connection, [one.article.article_id for one in batch])
    news = {
        store_fingerprint(
            job.connection,
            one.fingerprint,
            one.article.outlet,
            article_id=one.article.article_id,
        ): one
        for one in batch
        if one.article.article_id in waiting
    }
    desk = _Desk(job, news)
    rows = [desk.row(document_id) for document_id in news]
    desk.save()
    decisions.save(job.connection, rows, job.now)
    return _counted(rows) + desk.book.counts


class _Desk:
    """Decides on the documents of a batch one after the other, each seeing those before it."""

    def __init__(self, job: Job, news: dict[int, Signed]) -> None:
        self._connection = job.connection
        self._news = news
        self._library = Library(job.connection)
        self._postings = Postings(_stored_postings(job.connection, news))
        self._same = _same_text_or_title(job.connection, news)
        self._library.read(
            other
            for document_id in news
            for other in self._candidates(document_id)
            if other not in news
        )
        self._new_postings: list[tuple[int, int]] = []
        self._edges: list[tuple[ArticleId, int, float]] = []
        since = job.now - timedelta(days=job.settings.dedupe_window_days)
        terms = {one.article.article_id: one.terms for one in news.values()}
        self.book = StoryBook(job.connection, terms, since)
        self._roles = RoleBook(job.connection, self.book.frequencies)

    def row(self, document_id: int) -> DecisionRow:
        """Decide, and let the decision count for the documents after this one."""
        one = self._news[document_id]
        article = one.article
        new = Document(
            document_id, one.fingerprint, article.outlet, article.title, article.first_seen_at
        )
        decision = self._decide(new)
        story = self._story(article, decision)
        self._library.decided(new, article.article_id, decision.of, story.story_id)
        self._post(new, decision)
        self._edges += [(article.article_id, held, share) for held, share in decision.contains]
        return self._row(article, decision, story, self._part(article, decision, story))

    def save(self) -> None:
        """Write what the decisions add beside themselves."""
        fingerprints.insert_postings(self._connection, self._new_postings)
        decisions.save_containments(self._connection, self._edges)
        self.book.save()

    def _candidates(self, document_id: int) -> list[int]:
        sketch = signed(self._news[document_id].fingerprint.sketch)
        return sorted({*self._postings.find(sketch), *self._same.get(document_id, ())})

    def _decide(self, new: Document) -> Decision:
        candidates = self._library.documents(self._candidates(new.document_id))
        decision = decide(new, candidates)
        if decision.kind not in ("near", "contained") or decision.via is None or not new.outlet:
            return decision
        if self._library.get(decision.via).document.outlet != new.outlet:
            return decision
        recent = self._library.recent_grams(new.outlet, new.document_id)
        standing = standing_text(recent)
        return decide(new, candidates, standing) if standing.size else decision

    def _story(self, article: Waiting, decision: Decision) -> Membership:
        """A copy's story is that of what it copies."""
        for document_id in (decision.of, decision.via):
            if document_id is not None:
                story_id = self._library.get(document_id).story_id
                if story_id is not None:
                    return self.book.join_copy(story_id, article.first_seen_at)
        return self.book.assign(article)

    def _part(self, article: Waiting, decision: Decision, story: Membership) -> Part:
        seed_id = None if decision.of is None else self._library.get(decision.of).seed_id
        if story.begun:
            self._roles.begin(story.story_id)
        return self._roles.add(story.story_id, article, decision.kind, seed_id)

    def _post(self, new: Document, decision: Decision) -> None:
        compared = {other for other in (decision.of, decision.via) if other is not None}
        known = [document.fingerprint for document in self._library.documents(sorted(compared))]
        hashes = posted(new.fingerprint, known)
        self._postings.add(new.document_id, hashes)
        self._new_postings += [(hash_, new.document_id) for hash_ in hashes]

    def _row(
        self, article: Waiting, decision: Decision, story: Membership, part: Part
    ) -> DecisionRow:
        original = None if decision.of is None else self._library.get(decision.of)
        spans: list[list[int]] = []
        if decision.via is not None:
            compared = self._library.get(decision.via)
            earlier = decisions.text_of(self._connection, compared.article_id, compared.seed_id)
            spans = [
                [span.start_a, span.end_a, span.start_b, span.end_b]
                for span in passages(earlier, article.text)
            ]
        return DecisionRow(
            article_id=article.article_id,
            kind=decision.kind,
            duplicate_of_article=original.article_id if original else None,
            duplicate_of_seed=original.seed_id if original else None,
            coverage=decision.coverage,
            coverage_of_original=decision.coverage_of_original,
            jaccard=decision.jaccard,
            passages=spans,
            reason=decision.reason,
            algorithm_version=ALGORITHM,
            story_id=story.story_id,
            story_similarity=story.similarity,
            story_terms=dict(story.terms) if story.terms else None,
            role=part.role,
            new_sentences=part.new_sentences,
        )


def _stored_postings(connection: Connection, news: dict[int, Signed]) -> dict[int, list[int]]:
    hashes = [hash_ for one in news.values() for hash_ in signed(one.fingerprint.sketch)]
    return fingerprints.holders(connection, hashes, COMMON + 1)


def _same_text_or_title(connection: Connection, news: dict[int, Signed]) -> dict[int, list[int]]:
    """The earlier documents with equal words, or for a short one with an equal headline."""
    texts, titles = {}, {}
    for document_id, one in news.items():
        text_hash, title_hash = hashes_of(one.fingerprint)
        if one.fingerprint.words:
            texts[document_id] = text_hash
        if title_hash and len(one.fingerprint.grams) < SHORT:
            titles[document_id] = title_hash
    found: dict[int, list[int]] = {}
    for document_id, other in fingerprints.same_text_or_title(connection, texts, titles):
        found.setdefault(document_id, []).append(other)
    return found


def _counted(rows: Sequence[DecisionRow]) -> Counter[str]:
    counts: Counter[str] = Counter(articles=len(rows))
    counts.update(row.kind or "originals" for row in rows)
    counts["developments"] = sum(row.role == "development" for row in rows)
    counts["seed_copies"] = sum(row.duplicate_of_seed is not None for row in rows)
    return counts
