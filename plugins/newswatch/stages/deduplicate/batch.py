"""Deciding on the documents of one batch, each seeing those before it, by one algorithm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from newswatch.copies.candidates import Postings, posted, signed, standing_text
from newswatch.copies.compare import compare
from newswatch.copies.decide import decide, wants_text
from newswatch.copies.decision import Decision
from newswatch.copies.document import Document
from newswatch.copies.fingerprint import Fingerprint
from newswatch.copies.rules import FIRST
from newswatch.copies.wording import Wording
from newswatch.models import DocumentId
from newswatch.stages.deadline import cpu_deadline
from newswatch.stages.deduplicate.archive import Archive, BatchResult
from newswatch.stages.deduplicate.decision_rows import SECONDS, Decided, row_of
from newswatch.stages.deduplicate.documents import DocumentCache, hashes_of
from newswatch.stages.deduplicate.role_assigner import RoleAssigner
from newswatch.stages.deduplicate.story_assigner import Membership, StoryAssigner
from newswatch.store.candidates import OwnTitle
from newswatch.store.decisions import DecisionRow, Waiting
from newswatch.store.stories import MemberRow
from newswatch.stories.roles import RoleInStory
from newswatch.stories.rules import FIRST as FIRST_OF_STORIES
from newswatch.stories.rules import StoryRules
from newswatch.stories.similarity import Counts


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An article with what its decision needs, made outside the lock."""

    article: Waiting
    fingerprint: Fingerprint
    counts: Counts


def decide_batch(
    batch: Mapping[DocumentId, Prepared], archive: Archive, window: timedelta | None
) -> BatchResult:
    """Decide on each document in order, each seeing those before it: the same articles in any split
    give the same decisions.

    The archive holds the batch's fingerprints already. A story may be joined for a `window` after
    it was last seen; without one none is.
    """
    counts = {prepared.article.article_id: prepared.counts for prepared in batch.values()}
    rules = _story_rules(batch)
    stories = None if window is None else StoryAssigner(archive, counts, window, rules)
    decider = BatchDecider(archive, batch, stories)
    decided = [decider.decide(document_id) for document_id in batch]
    return BatchResult(
        decisions=decider.rows(decided),
        postings=decider.postings,
        stories=stories.updates() if stories else [],
        telling=stories.telling if stories else 0,
        term_counts=stories.frequencies.added() if stories else {},
        stories_begun=stories.counts["stories_new"] if stories else 0,
        stories_joined=stories.counts["stories_joined"] if stories else 0,
    )


