"""The stories that a batch of articles may join, kept in step while the batch is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.dedupe.stories import (
    Frequencies,
    Story,
    Vector,
    best,
    join,
    match,
    vector_of,
)
from newswatch.models import ArticleId
from newswatch.store import stories
from newswatch.store.database import Connection
from newswatch.store.decisions import Waiting
from newswatch.store.stories import Beginning, StoryRow, StoryUpdate

FINDING_TERMS = 20  # of a story: what it is found by
SHARED_TERMS = 3  # fewer say nothing
NEWEST = 100  # stories that one term finds; an older one is found by its rarer terms


@dataclass(frozen=True, slots=True)
class Membership:
    story_id: int | None
    begun: bool = False  # by this article
    similarity: float | None = None
    terms: tuple[tuple[str, float], ...] = ()


class StoryBook:
    """Decides in memory and writes once, in `save`; the split into batches changes no decision."""

    def __init__(
        self,
        connection: Connection,
        terms: Mapping[ArticleId, Mapping[str, float]],
        since: datetime,
    ) -> None:
        """`terms` are the term counts of the batch's articles."""
        self._connection = connection
        self._since = since
        self._terms = terms
        every = sorted({term for counts in terms.values() for term in counts})
        self.frequencies = Frequencies(*stories.rarities(connection, every))
        self._stories: dict[int, Story] = {}
        self._found_by: dict[str, set[int]] = {}  # of the changed stories
        self._changed: dict[int, frozenset[str]] = {}  # and what each is found by
        self._begun: dict[int, Beginning] = {}  # not stored yet
        self._new_ids = iter(stories.reserve_ids(connection, len(terms)))
        self._added: Counter[int] = Counter()
        self._counted: Counter[str] = Counter()
        self._originals = 0
        self.counts: Counter[str] = Counter(stories_new=0, stories_joined=0)

    def assign(self, article: Waiting) -> Membership:
        """The story of an original: the most similar one, or a new one."""
        counts = self._terms[article.article_id]
        self.frequencies.add(list(counts))
        self._originals += 1
        self._counted.update(counts.keys())
        vector = vector_of(counts, self.frequencies)
        found = match(vector, article.first_seen_at, self._near(vector))
        if found is None:
            story_id = self._begin(article)
            member = Membership(story_id, begun=True)
            self.counts["stories_new"] += 1
        else:
            story_id = found.story_id
            member = Membership(story_id, similarity=found.similarity, terms=found.terms)
            self.counts["stories_joined"] += 1
        story = self._stories[story_id]
        join(story, vector, article.first_seen_at)
        self._note_change(story)
        return member

    def join_copy(self, story_id: int, seen_at: datetime) -> Membership:
        """Add a copy to its original's story: it says nothing new, but keeps the story alive."""
        self._read([story_id])
        story = self._stories[story_id]
        join(story, {}, seen_at)
        self._note_change(story)
        return Membership(story_id)

    def save(self) -> None:
        """Write the changed stories and how often each term was met."""
        stories.save_stories(
            self._connection,
            [
                StoryUpdate(
                    StoryRow(story_id, story.vector, _seen(story)),
                    sorted(terms),
                    self._added[story_id],
                    self._begun.get(story_id),
                )
                for story_id, terms in sorted(self._changed.items())
                for story in [self._stories[story_id]]
            ],
        )
        if self._originals:
            stories.count_terms(self._connection, self._originals, self._counted)

    def _begin(self, article: Waiting) -> int:
        seen_at = article.first_seen_at
        story_id = next(self._new_ids)
        self._stories[story_id] = Story(story_id, {}, seen_at)
        self._begun[story_id] = Beginning(article.title, seen_at)
        return story_id

    def _note_change(self, story: Story) -> None:
        self._added[story.story_id] += 1
        before = self._changed.get(story.story_id, frozenset())
        after = frozenset(best(story.vector, FINDING_TERMS))
        for term in before - after:
            self._found_by[term].discard(story.story_id)
        for term in after - before:
            self._found_by.setdefault(term, set()).add(story.story_id)
        self._changed[story.story_id] = after

    def _near(self, vector: Vector) -> list[Story]:
        """The stories that share enough of their best terms with an article's."""
        terms = list(best(vector, FINDING_TERMS))
        outdated = len(self._changed.keys() - self._begun.keys())
        stored = stories.newest_with_terms(self._connection, terms, NEWEST + outdated)
        shared: Counter[int] = Counter()
        for term in terms:
            holders = {found for found in stored.get(term, ()) if found not in self._changed}
            holders |= self._found_by.get(term, set())
            shared.update(sorted(holders, reverse=True)[:NEWEST])
        near = [story_id for story_id, number in shared.items() if number >= SHARED_TERMS]
        self._read(near)
        return [
            story
            for story_id in near
            if (story := self._stories[story_id]).last_seen_at is None
            or story.last_seen_at >= self._since
        ]

    def _read(self, story_ids: Sequence[int]) -> None:
        missing = [story_id for story_id in story_ids if story_id not in self._stories]
        for row in stories.load_stories(self._connection, missing) if missing else ():
            self._stories[row.story_id] = Story(row.story_id, dict(row.vector), row.last_seen_at)


def _seen(story: Story) -> datetime:
    if story.last_seen_at is None:
        raise LookupError(f"story {story.story_id} was never seen")
    return story.last_seen_at
