"""The archive in the database: each question is one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newswatch.models import DocumentId, StoryId
from newswatch.stages.deduplicate.archive import BatchResult
from newswatch.store import candidates, decisions, fingerprints, stories
from newswatch.store.candidates import EarlierArticle, Likeness, OwnTitle
from newswatch.store.decisions import WordingRow
from newswatch.store.fingerprints import FingerprintRow
from newswatch.store.server.database import Connection
from newswatch.store.stories import MemberRow, StoryRow


@dataclass(frozen=True, slots=True)
class PostgresArchive:
    """Needs the lock on decisions: nobody else may add to what it has answered."""

    connection: Connection

    def documents(self, document_ids: Sequence[DocumentId]) -> list[FingerprintRow]:
        return fingerprints.load(self.connection, document_ids)

    def wordings(self, document_ids: Sequence[DocumentId]) -> list[WordingRow]:
        return decisions.wordings_of(self.connection, document_ids)

    def holders(
        self, hashes: Sequence[int], most: int
    ) -> Mapping[int, Sequence[DocumentId] | None]:
        return candidates.holders(self.connection, hashes, most)

    def like(
        self,
        texts: Mapping[DocumentId, int],
        titles: Mapping[DocumentId, int],
        own_titles: Mapping[DocumentId, OwnTitle],
    ) -> list[Likeness]:
        return candidates.same_text_or_title(self.connection, texts, titles, own_titles)

    def recent_of_outlet(
        self, outlet: str, algorithm: int, before: DocumentId, most: int
    ) -> list[EarlierArticle]:
        return candidates.recent_of_outlet(self.connection, outlet, algorithm, before, most)

    def rarities(self, terms: Sequence[str]) -> tuple[int, Mapping[str, int]]:
        return stories.rarities(self.connection, terms)

    def stories_found_by(self, terms: Iterable[str], most: int) -> Mapping[str, Sequence[StoryId]]:
        return stories.newest_with_terms(self.connection, sorted(terms), most)

    def stories(self, story_ids: Sequence[StoryId]) -> list[StoryRow]:
        return stories.load_stories(self.connection, story_ids)

    def members(
        self, story_ids: Sequence[StoryId], most: int
    ) -> Mapping[StoryId, Sequence[MemberRow]]:
        found: dict[StoryId, list[MemberRow]] = {}
        for member in stories.members(self.connection, story_ids, most):
            found.setdefault(member.story_id, []).append(member)
        return found

    def new_story_ids(self, count: int) -> Sequence[StoryId]:
        return stories.reserve_ids(self.connection, count)

    def save(self, result: BatchResult) -> None:
        """Write all but the decisions themselves."""
        fingerprints.insert_postings(self.connection, result.postings)
        stories.save_stories(self.connection, result.stories)
        if result.telling:
            stories.count_terms(self.connection, result.telling, result.term_counts)
