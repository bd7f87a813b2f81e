"""The stories that a batch of articles may join, kept in step while the batch is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.dedupe.stories import (
    Document,
    Frequencies,
    Story,
    Vector,
    best,
    join,
    match,
    term_counts,
    vector_of,
)
from newswatch.store import fingerprints, stories
from newswatch.store.database import Connection
from newswatch.store.decisions import Waiting

FINDING_TERMS = 20  # of a story: what it is found by
SHARED_TERMS = 3  # fewer say nothing


@dataclass(frozen=True, slots=True)
class Membership:
    story_id: int
    similarity: float | None = None
    terms: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Which article or seed a document is."""

    article_id: int | None = None
    seed_id: int | None = None


class StoryBook:
    """Reads what a batch needs when it is made, decides in memory, writes once in `save`."""

    def __init__(
        self,
        connection: Connection,
        articles: Sequence[Waiting],
        since: datetime,
        of_documents: Sequence[int],
    ) -> None:
        self._connection = connection
        self._terms = {
            article.article_id: term_counts(
                Document(article.title, article.text, article.first_seen_at)
            )
            for article in articles
        }
        every = sorted({term for counts in self._terms.values() for term in counts})
        self._frequencies = Frequencies(*stories.rarities(connection, every))
        self._stories: dict[int, Story] = {}
        self._found_by: dict[str, set[int]] = {}
        for row in stories.near_stories(connection, self._finding_terms(), since, SHARED_TERMS):
            self._stories[row.story_id] = Story(row.story_id, dict(row.vector), row.last_seen_at)
            self._index(row.story_id)
        self._story_of = stories.story_of_document(connection, of_documents)
        self._references = {
            row.document_id: Reference(row.article_id, row.seed_id)
            for row in fingerprints.load(connection, of_documents)
        }
        self._changed: set[int] = set()
        self._added: Counter[int] = Counter()
        self._counted: Counter[str] = Counter()
        self._originals = 0
        self.counts: Counter[str] = Counter()

    def assign(self, document_id: int, article: Waiting, original: int | None) -> Membership:
        """The story of an article: a copy's is its original's."""
        self._references[document_id] = Reference(article_id=article.article_id)
        if original is not None and original in self._story_of:
            member = Membership(self._story_of[original])
        else:
            member = self._find(article)
        self._story_of[document_id] = member.story_id
        self._added[member.story_id] += 1
        return member

    def reference(self, connection: Connection, document_id: int | None) -> Reference:
        """Which article or seed a document is; a copy's original may be outside the batch."""
        if document_id is None:
            return Reference()
        if document_id not in self._references:
            row = fingerprints.load(connection, [document_id])[0]
            self._references[document_id] = Reference(row.article_id, row.seed_id)
        return self._references[document_id]

    def save(self) -> None:
        for story_id in sorted(self._changed):
            story = self._stories[story_id]
            terms = list(best(story.vector, FINDING_TERMS))
            if story.last_seen_at is not None:
                stories.save_story(
                    self._connection, story_id, story.vector, terms, story.last_seen_at
                )
        stories.add_articles(self._connection, self._added)
        if self._originals:
            stories.count_terms(self._connection, self._originals, self._counted)

    def _find(self, article: Waiting) -> Membership:
        counts = self._terms[article.article_id]
        self._frequencies.add(list(counts))
        self._originals += 1
        self._counted.update(counts.keys())
        vector = vector_of(counts, self._frequencies)
        seen_at = article.first_seen_at
        found = match(vector, seen_at, self._near(vector))
        if found is None:
            story_id = stories.insert_story(self._connection, article.title, seen_at)
            self._stories[story_id] = Story(story_id, {}, seen_at)
            member = Membership(story_id)
            self.counts["stories_new"] += 1
        else:
            member = Membership(found.story_id, found.similarity, found.terms)
            self.counts["stories_joined"] += 1
        join(self._stories[member.story_id], vector, seen_at)
        self._changed.add(member.story_id)
        self._index(member.story_id)
        return member

    def _finding_terms(self) -> list[tuple[int, str]]:
        return [
            (article_id, term)
            for article_id, counts in self._terms.items()
            for term in best(vector_of(counts, self._frequencies), FINDING_TERMS)
        ]

    def _index(self, story_id: int) -> None:
        for term in best(self._stories[story_id].vector, FINDING_TERMS):
            self._found_by.setdefault(term, set()).add(story_id)

    def _near(self, vector: Vector) -> list[Story]:
        shared = Counter(
            story_id
            for term in best(vector, FINDING_TERMS)
            for story_id in self._found_by.get(term, ())
        )
        return [self._stories[found] for found, n in shared.items() if n >= SHARED_TERMS]
