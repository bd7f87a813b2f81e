"""What is decided of an article: whether it copies an earlier document, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass

from newswatch.models import DocumentId, DuplicateKind, FactChange, OriginalRelation


@dataclass(frozen=True, slots=True)
class Contained:
    """An earlier document that stands in a longer, newer one; `coverage` is of that document,
    `coverage_of_longer` of the newer one."""

    document_id: DocumentId
    coverage: float
    coverage_of_longer: float
    jaccard: float
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """`kind` None: an original. `original_id` is a document id.

    `compared_id` is of the document that coverages and reason are about. An original has it too if
    it shares passages with an earlier document; `relation` says which way. `added` are sentences
    that this document does not have, and `changes` facts that the new article says otherwise.
    """

    kind: DuplicateKind | None
    original_id: DocumentId | None
    compared_id: DocumentId | None
    coverage: float
    coverage_of_original: float
    jaccard: float
    reason: str
    contains: tuple[Contained, ...] = ()
    relation: OriginalRelation | None = None
    added: tuple[str, ...] = ()
    changes: tuple[FactChange, ...] = ()
    others: tuple[DocumentId, ...] = ()  # texts of its words that its headline tells from it
    is_made_from_compared: bool = False  # an update of most of that text: it reports on the same
