"""What a scorer sees of an article: its sentences that may tell of the topic, as numbers.

The groups of a topic are a typed lexicon: words for the place that a conflict is about, for its
other party, for the process (talks, a truce), for what supports a reading, for actors, for other
conflicts and for other business. Every sign is a property of a sentence or of its article that a
reader could check.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, log1p
from typing import Literal, get_args

from newswatch.topics.document import Article
from newswatch.topics.evaluate import Found, in_lead
from newswatch.topics.nearness import Nearest
from newswatch.topics.partners import Finding, Hit

Kind = Literal["place", "party", "process", "support", "actor", "combat", "elsewhere", "business"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Lexicon = Mapping[Kind, frozenset[str]]  # the groups of each

CLOSE = 5  # words between a process and its place in one phrase
SHORT = 60  # words of a headline with its summary
RULE = "rule:"  # what the sign of a rule begins with
Place = tuple[int, int]  # part, number of the sentence
Signs = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may tell of the topic: its signs, its occurrences, the rules that fired."""

    place: Place
    signs: Signs
    hits: tuple[Hit, ...]
    rules: tuple[str, ...]


def candidates(
    article: Article, found: Found, lexicon: Lexicon, fired: Mapping[str, Sequence[Finding]]
) -> list[Candidate]:
    """The sentences with a word of the process, or of its support beside place or party.

    `fired` has the findings of each rule, by its name.
    """
    reading = _Reading(article, found, lexicon, fired)
    return [reading.candidate(place) for place in reading.places]


def needed_kinds(lexicon: Lexicon) -> frozenset[frozenset[str]]:
    """The sets of groups of which one must all occur for there to be a candidate."""
    own = lexicon.get("place", frozenset()) | lexicon.get("party", frozenset())
    telling = lexicon.get("process", frozenset()) | lexicon.get("support", frozenset())
    return frozenset(frozenset((mine, other)) for mine in own for other in telling)


