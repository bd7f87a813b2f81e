"""The documents that a batch is compared with: asked of the archive once, and kept in step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from newswatch.copies.decide import wants_text
from newswatch.copies.document import Document
from newswatch.copies.fingerprint import Fingerprint, Hashes, distinct
from newswatch.copies.rules import RULES
from newswatch.copies.seeds import pack, unpack
from newswatch.copies.wording import Wording
from newswatch.models import ArticleId, DocumentId, SeedId, StoryId
from newswatch.stages.deduplicate.archive import Archive
from newswatch.store.candidates import EarlierArticle
from newswatch.store.fingerprints import FingerprintRow, NewFingerprint


@dataclass(frozen=True, slots=True, eq=False)
class StoredDocument:
    """A document, whose it is, and the story that it belongs to."""

    document: Document
    article_id: ArticleId | None = None
    seed_id: SeedId | None = None
    story_id: StoryId | None = None
    later_ids: tuple[DocumentId, ...] = ()  # of later wordings of the same article


class DocumentCache:
    """Documents by id, kept in step; what is not in memory yet is asked for then."""

    def __init__(self, archive: Archive, batch: Collection[DocumentId]) -> None:
        self._archive = archive
        self._end = DocumentId(max(batch, default=0) + 1)
        self._size = len(batch)
        self._recent: dict[str, list[EarlierArticle]] = {}
        self._known: dict[DocumentId, StoredDocument] = {}
        self._wordings: dict[DocumentId, Wording | None] = {}

    def read(self, document_ids: Iterable[DocumentId]) -> None:
        """Have these in memory, with one query."""
        missing = sorted(
            {document_id for document_id in document_ids if document_id not in self._known}
        )
        for row in self._archive.documents(missing) if missing else ():
            self._known[row.document_id] = _stored_document(row)

    def read_related(self) -> None:
        """Have what those in memory copy in memory too, and their later wordings."""
        known = list(self._known.values())
        originals = {stored.document.original_id for stored in known} - {None}
        self.read([wanted for wanted in originals if wanted is not None])
        self.read(later_id for stored in known for later_id in stored.later_ids)

    def documents(self, document_ids: Iterable[DocumentId]) -> list[Document]:
        """Those of them that are still there: a posting may outlive its document."""
        wanted = list(document_ids)
        self.read(wanted)
        return [
            self._known[document_id].document
            for document_id in wanted
            if document_id in self._known
        ]

    def story_ids(self, document_ids: Iterable[DocumentId]) -> set[StoryId]:
        """The stories of those of them that are in memory."""
        found = {self._known[known].story_id for known in document_ids if known in self._known}
        return {story_id for story_id in found if story_id is not None}

    def known(self, document_ids: Iterable[DocumentId]) -> list[Document]:
        """Those of them that are in memory."""
        return [self._known[wanted].document for wanted in document_ids if wanted in self._known]

    def with_related(self, document_ids: Iterable[DocumentId]) -> list[Document]:
        """Those documents, what they copy (of many copies only the latest may be asked for), and
        the later wordings of articles whose first wording is among them."""
        found = self.documents(document_ids)
        originals = {document.original_id for document in found if document.original_id is not None}
        wanted = originals.union(document.document_id for document in found)
        self.read(originals)
        stored = [self._known[document_id] for document_id in wanted if document_id in self._known]
        return self.documents(sorted(wanted.union(*(document.later_ids for document in stored))))

    def read_wordings(self, document_ids: Iterable[DocumentId]) -> None:
        """Have the texts of these in memory, with one query."""
        missing = sorted({known for known in document_ids if known not in self._wordings})
        if not missing:
            return
        self._wordings.update(dict.fromkeys(missing))
        for row in self._archive.wordings(missing):
            self._wordings[row.document_id] = Wording(row.title, row.text, row.language, row.outlet)

    def wording(self, document_id: DocumentId) -> Wording | None:
        """None of a seed that is known by its fingerprint only."""
        self.read_wordings([document_id])
        return self._wordings[document_id]

    def with_wordings(self, new: Document, candidates: Sequence[Document]) -> list[Document]:
        """The candidates, each with its text where the decision on the new document needs that."""
        wanted = set(wants_text(new, candidates))
        self.read_wordings(wanted)
        return [
            replace(document, wording=self._wordings[document.document_id])
            if document.document_id in wanted
            else document
            for document in candidates
        ]

    def get(self, document_id: DocumentId) -> StoredDocument:
        self.read([document_id])
        return self._known[document_id]

    def decided(
        self,
        document: Document,
        article_id: ArticleId,
        original_id: DocumentId | None,
        story_id: StoryId | None,
    ) -> None:
        """Keep a new document; a seed's story begins with its first copy."""
        self._wordings[document.document_id] = document.wording
        self._known[document.document_id] = StoredDocument(
            replace(document, original_id=original_id, wording=None), article_id, story_id=story_id
        )
        if original_id is not None and (original := self.get(original_id)).story_id is None:
            self._known[original_id] = replace(original, story_id=story_id)

    def recent_grams(self, new: Document) -> list[tuple[int, Hashes]]:
        """Hash of the headline and grams of its outlet's last articles before that document."""
        rules = new.fingerprint.rules
        if new.outlet not in self._recent:
            self._recent[new.outlet] = self._archive.recent_of_outlet(
                new.outlet, rules.version, self._end, rules.recent + self._size
            )
        earlier = (
            article for article in self._recent[new.outlet] if article.document_id < new.document_id
        )
        return [
            (article.title_hash, unpack(article.grams)) for article in islice(earlier, rules.recent)
        ]


def to_store(
    fingerprint: Fingerprint,
    outlet: str,
    *,
    article_id: ArticleId | None = None,
    seed_id: SeedId | None = None,
    revised_at: datetime | None = None,
) -> NewFingerprint:
    """As the database holds it; `revised_at` is of a later wording."""
    text_hash, title_hash = hashes_of(fingerprint)
    return NewFingerprint(
        article_id=article_id,
        seed_id=seed_id,
        outlet=outlet,
        algorithm=fingerprint.rules.version,
        grams=pack(fingerprint.grams),
        numbers=pack(fingerprint.numbers),
        words=fingerprint.words,
        text_hash=text_hash,
        title_hash=title_hash,
        revised_at=revised_at,
    )


def hashes_of(fingerprint: Fingerprint) -> tuple[int, int]:
    """Of text and headline, as the database holds them."""
    return _signed(fingerprint.text_hash), _signed(fingerprint.title_hash)


def _signed(hash_: int) -> int:
    """As Postgres stores it: it has no unsigned bigint."""
    return hash_ - 2**64 if hash_ >= 2**63 else hash_


def fingerprint_of(row: FingerprintRow) -> Fingerprint:
    grams = unpack(row.grams)
    return Fingerprint(
        grams=grams,
        shingles=distinct(grams),
        numbers=unpack(row.numbers),
        words=row.words,
        text_hash=row.text_hash % 2**64,
        title_hash=row.title_hash % 2**64,
        rules=RULES[row.algorithm],
    )


def _stored_document(row: FingerprintRow) -> StoredDocument:
    document = Document(
        row.document_id,
        fingerprint_of(row),
        row.outlet,
        row.title,
        row.seen_at,
        is_seed=row.seed_id is not None,
        original_id=row.original_id,
        first_id=row.first_id,
    )
    return StoredDocument(document, row.article_id, row.seed_id, row.story_id, row.later_ids)
