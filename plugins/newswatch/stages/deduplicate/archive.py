"""What decisions ask of all that was decided before: each question is about many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from newswatch.models import DocumentId, StoryId
from newswatch.store.candidates import EarlierArticle, Likeness, OwnTitle
from newswatch.store.decisions import DecisionRow, WordingRow
from newswatch.store.fingerprints import FingerprintRow
from newswatch.store.stories import MemberRow, StoryRow, StoryUpdate


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch decided, and what of that later batches ask for.

    `postings` are hashes with the documents that they are found by, `telling` is how many articles
    count for how rare terms are, `term_counts` in how many of these each term stood.
    """

    decisions: Sequence[DecisionRow]
    postings: Sequence[tuple[int, DocumentId]]
    stories: Sequence[StoryUpdate]
    telling: int
    term_counts: Mapping[str, int]
    stories_begun: int
    stories_joined: int


class Archive(Protocol):
    """Documents, their postings, decisions and stories, as a batch sees them before it."""

    def documents(self, document_ids: Sequence[DocumentId]) -> list[FingerprintRow]:
        """Those of them that are still there, in order, with what is decided of them."""

    def wordings(self, document_ids: Sequence[DocumentId]) -> list[WordingRow]:
        """The texts of those whose text is known."""

    def holders(
        self, hashes: Sequence[int], most: int
    ) -> Mapping[int, Sequence[DocumentId] | None]:
        """The documents that hold each hash that any holds; None where more than `most` do."""

    def like(
        self,
        texts: Mapping[DocumentId, int],
        titles: Mapping[DocumentId, int],
        own_titles: Mapping[DocumentId, OwnTitle],
    ) -> list[Likeness]:
        """The earlier documents with equal words or headline; see `store.candidates`."""

    def recent_of_outlet(
        self, outlet: str, algorithm: int, before: DocumentId, most: int
    ) -> list[EarlierArticle]:
        """The outlet's last articles before that document, the latest first, each in its first
        wording."""

    def rarities(self, terms: Sequence[str]) -> tuple[int, Mapping[str, int]]:
        """How many articles were counted, and in how many of them each term stood."""

    def stories_found_by(self, terms: Iterable[str], most: int) -> Mapping[str, Sequence[StoryId]]:
        """The newest stories that are found by each term, the newest first."""

    def stories(self, story_ids: Sequence[StoryId]) -> list[StoryRow]: ...

    def members(
        self, story_ids: Sequence[StoryId], most: int
    ) -> Mapping[StoryId, Sequence[MemberRow]]:
        """Each story's latest `most` originals and the first reprint of each seed, in order."""

    def new_story_ids(self, count: int) -> Sequence[StoryId]:
        """Ids for new stories, ascending; one that is not used stays a gap."""
