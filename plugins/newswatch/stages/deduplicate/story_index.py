"""Which stories a term or an anchor finds: what is stored, and what the batch made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from newswatch.models import StoryId
from newswatch.stages.deduplicate.archive import Archive
from newswatch.stories.similarity import Counts, anchor_vector, best, finding
from newswatch.stories.terms import Frequencies

NEWEST = 100  # stories that one key finds; an older one is found by its rarer keys
AHEAD = NEWEST + 50  # read of each key, for the batch changes some of them


def likely_keys(counts: Counts, frequencies: Frequencies) -> tuple[list[str], list[str]]:
    """The terms and the anchors that an article looks for as far as the frequencies before its
    batch tell, the best first; the terms go on behind those that it would look for by these. What
    else it looks for is asked for then."""
    rules = counts.rules
    terms = best(frequencies.weigh(counts.terms), rules.finding_terms + rules.finding_terms // 2)
    if counts.language is None:
        return list(terms), []
    anchors = finding(anchor_vector(counts, frequencies), counts.language, rules)
    return list(terms), list(anchors)


class StoryIndex:
    """Asks the archive once for the `likely` keys; what it finds is the same without them."""

    def __init__(self, archive: Archive, likely: Iterable[str]) -> None:
        self._archive = archive
        self._stored: dict[str, list[StoryId]] = {}
        self._batch: dict[str, set[StoryId]] = {}
        self._changed: dict[StoryId, AbstractSet[str]] = {}
        self._outdated: set[StoryId] = set()  # the changed ones that are stored
        self._read(likely, AHEAD)

    def newest(self, keys: Iterable[str]) -> Iterator[list[StoryId]]:
        """Of each key no more than the `NEWEST` stories, the newest first."""
        keys = list(keys)
        self._read([key for key in keys if key not in self._stored], AHEAD)
        self._read(
            [key for key in keys if self._is_short(self._stored[key])], NEWEST + len(self._outdated)
        )
        for key in keys:
            stored, changed = self._stored[key], self._batch.get(key)
            if not self._outdated.isdisjoint(stored):
                stored = [story_id for story_id in stored if story_id not in self._outdated]
            newest = sorted([*stored, *changed], reverse=True) if changed else stored
            yield newest[:NEWEST]

    def put(self, story_id: StoryId, keys: AbstractSet[str], *, is_new: bool) -> None:
        """The story is found by these keys from now on."""
        before = self._changed.get(story_id, frozenset())
        for key in before - keys:
            self._batch[key].discard(story_id)
        for key in keys - before:
            self._batch.setdefault(key, set()).add(story_id)
        self._changed[story_id] = keys
        if not is_new:
            self._outdated.add(story_id)

    def changed(self) -> list[tuple[StoryId, AbstractSet[str]]]:
        """The new and the changed stories, and what each is found by now."""
        return sorted(self._changed.items())

    def _is_short(self, stored: list[StoryId]) -> bool:
        """Whether more stories are stored than were read, and too few of those are left."""
        if len(stored) < AHEAD:
            return False
        return len(stored) - len(self._outdated.intersection(stored)) < NEWEST

    def _read(self, keys: Iterable[str], most: int) -> None:
        keys = list(keys)
        if keys:
            found = self._archive.stories_found_by(keys, most)
            self._stored.update({key: list(found.get(key, ())) for key in keys})