class BatchDecider:
    """The documents of a batch, and those they are compared with."""

    def __init__(
        self,
        archive: Archive,
        batch: Mapping[DocumentId, Prepared],
        story_assigner: StoryAssigner | None,
    ) -> None:
        """`batch` has the articles by document id; without `story_assigner` none joins a story."""
        compare.cache_clear()  # it holds the fingerprints of the batch before
        self._archive = archive
        self._batch = batch
        self._story_assigner = story_assigner
        self._documents = DocumentCache(archive, batch)
        self._postings = _stored_postings(archive, batch)
        self._same = _same_text_or_title(archive, batch)
        stored = {document_id: self._candidates(document_id) for document_id in batch}
        self._documents.read(
            other for found in stored.values() for other in found if other not in batch
        )
        self._documents.read_related()
        close = {
            wanted
            for document_id, found in stored.items()
            for wanted in wants_text(self._new(document_id), self._documents.known(found))
        }
        self._documents.read_wordings(close)
        if story_assigner is not None:
            story_assigner.read(self._documents.story_ids(close))
        self.postings: list[tuple[int, DocumentId]] = []

    def decide(self, document_id: DocumentId) -> Decided:
        """Decide, and let the decision count for the documents after this one."""
        article = self._batch[document_id].article
        new = self._new(document_id)
        decision = self._decide(new)
        story = self._story(article, decision)
        self._documents.decided(new, article.article_id, decision.original_id, story.story_id)
        self._post(new, decision)
        frequencies = None
        if self._story_assigner is not None:
            terms = self._batch[document_id].counts.terms
            frequencies = self._story_assigner.frequencies.now(terms)
        return Decided(new, article, decision, story, frequencies)

    def post_wording(self, document_id: DocumentId) -> None:
        """Let a later wording of an article be found, less what the documents that it copies hold:
        a text that many outlets put in place of their own is posted once."""
        new = self._new(document_id)
        self._post(new, self._decide(new))

    def rows(self, decided: Sequence[Decided]) -> list[DecisionRow]:
        """The decisions as the database holds them, with each article's part in its story."""
        self._documents.read_wordings(
            document_id
            for each in decided
            for document_id in (
                each.decision.compared_id,
                *(contained.document_id for contained in each.decision.contains),
            )
            if document_id is not None
        )
        begun = {each.story.story_id for each in decided if each.story.begun}
        touched = {each.story.story_id for each in decided} - begun - {None}
        stored = sorted(story_id for story_id in touched if story_id is not None)
        rules = _story_rules(self._batch)
        roles = RoleAssigner(self._archive.members(stored, rules.latest) if stored else {}, rules)
        return [row_of(each, self._part(each, roles), self._documents) for each in decided]

    def _new(self, document_id: DocumentId) -> Document:
        prepared = self._batch[document_id]
        article = prepared.article
        return Document(
            document_id,
            prepared.fingerprint,
            article.outlet,
            article.title,
            article.first_seen_at,
            wording=Wording(article.title, article.text, article.language, article.outlet),
        )

    def _candidates(self, document_id: DocumentId) -> list[DocumentId]:
        sketch = signed(self._batch[document_id].fingerprint.sketch)
        return sorted({*self._postings.find(sketch), *self._same.get(document_id, ())})

    def _decide(self, new: Document) -> Decision:
        related = self._documents.with_related(self._candidates(new.document_id))
        candidates = self._documents.with_wordings(new, related)
        with cpu_deadline(SECONDS):
            decision = decide(new, candidates)
        if decision.kind in ("exact", "revision") or decision.compared_id is None or not new.outlet:
            return decision
        found = [decision.compared_id, *(contained.document_id for contained in decision.contains)]
        if all(
            self._documents.get(document_id).document.outlet != new.outlet for document_id in found
        ):
            return decision
        standing = standing_text(self._documents.recent_grams(new), new.fingerprint.rules)
        if not standing.size:
            return decision
        with cpu_deadline(SECONDS):
            return decide(new, candidates, standing)

    def _story(self, article: Waiting, decision: Decision) -> Membership:
        """A copy's story is that of what it copies, an update's that of what it is made from; the
        same words about something else are another story."""
        if self._story_assigner is None:
            return Membership(None)
        for document_id in (decision.original_id, decision.compared_id):
            if document_id is not None and decision.kind is not None:
                story_id = self._documents.get(document_id).story_id
                if story_id is not None and decision.kind == "revision":
                    return self._story_assigner.join_text(story_id, article)
                if story_id is not None:
                    return self._story_assigner.join_copy(story_id, article.first_seen_at)
        if decision.is_made_from_compared and decision.compared_id is not None:
            story_id = self._documents.get(decision.compared_id).story_id
            if story_id is not None:
                return self._story_assigner.join_update(story_id, article)
        others = {self._documents.get(document_id).story_id for document_id in decision.others}
        return self._story_assigner.assign(article, others)

    def _part(self, decided: Decided, roles: RoleAssigner) -> RoleInStory | None:
        article, decision = decided.article, decided.decision
        if decided.frequencies is None or decided.story.story_id is None:
            return None
        seed_id = (
            None
            if decision.original_id is None
            else self._documents.get(decision.original_id).seed_id
        )
        member = MemberRow(
            decided.story.story_id,
            article.article_id,
            seed_id,
            article.title,
            article.text,
            article.language,
        )
        with cpu_deadline(SECONDS):
            return roles.add(member, decision.kind, decided.frequencies)

    def _post(self, new: Document, decision: Decision) -> None:
        copied = (
            {decision.original_id, decision.compared_id} if decision.kind is not None else set()
        )
        documents = self._documents.documents(
            sorted(document_id for document_id in copied if document_id is not None)
        )
        hashes = posted(new.fingerprint, [document.fingerprint for document in documents])
        self._postings.add(new.document_id, hashes)
        self.postings += [(hash_, new.document_id) for hash_ in hashes]


def _story_rules(batch: Mapping[DocumentId, Prepared]) -> StoryRules:
    """Those that the batch was prepared by."""
    return next((prepared.counts.rules for prepared in batch.values()), FIRST_OF_STORIES)


def _stored_postings(archive: Archive, batch: Mapping[DocumentId, Prepared]) -> Postings:
    sketches = [prepared.fingerprint.sketch for prepared in batch.values()]
    hashes = [hash_ for sketch in sketches for hash_ in signed(sketch)]
    rules = next((prepared.fingerprint.rules for prepared in batch.values()), FIRST)
    return Postings(archive.holders(hashes, rules.common), rules)


def _same_text_or_title(
    archive: Archive, batch: Mapping[DocumentId, Prepared]
) -> dict[DocumentId, list[DocumentId]]:
    """The earlier documents with equal words, or with an equal headline: for a short one those of
    any outlet, for a longer one those of its own."""
    texts: dict[DocumentId, int] = {}
    titles: dict[DocumentId, int] = {}
    own_titles: dict[DocumentId, OwnTitle] = {}
    for document_id, prepared in batch.items():
        text_hash, title_hash = hashes_of(prepared.fingerprint)
        if prepared.fingerprint.words:
            texts[document_id] = text_hash
        if title_hash and len(prepared.fingerprint.grams) < prepared.fingerprint.rules.short:
            titles[document_id] = title_hash
        elif title_hash:
            own_titles[document_id] = OwnTitle(title_hash, prepared.article.outlet)
    found: dict[DocumentId, list[DocumentId]] = {}
    for like in archive.like(texts, titles, own_titles):
        found.setdefault(like.document_id, []).append(like.earlier_id)
    return found
