"""The stories that a batch of articles may join, kept in step while the batch is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from newswatch.models import ArticleId, StoryId
from newswatch.stages.deadline import cpu_deadline
from newswatch.stages.deduplicate.archive import Archive
from newswatch.stages.deduplicate.story_index import StoryIndex, likely_keys
from newswatch.store.decisions import Waiting
from newswatch.store.stories import Beginning, StoryRow, StoryUpdate, StrandRow
from newswatch.stories.rules import StoryRules
from newswatch.stories.similarity import (
    Counts,
    Match,
    Profile,
    Story,
    Strand,
    best,
    finding,
    join,
    match,
    match_across_languages,
    profile_of,
    touch,
)
from newswatch.stories.terms import Frequencies

SECONDS = 60.0  # of CPU time, to compare one article with the stories that it may belong to


@dataclass(frozen=True, slots=True)
class Membership:
    story_id: StoryId | None
    version: int | None = None  # of the rules that it was decided by
    begun: bool = False  # by this article
    similarity: float | None = None
    terms: tuple[tuple[str, float], ...] = ()


class StoryAssigner:
    """Decides in memory; the split into batches changes no decision."""

    def __init__(
        self,
        archive: Archive,
        counts: Mapping[ArticleId, Counts],
        window: timedelta,
        rules: StoryRules,
    ) -> None:
        """`counts` are those of the batch's articles. A story may be joined for a `window` after
        it was last seen."""
        self._archive = archive
        self._window = window
        self._counts = counts
        self.rules = rules
        every = sorted({key for article_counts in counts.values() for key in article_counts.keys()})  # noqa: SIM118
        self.frequencies = Frequencies(*archive.rarities(every), rules.prior)
        self._stories: dict[StoryId, Story] = {}
        likely = [likely_keys(each, self.frequencies) for each in counts.values()]
        self._finder = StoryIndex(archive, {key for both in likely for key in chain(*both)})
        self._begun: dict[StoryId, Beginning] = {}  # not stored yet
        self._new_ids = iter(archive.new_story_ids(len(counts)))
        wanted = [
            keys for terms, anchors in likely for keys in (terms[: rules.finding_terms], anchors)
        ]
        self.read([story_id for keys in wanted for story_id in self._found_by(keys)])
        self._added: Counter[StoryId] = Counter()
        self.telling = 0
        self.counts: Counter[str] = Counter(stories_new=0, stories_joined=0)

    def assign(
        self, article: Waiting, others: AbstractSet[StoryId | None] = frozenset()
    ) -> Membership:
        """The story of an original: the most similar one but for the `others`, or a new one."""
        profile = self._profile(article)
        found = self._match(profile, article.first_seen_at, others)
        if found is None:
            story_id = self._begin(article)
            strand = profile.language or ""
            member = Membership(story_id, self.rules.version, begun=True)
            self.counts["stories_new"] += 1
        else:
            story_id, strand = found.story_id, found.strand
            member = Membership(
                story_id, self.rules.version, similarity=found.similarity, terms=found.terms
            )
            self.counts["stories_joined"] += 1
        story = self._stories[story_id]
        with cpu_deadline(SECONDS):
            join(story, strand, profile, article.first_seen_at)
        self._note_change(story)
        return member

    def join_update(self, story_id: StoryId, article: Waiting) -> Membership:
        """Add what was made from an article to the story of that, unless that is long over."""
        self.read([story_id])
        if not self._may_be_joined(self._stories[story_id], article.first_seen_at):
            return self.assign(article)
        self.counts["stories_joined"] += 1
        return self.join_text(story_id, article)

    def join_text(self, story_id: StoryId, article: Waiting) -> Membership:
        """Add a text to a story: further reports find it by both."""
        profile = self._profile(article)
        self.read([story_id])
        story = self._stories[story_id]
        with cpu_deadline(SECONDS):
            join(story, profile.language or "", profile, article.first_seen_at)
        self._note_change(story)
        return Membership(story_id, self.rules.version)

    def join_copy(self, story_id: StoryId, seen_at: datetime) -> Membership:
        """Add a copy to its original's story: it says nothing new, but keeps the story alive."""
        self.read([story_id])
        story = self._stories[story_id]
        touch(story, seen_at)
        self._note_change(story)
        return Membership(story_id, self.rules.version)

    def updates(self) -> list[StoryUpdate]:
        """The new and the changed stories."""
        return [
            StoryUpdate(
                StoryRow(story_id, stored_strands(story.strands), _seen(story)),
                sorted(terms),
                self._added[story_id],
                self._begun.get(story_id),
            )
            for story_id, terms in self._finder.changed()
            for story in [self._stories[story_id]]
        ]

    def _profile(self, article: Waiting) -> Profile:
        """Of an article that tells something: it counts for how rare terms are."""
        counts = self._counts[article.article_id]
        self.frequencies.add(counts.keys())
        self.telling += 1
        with cpu_deadline(SECONDS):
            return profile_of(counts, self.frequencies)

    def _begin(self, article: Waiting) -> StoryId:
        seen_at = article.first_seen_at
        story_id = next(self._new_ids)
        self._stories[story_id] = Story(story_id, {}, seen_at)
        self._begun[story_id] = Beginning(article.title, seen_at)
        return story_id

    def _note_change(self, story: Story) -> None:
        self._added[story.story_id] += 1
        self._finder.put(
            story.story_id, story.found_by(self.rules), is_new=story.story_id in self._begun
        )

    def _match(
        self, profile: Profile, seen_at: datetime, others: AbstractSet[StoryId | None]
    ) -> Match | None:
        near = self._near(best(profile.vector, self.rules.finding_terms), seen_at)
        others_than = [story for story in near if story.story_id not in others]
        with cpu_deadline(SECONDS):
            found = match(profile, seen_at, others_than)
        if found is None and profile.language is not None:
            anchors = finding(profile.anchors, profile.language, self.rules)
            abroad = self._near(anchors, seen_at)
            with cpu_deadline(SECONDS):
                found = match_across_languages(profile, seen_at, abroad)
        return found

    def _near(self, keys: Iterable[str], seen_at: datetime | None) -> list[Story]:
        """The stories that are found by enough of these terms or anchors."""
        near = self._found_by(keys)
        self.read(near)
        return [
            story
            for story_id in near
            if (story := self._stories.get(story_id)) is not None
            and self._may_be_joined(story, seen_at)
        ]

    def _found_by(self, keys: Iterable[str]) -> list[StoryId]:
        shared = Counter(chain.from_iterable(self._finder.newest(keys)))
        return [story_id for story_id, number in shared.items() if number >= self.rules.shared_keys]

    def _may_be_joined(self, story: Story, seen_at: datetime | None) -> bool:
        return (
            story.last_seen_at is None
            or seen_at is None
            or story.last_seen_at >= seen_at - self._window
        )

    def read(self, story_ids: Iterable[StoryId]) -> None:
        """Have these in memory, asked for at once."""
        missing = sorted({story_id for story_id in story_ids if story_id not in self._stories})
        for row in self._archive.stories(missing) if missing else ():
            self._stories[row.story_id] = Story(
                row.story_id, _strands(row.strands), row.last_seen_at
            )


def _strands(stored: Mapping[str, StrandRow]) -> dict[str, Strand]:
    return {
        language: Strand(
            dict(strand["terms"]),
            {key: weight for key, (weight, _) in strand["anchors"].items()},
            {key: form for key, (_, form) in strand["anchors"].items()},
        )
        for language, strand in stored.items()
    }


def stored_strands(strands: Mapping[str, Strand]) -> dict[str, StrandRow]:
    """As the database holds them."""
    return {
        language: {
            "terms": strand.vector,
            "anchors": {key: (weight, strand.forms[key]) for key, weight in strand.anchors.items()},
        }
        for language, strand in strands.items()
    }


def _seen(story: Story) -> datetime:
    if story.last_seen_at is None:
        raise LookupError(f"story {story.story_id} was never seen")
    return story.last_seen_at
