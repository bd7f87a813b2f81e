"""Which of several things a word belongs to: the one that its sentence names nearest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from math import inf

from newswatch.topics.document import Article
from newswatch.topics.partners import Hit

CLAUSE = 8  # words that a comma or a dash between two words weighs: what it parts is told apart


class Nearest:
    """Occurrences, asked for the nearest to another one in its sentence; each question costs a
    binary search."""

    def __init__(self, article: Article, hits: Iterable[Hit]) -> None:
        self._article = article
        self._known: dict[Hit, float] = {}
        self._by_sentence: defaultdict[tuple[int, int], list[Hit]] = defaultdict(list)
        for hit in sorted(hits):
            self._by_sentence[_sentence(article, hit)].append(hit)

    def distance(self, hit: Hit) -> float:
        """Words to the nearest one, clauses weighed; infinite where the sentence has none."""
        known = self._known.get(hit)
        if known is None:
            known = self._known[hit] = self._distance(hit)
        return known

    def _distance(self, hit: Hit) -> float:
        among = self._by_sentence.get(_sentence(self._article, hit), [])
        after = bisect_left(among, hit)
        return min(
            (apart(self._article, hit, other) for other in among[max(0, after - 1) : after + 1]),
            default=inf,
        )


def apart(article: Article, one: Hit, other: Hit) -> float:
    """Words from one occurrence to another of the same part, and `CLAUSE` for each clause mark."""
    first, last = sorted((one, other))
    part = article.parts[one.part]
    words = part.word_at(last.start) - part.word_at(max(first.start, first.end - 1))
    marks = bisect_right(part.clauses, last.start) - bisect_right(part.clauses, first.end - 1)
    return max(0, words) + CLAUSE * max(0, marks)


def _sentence(article: Article, hit: Hit) -> tuple[int, int]:
    return hit.part, article.parts[hit.part].sentence_at(hit.start)
