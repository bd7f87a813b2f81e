"""What a rule finds in an article.

A finding is the occurrences that together satisfy a rule, so that each of them is evidence. Of the
many partners that an occurrence may have, the nearest on either side are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import assert_never

from newswatch.topics.document import LEAD_WORDS, SUBTITLE, TEXT, TITLE, Article
from newswatch.topics.nearness import Nearest
from newswatch.topics.partners import Finding, Hit, Partners, partners_in
from newswatch.topics.rules import Count, Either, Group, Join, Pair, Place, Placed, Rule

MOST_SETS = 1_000  # of needed groups; ten alternatives in a row would make a thousand
Found = Mapping[str, Sequence[Hit]]  # by group, sorted


def needed_groups(rule: Rule) -> frozenset[frozenset[str]]:
    """The sets of groups of which one must all occur for the rule to find anything."""
    match rule:
        case Group(name):
            return frozenset({frozenset({name})})
        case Placed(_, inner) | Count(inner, _):
            return needed_groups(inner)
        case Either(options):
            return frozenset().union(*(needed_groups(option) for option in options))
        case Pair("WITHOUT", _, left) | Join("AND NOT", left, _):
            return needed_groups(left)
        case Pair(_, _, left, right) | Join(_, left, right):
            of_left, of_right = needed_groups(left), needed_groups(right)
            if len(of_left) * len(of_right) > MOST_SETS:
                return of_left  # they are needed too; what the right side needs is left out
            return frozenset(one_side | other for one_side in of_left for other in of_right)
        case _ as never:
            assert_never(never)


class Evaluation:
    """Rules over one article; what several rules have in common is found once."""

    def __init__(self, article: Article, found: Found) -> None:
        self._article, self._found = article, found
        # By identity: parts that rules share are one object, and hashing a rule takes its whole
        # depth. The rule stands beside its findings, or its number would go to another one.
        self._known: dict[int, tuple[Rule, list[Finding]]] = {}
        self._partners: dict[tuple[int, str, int | None, int], Partners] = {}
        self._nearest: dict[int, Nearest] = {}

    def findings(self, rule: Rule) -> list[Finding]:
        """Every finding of a rule, sorted, none twice."""
        known = self._known.get(id(rule))
        if known is None:
            known = self._known[id(rule)] = rule, self._find(rule)
        return known[1]

    def _find(self, rule: Rule) -> list[Finding]:
        match rule:
            case Group(name):
                return [(hit,) for hit in self._found.get(name, ())]
            case Count(inner, least):
                findings = self.findings(inner)
                return findings if len(findings) >= least else []
            case Placed(place, inner):
                wanted = _PLACED[place]
                return [
                    finding
                    for finding in self.findings(inner)
                    if all(wanted(self._article, hit) for hit in finding)
                ]
            case Either(options):
                return _distinct(chain.from_iterable(map(self.findings, options)))
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
        if rule.own is not None:
            return self._own(left, rule.right, rule.own)
        partners = self._partners_of(rule, right)
        if rule.operator == "WITHOUT":
            return [finding for finding in left if not any(partners.of((hit,)) for hit in finding)]
        return _distinct(
            _together(finding, partner) for finding in left for partner in partners.of(finding)
        )

    def _partners_of(self, rule: Pair, right: Sequence[Finding]) -> Partners:
        operator = "SENT" if rule.operator == "WITHOUT" else rule.operator
        key = id(rule.right), operator, rule.words, rule.least
        known = self._partners.get(key)
        if known is None:
            known = self._partners[key] = partners_in(self._article, rule, right)
        return known

    def _own(self, left: Sequence[Finding], right: Rule, own: Rule) -> list[Finding]:
        """Those of left of which no word has something of right nearer than its own."""
        mine = {hit for finding in self.findings(own) for hit in finding}
        to_own, to_other = self._nearest_of(own), self._nearest_of(right)
        others = {
            hit
            for hit in {hit for finding in left for hit in finding} - mine
            if to_other.distance(hit) < to_own.distance(hit)
        }
        return [finding for finding in left if others.isdisjoint(finding)]

    def _nearest_of(self, rule: Rule) -> Nearest:
        known = self._nearest.get(id(rule))
        if known is None:
            hits = {hit for finding in self.findings(rule) for hit in finding}
            known = self._nearest[id(rule)] = Nearest(self._article, hits)
        return known


def in_lead(article: Article, hit: Hit) -> bool:
    """In the title or subtitle, or among the first words of the text."""
    return hit.part != TEXT or article.text.word_at(hit.start) < LEAD_WORDS


_PLACED: Mapping[Place, Callable[[Article, Hit], bool]] = {
    "title": lambda _, hit: hit.part == TITLE,
    "subtitle": lambda _, hit: hit.part == SUBTITLE,
    "lead": in_lead,
}


def _together(finding: Finding, partner: Finding) -> Finding:
    if len(finding) == len(partner) == 1:  # by far the most
        if finding == partner:
            return finding
        return finding + partner if finding < partner else partner + finding
    return tuple(sorted({*finding, *partner}))


def _distinct(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(set(findings))
