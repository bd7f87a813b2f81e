"""What a rule finds in an article.

A finding is the occurrences that together satisfy a rule, so that each of them is evidence. Of the
many partners that an occurrence may have, the nearest on either side are taken.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, assert_never

from newswatch.topics.document import LEAD_WORDS, Article
from newswatch.topics.rules import Count, Either, Group, Join, Pair, Placed, Rule


class Hit(NamedTuple):
    """One occurrence of a group's alias. `part` 0 is the title, 1 the text."""

    part: int
    start: int
    end: int
    group: str


Finding = tuple[Hit, ...]  # sorted, all of one part
Found = Mapping[str, Sequence[Hit]]  # by group, sorted


def needed_groups(rule: Rule) -> frozenset[frozenset[str]]:
    """The sets of groups of which one must all occur for the rule to find anything."""
    match rule:
        case Group(name) | Count(name, _):
            return frozenset({frozenset({name})})
        case Placed(_, inner):
            return needed_groups(inner)
        case Either(options):
            return frozenset().union(*(needed_groups(option) for option in options))
        case Pair("WITHOUT", _, left, _) | Join("AND NOT", left, _):
            return needed_groups(left)
        case Pair(_, _, left, right) | Join(_, left, right):
            return frozenset(
                one | other for one in needed_groups(left) for other in needed_groups(right)
            )
        case _ as never:
            assert_never(never)


class Evaluation:
    """Rules over one article; what several rules have in common is found once."""

    def __init__(self, article: Article, found: Found) -> None:
        self._article, self._found = article, found
        self._known: dict[Rule, list[Finding]] = {}

    def findings(self, rule: Rule) -> list[Finding]:
        """Every finding of a rule, sorted, none twice."""
        known = self._known.get(rule)
        if known is None:
            known = self._known[rule] = self._find(rule)
        return known

    def _find(self, rule: Rule) -> list[Finding]:
        match rule:
            case Group(name):
                return [(hit,) for hit in self._found.get(name, ())]
            case Count(name, least):
                hits = self._found.get(name, ())
                return [(hit,) for hit in hits] if len(hits) >= least else []
            case Placed(place, inner):
                wanted = _in_title if place == "title" else in_lead
                return [
                    one
                    for one in self.findings(inner)
                    if all(wanted(self._article, hit) for hit in one)
                ]
            case Either(options):
                return _distinct(one for option in options for one in self.findings(option))
            case Join():
                return self._joined(rule)
            case Pair():
                return self._paired(rule)
            case _ as never:
                assert_never(never)

    def _joined(self, rule: Join) -> list[Finding]:
        left = self.findings(rule.left)
        if not left:
            return []
        right = self.findings(rule.right)
        match rule.operator:
            case "AND":
                return _distinct([*left, *right]) if right else []
            case "AND NOT":
                return [] if right else left
            case "IF":
                return left if right else []
            case _ as never:
                assert_never(never)

    def _paired(self, rule: Pair) -> list[Finding]:
        left = self.findings(rule.left)
        right = self.findings(rule.right) if left else []
        if not right:
            return left if rule.operator == "WITHOUT" else []
        close = _partners(rule, self._article, right)
        if rule.operator == "WITHOUT":
            return [one for one in left if not any(close((hit,)) for hit in one)]
        return _distinct(tuple(sorted({*one, *other})) for one in left for other in close(one))


def in_lead(article: Article, hit: Hit) -> bool:
    """In the title, or among the first words of the text."""
    return hit.part == 0 or article.text.word_at(hit.start) < LEAD_WORDS


def _in_title(article: Article, hit: Hit) -> bool:
    return hit.part == 0


def _partners(
    rule: Pair, article: Article, findings: Sequence[Finding]
) -> Callable[[Finding], list[Finding]]:
    """A function from a finding to its partners among `findings`: at most one on either side."""
    if rule.words is not None:
        return _near(article, findings, rule.words, in_order=rule.operator == "ONEAR")
    return _together(article, findings, by_paragraph=rule.operator == "PARA")


def _together(
    article: Article, findings: Sequence[Finding], *, by_paragraph: bool
) -> Callable[[Finding], list[Finding]]:
    def place(finding: Finding) -> tuple[int, int] | None:
        """Part and number of the sentence (or paragraph), if the finding lies in one."""
        part = article.parts[finding[0].part]
        at = part.paragraph_at if by_paragraph else part.sentence_at
        first, last = at(finding[0].start), at(finding[-1].start)
        return (finding[0].part, first) if first == last else None

    by_place: defaultdict[tuple[int, int] | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_place[place(finding)].append(finding)

    def partners(finding: Finding) -> list[Finding]:
        where = place(finding)
        return [] if where is None else _nearest(finding, by_place.get(where, ()))

    return partners


def _near(
    article: Article, findings: Sequence[Finding], words: int, *, in_order: bool
) -> Callable[[Finding], list[Finding]]:
    def first_word(finding: Finding) -> tuple[int, int]:
        return finding[0].part, article.parts[finding[0].part].word_at(finding[0].start)

    def last_word(finding: Finding) -> int:
        end = max(hit.end for hit in finding)
        return article.parts[finding[0].part].word_at(end - 1)

    ordered = sorted(findings, key=first_word)
    starts = [first_word(one) for one in ordered]
    longest = max((last_word(one) - first_word(one)[1] for one in ordered), default=0)

    def partners(finding: Finding) -> list[Finding]:
        (part, first), last = first_word(finding), last_word(finding)
        window = ordered[
            bisect_left(starts, (part, first - words - longest - 1)) : bisect_right(
                starts, (part, last + words + 1)
            )
        ]
        close = [
            one
            for one in window
            if first_word(one)[1] - last <= words + 1 and first - last_word(one) <= words + 1
        ]
        if in_order:
            end = max(hit.end for hit in finding)
            close = [one for one in close if one[0].start >= end]
        return _nearest(finding, close)

    return partners


def _nearest(finding: Finding, others: Sequence[Finding]) -> list[Finding]:
    """The last one that begins before the finding, the first that begins with or after it.

    The same words are no partner of themselves.
    """
    span = finding[0].start, finding[-1].end
    apart = [one for one in others if (one[0].start, one[-1].end) != span]
    before = [one for one in apart if one[0].start < span[0]]
    after = [one for one in apart if one[0].start >= span[0]]
    return [*before[-1:], *after[:1]]


def _distinct(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(set(findings))
