"""Decisions of a batch as rows of the database, with the passages that texts share."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from newswatch.copies.compare import passages
from newswatch.copies.decision import Contained, Decision
from newswatch.copies.document import Document
from newswatch.models import DocumentId
from newswatch.stages.deadline import cpu_deadline
from newswatch.stages.deduplicate.documents import DocumentCache
from newswatch.stages.deduplicate.story_assigner import Membership
from newswatch.store.decisions import ContainmentRow, DecisionRow, Spans, Waiting
from newswatch.stories.roles import RoleInStory
from newswatch.stories.terms import Frequencies

SECONDS = 60.0  # of CPU time, to compare one article with those that may share text with it


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """An article and what was decided of it; `frequencies` are those of its terms then."""

    new: Document
    article: Waiting
    decision: Decision
    story: Membership
    frequencies: Frequencies | None


def row_of(decided: Decided, part: RoleInStory | None, documents: DocumentCache) -> DecisionRow:
    """A decision as the database holds it."""
    article, decision, story = decided.article, decided.decision, decided.story
    original = None if decision.original_id is None else documents.get(decision.original_id)
    compared = None if decision.compared_id is None else documents.get(decision.compared_id)
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
        else _passages(documents, decision.compared_id, article),
        reason=decision.reason,
        relation=decision.relation,
        added=decision.added,
        changes=[asdict(change) for change in decision.changes],
        contains=_edges(documents, decision, article),
        algorithm_version=decided.new.fingerprint.rules.version,
        story_id=story.story_id,
        story_similarity=story.similarity,
        story_terms=dict(story.terms) if story.terms else None,
        story_version=story.version,
        role=part.role if part else None,
        new_sentences=part.new_sentences if part else (),
    )


def _passages(documents: DocumentCache, document_id: DocumentId, article: Waiting) -> list[Spans]:
    """The longest that the article shares with an earlier document."""
    earlier = documents.wording(document_id)
    with cpu_deadline(SECONDS):
        found = passages(earlier.text if earlier else "", article.text)
    return [(span.start_a, span.end_a, span.start_b, span.end_b) for span in found]


def _edges(documents: DocumentCache, decision: Decision, article: Waiting) -> list[ContainmentRow]:
    """What it contains, by the first document of each article: later ones are replaced."""
    most: dict[DocumentId, Contained] = {}
    for contained in decision.contains:
        document_id = (
            documents.get(contained.document_id).document.first_id or contained.document_id
        )
        if document_id not in most or contained.coverage > most[document_id].coverage:
            most[document_id] = contained
    return [
        ContainmentRow(
            document_id,
            contained.coverage,
            contained.coverage_of_longer,
            contained.jaccard,
            _passages(documents, contained.document_id, article),
            contained.reason,
        )
        for document_id, contained in sorted(most.items())
    ]
