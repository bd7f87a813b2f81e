"""Which sightings of aliases count: none under a mask, none without the context that it needs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from newswatch.topics.document import Article
from newswatch.topics.evaluate import Found
from newswatch.topics.load import MASKS
from newswatch.topics.partners import Hit
from newswatch.topics.patterns import Pattern


class Sighting(NamedTuple):
    """A pattern at a place of the article."""

    hit: Hit
    pattern: Pattern


def settled(article: Article, sightings: Sequence[Sighting]) -> Found:
    """Occurrences by group. Context is made of those that need none themselves."""
    masks = _Masks([sighting.hit for sighting in sightings if sighting.hit.group == MASKS])
    seen: defaultdict[str, set[Hit]] = defaultdict(set)
    needy = []
    for sighting in sightings:
        if sighting.hit.group == MASKS or masks.cover(sighting.hit):
            continue
        if sighting.pattern.needs is None:
            seen[sighting.hit.group].add(sighting.hit)
        else:
            needy.append(sighting)
    contexts = {
        group: _Context(article, seen.get(group, set()))
        for group in {sighting.pattern.needs for sighting in needy}
        if group is not None
    }
    for hit, pattern in needy:
        if pattern.needs is not None and contexts[pattern.needs].is_near(hit, pattern.within):
            seen[hit.group].add(hit)
    return {group: sorted(hits) for group, hits in seen.items()}


class _Masks:
    """Masked stretches; how far they reach is known from where they begin."""

    def __init__(self, masks: Sequence[Hit]) -> None:
        ordered = sorted((mask.part, mask.start, mask.end) for mask in masks)
        self._starts = [(part, start) for part, start, _ in ordered]
        self._reach = list(accumulate(((part, end) for part, _, end in ordered), max))

    def cover(self, hit: Hit) -> bool:
        """Does the hit stand inside a mask? An alias for exactly the masked words still counts."""
        longer = bisect_left(self._starts, (hit.part, hit.start))
        if longer and self._reach[longer - 1] >= (hit.part, hit.end):
            return True
        same = bisect_right(self._starts, (hit.part, hit.start))
        return same > longer and self._reach[same - 1] > (hit.part, hit.end)


class _Context:
    """Where the words of a group stand that other aliases need near them."""

    def __init__(self, article: Article, hits: set[Hit]) -> None:
        self._article = article
        self._spans = {(hit.part, hit.start, hit.end) for hit in hits}
        self._words = sorted(
            (part, article.parts[part].word_at(start)) for part, start, _ in self._spans
        )
        self._sentences = sorted(
            (part, article.parts[part].sentence_at(start)) for part, start, _ in self._spans
        )

    def is_near(self, hit: Hit, within: int | None) -> bool:
        """Is there another one in the hit's sentence, or so many words away?"""
        part = self._article.parts[hit.part]
        if within is None:
            sentence = part.sentence_at(hit.start)
            near = _between(self._sentences, hit.part, sentence, sentence)
        else:
            word = part.word_at(hit.start)
            near = _between(self._words, hit.part, word - within, word + within)
        return near > ((hit.part, hit.start, hit.end) in self._spans)


def _between(places: Sequence[tuple[int, int]], part: int, low: int, high: int) -> int:
    """How many of the sorted places lie in a part from `low` to `high`."""
    return bisect_right(places, (part, high)) - bisect_left(places, (part, low))
