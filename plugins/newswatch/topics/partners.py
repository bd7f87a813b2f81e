"""Which findings of a rule's right side stand close to one of its left side.

A text may hold a hundred thousand occurrences, so no question looks at all of them: each costs a
binary search, whatever the length of the text, of its sentences and of the windows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from newswatch.topics.document import Article
from newswatch.topics.rules import Pair


class Hit(NamedTuple):
    """One occurrence of a group's alias; of the parts see `document`."""

    part: int
    start: int
    end: int
    group: str


Finding = tuple[Hit, ...]  # sorted, all of one part


WordAt = Callable[[int], int]  # the number of the word at an offset


class Partners(Protocol):
    """Findings among which partners are looked for."""

    def of(self, finding: Finding) -> list[Finding]:
        """The nearest one on either side: the last that begins before the finding, the first that
        begins with or after it. The same words are no partner of themselves."""


def partners_in(article: Article, rule: Pair, findings: Sequence[Finding]) -> Partners:
    """The partners that the rule allows, among sorted findings of its right side."""
    if rule.words is not None:
        in_order = rule.operator == "ONEAR"
        return _Near(article, findings, rule.words, rule.least, in_order=in_order)
    return _Together(article, findings, by_paragraph=rule.operator == "PARA")


class _Together:
    """Partners in the same sentence or paragraph."""

    def __init__(
        self, article: Article, findings: Sequence[Finding], *, by_paragraph: bool
    ) -> None:
        self._at = [
            part.paragraph_at if by_paragraph else part.sentence_at for part in article.parts
        ]
        self._by_place: defaultdict[tuple[int, int], list[Finding]] = defaultdict(list)
        for finding in findings:
            if (place := self._place(finding)) is not None:
                self._by_place[place].append(finding)
        self._starts = {
            place: [finding[0].start for finding in among]
            for place, among in self._by_place.items()
        }

    def of(self, finding: Finding) -> list[Finding]:
        place = self._place(finding)
        among = self._by_place.get(place) if place is not None else None
        if place is None or among is None:
            return []
        first = bisect_left(self._starts[place], finding[0].start)
        after = _first_apart(among, first, finding)
        return [*among[max(0, first - 1) : first], *among[after : after + 1]]

    def _place(self, finding: Finding) -> tuple[int, int] | None:
        """Part and number of the sentence (or paragraph), if the finding lies in one."""
        at = self._at[finding[0].part]
        first = at(finding[0].start)
        if len(finding) > 1 and at(finding[-1].start) != first:
            return None
        return finding[0].part, first


class _Near:
    """Partners with at most so many words between; in order, also with at least so many."""

    def __init__(
        self,
        article: Article,
        findings: Sequence[Finding],
        words: int,
        least: int,
        *,
        in_order: bool,
    ) -> None:
        self._word_at = [part.word_at for part in article.parts]
        self._words, self._least, self._in_order = words, least, in_order
        self._parts = tuple(
            _Row([finding for finding in findings if finding[0].part == part], self._word_at[part])
            for part in range(len(article.parts))
        )

    def of(self, finding: Finding) -> list[Finding]:
        part = finding[0].part
        row, word_at = self._parts[part], self._word_at[part]
        start, end = finding[0].start, _end(finding)
        nearest = []
        if not self._in_order:
            before = row.last_reaching(start, word_at(start) - self._words - 1)
            nearest += row.findings[before : before + 1] if before is not None else []
        after = bisect_left(row.starts, end if self._in_order else start)
        if self._least:
            after = max(after, bisect_left(row.first, word_at(end - 1) + 1 + self._least))
        after = _first_apart(row.findings, after, finding)
        if after < len(row.findings) and row.first[after] - word_at(end - 1) <= self._words + 1:
            nearest.append(row.findings[after])
        return nearest


class _Row:
    """The findings in one part, by where they begin, with their first and last words' numbers."""

    def __init__(self, findings: list[Finding], word_at: WordAt) -> None:
        self.findings = findings
        self.starts = [finding[0].start for finding in findings]
        self.first = [word_at(start) for start in self.starts]
        self._last = [word_at(_end(finding) - 1) for finding in findings]
        self._longer = self._before_that_reach_further()

    def _before_that_reach_further(self) -> list[int]:
        """For each finding the nearest one before it whose last word comes later; -1 for none."""
        found: list[int] = []
        for place, last in enumerate(self._last):
            other = place - 1
            while other >= 0 and self._last[other] <= last:
                other = found[other]
            found.append(other)
        return found

    def last_reaching(self, start: int, word: int) -> int | None:
        """The last finding that begins before an offset and ends with that word or a later one."""
        place = bisect_left(self.starts, start) - 1
        while place >= 0 and self._last[place] < word:
            place = self._longer[place]
        return place if place >= 0 else None


def _end(finding: Finding) -> int:
    return finding[0].end if len(finding) == 1 else max(hit.end for hit in finding)


def _first_apart(findings: Sequence[Finding], place: int, finding: Finding) -> int:
    """The first one from a place on that is not the same words as the finding."""
    span = finding[0].start, finding[-1].end
    while place < len(findings) and (findings[place][0].start, findings[place][-1].end) == span:
        place += 1
    return place
