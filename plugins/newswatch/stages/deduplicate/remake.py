"""The stories of a period made again by other figures, beside those that are stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from newswatch.models import ArticleId, StoryId
from newswatch.stages.deduplicate.batch import Prepared, decide_batch
from newswatch.stages.deduplicate.deduplicate import BATCH, prepare
from newswatch.stages.deduplicate.memory_archive import MemoryArchive
from newswatch.stages.deduplicate.versions import rules_of
from newswatch.stages.job import Work
from newswatch.store import decisions, stories, versions
from newswatch.store.decisions import PlacedText
from newswatch.stories.rules import StoryRules


@dataclass(frozen=True, slots=True)
class Remade:
    """Articles in the order of their decisions, the story that each is stored in, and the one that
    it would be in; the two are numbered apart."""

    articles: Sequence[PlacedText]
    made: Mapping[ArticleId, StoryId]

    def stored_stories(self) -> int:
        return len({article.story_id for article in self.articles})

    def made_stories(self) -> int:
        return len(set(self.made.values()))

    def pairs(self) -> Counter[str]:
        """Pairs of articles that are in one story: as `stored`, as `made` again, in `both`."""
        both = Counter((row.story_id, self.made[row.article_id]) for row in self.articles)
        stored = Counter(row.story_id for row in self.articles)
        made = Counter(self.made.values())
        return Counter(stored=_pairs(stored), made=_pairs(made), both=_pairs(both))

    def apart(self) -> list[tuple[PlacedText, PlacedText]]:
        """Of each stored story that falls into several, the first articles of two of them."""
        stored: dict[StoryId, dict[StoryId, PlacedText]] = defaultdict(dict)
        for row in self.articles:
            stored[row.story_id].setdefault(self.made[row.article_id], row)
        return _first_of_two(stored)

    def together(self) -> list[tuple[PlacedText, PlacedText]]:
        """Of each story made again that has articles of several, the first articles of two."""
        made: dict[StoryId, dict[StoryId, PlacedText]] = defaultdict(dict)
        for row in self.articles:
            made[self.made[row.article_id]].setdefault(row.story_id, row)
        return _first_of_two(made)


def remake(work: Work, story_rules: StoryRules, period: timedelta) -> Remade:
    """Decide on the articles of the last `period` once more, in memory: nothing is stored.

    How rare words are is what is known now, less the articles of the period. What these articles
    copied or joined before the period is not there.
    """
    articles = decisions.placed_since(work.connection, work.now - period)
    rules = rules_of(versions.version_in_force(work.connection))
    prepared = [prepare(article.waiting(), rules, story_rules) for article in articles]
    archive = MemoryArchive(*_rarities_before(work, prepared))
    window = timedelta(days=work.settings.dedupe_window_days)
    made: dict[ArticleId, StoryId] = {}
    for start in range(0, len(prepared), BATCH):
        batch = archive.add_articles(prepared[start : start + BATCH])
        result = decide_batch(batch, archive, window)
        archive.save(result)
        made |= {
            row.article_id: row.story_id for row in result.decisions if row.story_id is not None
        }
    return Remade(articles, made)


def _rarities_before(work: Work, prepared: Sequence[Prepared]) -> tuple[int, Counter[str]]:
    own: Counter[str] = Counter()
    for each in prepared:
        own.update(each.counts.keys())
    number, known = stories.rarities(work.connection, sorted(own))
    before = {key: max(0, count - own[key]) for key, count in known.items()}
    return max(0, number - len(prepared)), Counter(before)


def _pairs(sizes: Counter[StoryId] | Counter[tuple[StoryId, StoryId]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _first_of_two(
    groups: Mapping[StoryId, Mapping[StoryId, PlacedText]],
) -> list[tuple[PlacedText, PlacedText]]:
    return [next(combinations(parts.values(), 2)) for parts in groups.values() if len(parts) > 1]
