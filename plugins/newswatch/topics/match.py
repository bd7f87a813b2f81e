"""All topics against one article: an automaton finds the aliases, then each topic decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from newswatch.models import Flag
from newswatch.text.language import primary_of, related_to
from newswatch.topics.boundaries import begins_plainly
from newswatch.topics.context import Sighting, settled
from newswatch.topics.decide import flag_of
from newswatch.topics.document import Article
from newswatch.topics.evaluate import Found, needed_groups
from newswatch.topics.facts import UNKNOWN, Facts
from newswatch.topics.fold import Folded, fold
from newswatch.topics.load import Topic
from newswatch.topics.partners import Hit
from newswatch.topics.patterns import ELSEWHERE, Pattern
from newswatch.topics.signs import needed_kinds

_NO_TOPICS_LANGUAGE = "other"


class _Wanted(NamedTuple):
    """A pattern, and the topics and groups that it is looked for by: topics share the library."""

    pattern: Pattern
    targets: Sequence[tuple[int, str]]


class _Literal(NamedTuple):
    """The patterns of one literal that an article in some language may hold."""

    begins_plainly: bool  # no letter may stand before it, as before some Hebrew words
    follows: frozenset[str] | None  # what letters may stand behind it; None: any
    wanted: Sequence[_Wanted]


_NOTHING = _Literal(begins_plainly=True, follows=frozenset(), wanted=())  # in that language


class _Place(NamedTuple):
    """Where a pattern stands in a folded part."""

    part: int
    start: int
    end: int
    pattern: Pattern
    group: str


class TopicReading(NamedTuple):
    """The occurrences of one topic in an article."""

    topic: Topic
    article: Article
    found: Found


class Matcher:
    """Compiled topics; `match` is pure, and the same in every process."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)
        targets: defaultdict[Pattern, list[tuple[int, str]]] = defaultdict(list)
        for number, topic in enumerate(self.topics):
            for group, patterns in topic.groups.items():
                for pattern in patterns:
                    targets[replace(pattern, written="", line=ELSEWHERE)].append((number, group))
        by_literal: defaultdict[str, list[_Wanted]] = defaultdict(list)
        for pattern, wanting in targets.items():
            by_literal[pattern.literal].append(_Wanted(pattern, tuple(dict.fromkeys(wanting))))
        self._wanted = list(by_literal.values())
        self._named = {
            code
            for each in self._wanted
            for wanted in each
            for code in (*wanted.pattern.languages, *wanted.pattern.only)
        }
        self._by_language: dict[str | None, list[_Literal]] = {}
        self._automaton = AhoCorasick(list(by_literal)) if by_literal else None
        self._needed = [_needed(topic) for topic in self.topics]

    def match(
        self,
        title: str,
        text: str,
        language: str | None = None,
        *,
        subtitle: str = "",
        facts: Facts = UNKNOWN,
    ) -> list[Flag]:
        """The flags of one article, in the order of the topics.

        `language` (BCP 47) rules out aliases of other languages' sections, or that are another
        language's `only`, and the endings of other languages.
        """
        article = Article(title, text, subtitle, facts)
        readings = self._readings(article, language, hopeless=False)
        found = (flag_of(reading.topic, reading.article, reading.found) for reading in readings)
        return [flag for flag in found if flag is not None]

    def readings(
        self,
        title: str,
        text: str,
        language: str | None = None,
        *,
        subtitle: str = "",
        facts: Facts = UNKNOWN,
    ) -> Iterator[TopicReading]:
        """What of each topic stands in an article, before anything is decided; topics of which
        nothing does are left out."""
        return self._readings(Article(title, text, subtitle, facts), language, hopeless=True)

    def _readings(
        self, article: Article, language: str | None, *, hopeless: bool
    ) -> Iterator[TopicReading]:
        """`hopeless`: those too that lack a group which they need, or that look elsewhere."""
        folded = tuple(fold(part.text) for part in article.parts)
        for number, places in sorted(self._scan(folded, primary_of(language)).items()):
            groups = {place.group for place in places}
            if hopeless or self._may_flag(number, article, groups):
                found = settled(article, _sightings(article, folded, places))
                yield TopicReading(self.topics[number], article, found)

    def _may_flag(self, number: int, article: Article, groups: Set[str]) -> bool:
        return self.topics[number].where.holds(article.facts) and any(
            needed <= groups for needed in self._needed[number]
        )

    def _readable(self, language: str | None) -> list[_Literal]:
        """By number of the literal, what is looked for in articles of that language."""
        key = language
        if language is not None and self._named.isdisjoint(related_to(language)):
            key = _NO_TOPICS_LANGUAGE  # pages may claim thousands; all of them are alike
        known = self._by_language.get(key)
        if known is None:
            related = related_to(key) if key is not None else None
            known = self._by_language[key] = [
                _literal(wanted, key) if wanted else _NOTHING
                for wanted in (_read_in(each, related) for each in self._wanted)
            ]
        return known

    def _scan(self, folded: Sequence[Folded], language: str | None) -> Mapping[int, list[_Place]]:
        """By topic, every place where one of its aliases stands as a word."""
        found: defaultdict[int, list[_Place]] = defaultdict(list)
        if self._automaton is None:
            return found
        readable = self._readable(language)
        for part, text in enumerate(folding.text for folding in folded):
            for literal, start, stop in self._automaton.find_matches_as_indexes(
                text, overlapping=True
            ):
                begins_plainly, follows, wanted = readable[literal]
                if begins_plainly and start and text[start - 1].isalnum():
                    continue
                after = text[stop : stop + 1]
                if follows is not None and after not in follows and after.isalnum():
                    continue
                for pattern, targets in wanted:
                    end = pattern.match(text, start, stop, language)
                    if end is not None:
                        for topic, group in targets:
                            found[topic].append(_Place(part, start, end, pattern, group))
        return found


def _read_in(wanted: Sequence[_Wanted], related: frozenset[str] | None) -> Sequence[_Wanted]:
    """Those that may stand in an article in one of these languages; None: in any."""
    if related is None:
        return wanted
    return [each for each in wanted if each.pattern.is_read_in(related)]


def _literal(wanted: Sequence[_Wanted], language: str | None) -> _Literal:
    plainly = all(begins_plainly(each.pattern.script) for each in wanted)
    letters = [each.pattern.letters_after(language) for each in wanted]
    known = [found for found in letters if found is not None]
    follows = frozenset[str]().union(*known) if len(known) == len(letters) else None
    return _Literal(plainly, follows, tuple(wanted))


def _needed(topic: Topic) -> frozenset[frozenset[str]]:
    """Sets of groups of which one must all occur, or nothing can be decided for the topic."""
    if topic.scorer is not None:
        return needed_kinds(topic.lexicon)
    return frozenset[frozenset[str]]().union(*(needed_groups(rule.rule) for rule in topic.rules))


def _sightings(
    article: Article, folded: Sequence[Folded], places: Sequence[_Place]
) -> list[Sighting]:
    """Those in the spelling that is asked for, outside the page's furniture."""
    found = []
    for number, part in enumerate(article.parts):
        of_part = [place for place in places if place.part == number]
        spans = folded[number].locate([(place.start, place.end) for place in of_part])
        for place, (start, end) in zip(of_part, spans, strict=True):
            pattern = place.pattern
            if pattern.surface is not None and not part.text.startswith(pattern.surface, start):
                continue
            if not part.is_furniture(start):
                found.append(Sighting(Hit(number, start, end, place.group), pattern))
    return found
