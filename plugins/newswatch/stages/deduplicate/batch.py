"""Deciding on the documents of one batch, each seeing those before it, by one algorithm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from newswatch.copies.candidates import Postings, bigints, posted, standing_text
from newswatch.copies.compare import passages
from newswatch.copies.decide import decide, wants_text
from newswatch.copies.decision import Contained, Decision
from newswatch.copies.document import Document
from newswatch.copies.fingerprint import Fingerprint
from newswatch.copies.rules import FIRST
from newswatch.copies.wording import Wording
from newswatch.models import DocumentId
from newswatch.stages.deadline import cpu_deadline
from newswatch.stages.deduplicate.documents import DocumentCache, hashes_of
from newswatch.stages.deduplicate.role_assigner import RoleAssigner
from newswatch.stages.deduplicate.story_assigner import Membership, StoryAssigner
from newswatch.store import fingerprints
from newswatch.store.decisions import ContainmentRow, DecisionRow, Spans, Waiting
from newswatch.store.server.database import Connection
from newswatch.store.stories import MemberRow
from newswatch.stories.roles import RoleInStory
from newswatch.stories.similarity import Counts

SECONDS = 60.0  # of CPU time, to compare one article with those that may share text with it


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An article with what its decision needs, made outside the lock."""

    article: Waiting
    fingerprint: Fingerprint
    counts: Counts


class BatchDecider:
    """The documents of a batch, and those they are compared with; what it adds is for `save`."""

    def __init__(
        self,
        connection: Connection,
        batch: Mapping[DocumentId, Prepared],
        story_assigner: StoryAssigner | None,
    ) -> None:
        """`batch` has the articles by document id; without `story_assigner` none joins a story."""
        self._connection = connection
        self._batch = batch
        self._story_assigner = story_assigner
        self._role_assigner = (
            RoleAssigner(connection, story_assigner.frequencies) if story_assigner else None
        )
        self._documents = DocumentCache(connection)
        self._postings = _stored_postings(connection, batch)
        self._same = _same_text_or_title(connection, batch)
        self._documents.read(
            other
            for document_id in batch
            for other in self._candidates(document_id)
            if other not in batch
        )
        self._documents.read_wordings(self._wanted_texts())
        self._new_postings: list[tuple[int, DocumentId]] = []

    def row(self, document_id: DocumentId) -> DecisionRow:
        """Decide, and let the decision count for the documents after this one."""
        article = self._batch[document_id].article
        new = self._new(document_id)
        decision = self._decide(new)
        story = self._story(article, decision)
        self._documents.decided(new, article.article_id, decision.original_id, story.story_id)
        self._post(new, decision)
        part = self._part(article, decision, story)
        return self._row(new, article, decision, story, part)

    def post_wording(self, document_id: DocumentId) -> None:
        """Let a later wording of an article be found, less what the documents that it copies hold:
        a text that many outlets put in place of their own is posted once."""
        new = self._new(document_id)
        self._post(new, self._decide(new))

    def save(self) -> None:
        """Write what the decisions add beside themselves."""
        fingerprints.insert_postings(self._connection, self._new_postings)
        if self._story_assigner is not None:
            self._story_assigner.save()

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

    def _wanted_texts(self) -> set[DocumentId]:
        """Of the stored documents that the batch will be compared with; they are read at once."""
        return {
            wanted
            for document_id in self._batch
            for wanted in wants_text(
                self._new(document_id), self._documents.known(self._candidates(document_id))
            )
        }

    def _candidates(self, document_id: DocumentId) -> list[DocumentId]:
        sketch = bigints(self._batch[document_id].fingerprint.sketch)
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
        """A copy's story is that of what it copies, an update's that of what it is made from."""
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
        return self._story_assigner.assign(article)

    def _part(self, article: Waiting, decision: Decision, story: Membership) -> RoleInStory | None:
        if self._role_assigner is None or story.story_id is None:
            return None
        if story.begun:
            self._role_assigner.begin(story.story_id)
        seed_id = (
            None
            if decision.original_id is None
            else self._documents.get(decision.original_id).seed_id
        )
        member = MemberRow(
            article.article_id, seed_id, article.title, article.text, article.language
        )
        return self._role_assigner.add(story.story_id, member, decision.kind)

    def _post(self, new: Document, decision: Decision) -> None:
        copied = (
            {decision.original_id, decision.compared_id} if decision.kind is not None else set()
        )
        documents = self._documents.documents(
            sorted(document_id for document_id in copied if document_id is not None)
        )
        hashes = posted(new.fingerprint, [document.fingerprint for document in documents])
        self._postings.add(new.document_id, hashes)
        self._new_postings += [(hash_, new.document_id) for hash_ in hashes]

    def _row(
        self,
        new: Document,
        article: Waiting,
        decision: Decision,
        story: Membership,
        part: RoleInStory | None,
    ) -> DecisionRow:
        original = (
            None if decision.original_id is None else self._documents.get(decision.original_id)
        )
        compared = (
            None if decision.compared_id is None else self._documents.get(decision.compared_id)
        )
        return DecisionRow(
            article_id=article.article_id,
            kind=decision.kind,
            duplicate_of_article=original.article_id if original else None,
            duplicate_of_seed=original.seed_id if original else None,
            compared_with_article=compared.article_id if compared else None,
            compared_with_seed=compared.seed_id if compared else None,
            coverage=decision.coverage,
            coverage_of_original=decision.coverage_of_original,
            jaccard=decision.jaccard,
            passages=[]
            if decision.compared_id is None
            else self._passages(decision.compared_id, article),
            reason=decision.reason,
            relation=decision.relation,
            added=decision.added,
            changes=[asdict(change) for change in decision.changes],
            contains=self._edges(decision, article),
            algorithm_version=new.fingerprint.rules.version,
            story_id=story.story_id,
            story_similarity=story.similarity,
            story_terms=dict(story.terms) if story.terms else None,
            role=part.role if part else None,
            new_sentences=part.new_sentences if part else (),
        )

    def _passages(self, document_id: DocumentId, article: Waiting) -> list[Spans]:
        """The longest that the article shares with an earlier document."""
        earlier = self._documents.wording(document_id)
        with cpu_deadline(SECONDS):
            found = passages(earlier.text if earlier else "", article.text)
        return [(span.start_a, span.end_a, span.start_b, span.end_b) for span in found]

    def _edges(self, decision: Decision, article: Waiting) -> list[ContainmentRow]:
        """What it contains, by the first document of each article: later ones are replaced."""
        most: dict[DocumentId, Contained] = {}
        for contained in decision.contains:
            document_id = (
                self._documents.get(contained.document_id).document.first_id
                or contained.document_id
            )
            if document_id not in most or contained.coverage > most[document_id].coverage:
                most[document_id] = contained
        return [
            ContainmentRow(
                document_id,
                contained.coverage,
                contained.coverage_of_longer,
                contained.jaccard,
                self._passages(contained.document_id, article),
                contained.reason,
            )
            for document_id, contained in sorted(most.items())
        ]