class _Reading:
    """An article's occurrences by sentence, each sentence looked at once."""

    def __init__(
        self,
        article: Article,
        found: Found,
        lexicon: Lexicon,
        fired: Mapping[str, Sequence[Finding]],
    ) -> None:
        self._article = article
        self._kind_of = {group: kind for kind, groups in lexicon.items() for group in groups}
        self._hits: defaultdict[Place, list[Hit]] = defaultdict(list)
        self._by_kind: defaultdict[Kind, list[Hit]] = defaultdict(list)
        for group, hits in found.items():
            kind = self._kind_of.get(group)
            if kind is None:
                continue
            self._by_kind[kind] += hits
            for hit in hits:
                self._hits[self._place(hit)].append(hit)
        self._rules: defaultdict[Place, set[str]] = defaultdict(set)
        for rule, findings in fired.items():
            for finding in findings:
                self._rules[self._place(finding[0])].add(rule)

    @cached_property
    def places(self) -> list[Place]:
        """Where candidates stand, in the order of the article."""
        return sorted(place for place, hits in self._hits.items() if self._may_tell(place, hits))

    def candidate(self, place: Place) -> Candidate:
        hits = sorted(self._hits[place])
        rules = sorted(self._rules.get(place, ()))
        signs = {**self._of_article, **self._of_sentence(place, hits)}
        signs.update((f"{RULE}{rule}", 1.0) for rule in rules)
        return Candidate(place, signs, tuple(hits), tuple(rules))

    def _place(self, hit: Hit) -> Place:
        return hit.part, self._article.parts[hit.part].sentence_at(hit.start)

    def _may_tell(self, place: Place, hits: Sequence[Hit]) -> bool:
        kinds = {self._kind_of[hit.group] for hit in hits}
        own = bool(kinds & {"place", "party"})
        if "process" in kinds:
            return own or bool(self._by_kind["place"]) or bool(self._by_kind["party"])
        return own and "support" in kinds

    @cached_property
    def _of_article(self) -> dict[str, float]:
        own, other = self._by_kind["place"], self._by_kind["elsewhere"]
        process, business = self._by_kind["process"], self._by_kind["business"]
        signs = {
            "place in title": _any_in(own, 0),
            "place in lead": float(any(in_lead(self._article, hit) for hit in own)),
            "elsewhere in title": _any_in(other, 0) * (1.0 - _any_in(own, 0)),
            "process in title": _any_in(process, 0),
            "business in title": _any_in(business, 0),
            "share of place": len(own) / max(1, len(own) + len(other)),
            "share of business": len(business) / max(1, len(business) + len(process)),
            "no place": float(not own),
            "short": float(len(self._article.text.words) < SHORT),
            "sentences": log1p(self._telling) / 3,
        }
        return {name: value for name, value in signs.items() if value}

    @cached_property
    def _telling(self) -> int:
        """How many sentences have both the place or party and the process."""
        return sum(
            bool(kinds & {"place", "party"}) and "process" in kinds
            for hits in self._hits.values()
            for kinds in [{self._kind_of[hit.group] for hit in hits}]
        )

    def _of_sentence(self, place: Place, hits: Sequence[Hit]) -> dict[str, float]:
        part, number = place
        groups = {hit.group for hit in hits}
        kinds = {self._kind_of[group] for group in groups}
        signs: dict[str, float] = {
            group: 1.0
            for group in groups
            if self._kind_of[group] in ("process", "support", "actor", "combat", "business")
        }
        signs.update((f"a {kind} here", 1.0) for kind in kinds & {"place", "party", "elsewhere"})
        if {"place", "party"} <= kinds:
            signs["place and party"] = 1.0
        if not kinds & {"place", "party"}:
            signs["neither here"] = 1.0
            if self._own_beside(part, number):
                signs["place beside"] = 1.0
        processes = sum(self._kind_of[group] == "process" for group in groups)
        signs["kinds of process"] = min(processes, 4) / 2
        signs["title"] = float(part == 0)
        signs["opening"] = float(part == 1 and number < 2)
        signs.update(self._nearest(hits))
        return {name: value for name, value in signs.items() if value}

    def _own_beside(self, part: int, number: int) -> bool:
        return any(
            self._kind_of[hit.group] == "place"
            for beside in (number - 1, number + 1)
            for hit in self._hits.get((part, beside), ())
        )

    @cached_property
    def _nearest_of(self) -> dict[Kind, Nearest]:
        own = [*self._by_kind["place"], *self._by_kind["party"]]
        hits: dict[Kind, list[Hit]] = {
            "place": own,
            "elsewhere": self._by_kind["elsewhere"],
            "business": self._by_kind["business"],
        }
        return {kind: Nearest(self._article, found) for kind, found in hits.items()}

    def _nearest(self, hits: Sequence[Hit]) -> dict[str, float]:
        """Whose process it is: the conflict named nearest in the sentence has it."""
        nearest = self._nearest_of
        signs: dict[str, float] = {}
        nearer, process = [], [hit for hit in hits if self._kind_of[hit.group] == "process"]
        for hit in hits:
            if self._kind_of[hit.group] not in ("process", "support"):
                continue
            if nearest["place"].distance(hit) <= CLOSE:
                signs[f"{hit.group} close"] = 1.0
        for hit in process:
            mine, theirs = nearest["place"].distance(hit), nearest["elsewhere"].distance(hit)
            if min(mine, theirs) < inf:
                nearer.append(mine <= theirs)
            if nearest["business"].distance(hit) <= CLOSE:
                signs["business close"] = 1.0
        signs["own is nearest"] = float(any(nearer))
        signs["other is nearest"] = float(bool(nearer) and not any(nearer))
        return signs


def _any_in(hits: Sequence[Hit], part: int) -> float:
    return float(any(hit.part == part for hit in hits))