def _stored_postings(connection: Connection, batch: Mapping[DocumentId, Prepared]) -> Postings:
    sketches = [prepared.fingerprint.sketch for prepared in batch.values()]
    hashes = [hash_ for sketch in sketches for hash_ in bigints(sketch)]
    rules = next((prepared.fingerprint.rules for prepared in batch.values()), FIRST)
    return Postings(fingerprints.holders(connection, hashes, rules.common), rules)


def _same_text_or_title(
    connection: Connection, batch: Mapping[DocumentId, Prepared]
) -> dict[DocumentId, list[DocumentId]]:
    """The earlier documents with equal words, or with an equal headline: for a short one those of
    any outlet, for a longer one those of its own."""
    texts: dict[DocumentId, int] = {}
    titles: dict[DocumentId, int] = {}
    own_titles: dict[DocumentId, int] = {}
    for document_id, prepared in batch.items():
        text_hash, title_hash = hashes_of(prepared.fingerprint)
        if prepared.fingerprint.words:
            texts[document_id] = text_hash
        if title_hash:
            by_title = (
                titles
                if len(prepared.fingerprint.grams) < prepared.fingerprint.rules.short
                else own_titles
            )
            by_title[document_id] = title_hash
    found: dict[DocumentId, list[DocumentId]] = {}
    for like in fingerprints.same_text_or_title(connection, texts, titles, own_titles):
        found.setdefault(like.document_id, []).append(like.earlier_id)
    return found
