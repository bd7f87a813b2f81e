"""All topics against one article: an automaton finds the aliases, rules decide, spans prove it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from newswatch.models import Flag, Mention
from newswatch.text.language import primary_of, related_to
from newswatch.topics.context import Sighting, settled
from newswatch.topics.document import Article
from newswatch.topics.evaluate import Evaluation, Found, needed_groups
from newswatch.topics.fold import Folded, fold
from newswatch.topics.load import Topic, TopicRule
from newswatch.topics.partners import Hit
from newswatch.topics.patterns import Pattern
from newswatch.topics.salience import salience_of, score_of, sentences_with

MENTIONS_KEPT = 20  # of one flag; the first ones
_PLACES = {
    "headline": "in the headline",
    "lead": "in the lead",
    "body": "in the body",
    "passing": "in passing",
}


_NO_TOPICS_LANGUAGE = "other"


class _Wanted(NamedTuple):
    """A pattern, and for which topic and group it is looked for."""

    pattern: Pattern
    topic: int
    group: str


class _Place(NamedTuple):
    """Where a pattern stands in a folded part."""

    part: int
    start: int
    end: int
    wanted: _Wanted


class Matcher:
    """Compiled topics; `match` is pure, and the same in every process."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)
        by_literal: defaultdict[str, list[_Wanted]] = defaultdict(list)
        for number, topic in enumerate(self.topics):
            for group, patterns in topic.groups.items():
                for pattern in patterns:
                    by_literal[pattern.literal].append(_Wanted(pattern, number, group))
        self._wanted = list(by_literal.values())
        self._named = {
            code
            for each in self._wanted
            for wanted in each
            for code in (*wanted.pattern.languages, *wanted.pattern.only)
        }
        self._by_language: dict[str | None, list[list[_Wanted]]] = {}
        self._automaton = AhoCorasick(list(by_literal)) if by_literal else None
        self._needed = [
            frozenset[frozenset[str]]().union(*(needed_groups(rule.rule) for rule in topic.rules))
            for topic in self.topics
        ]

    def match(self, title: str, text: str, language: str | None = None) -> list[Flag]:
        """The flags of one article, in the order of the topics.

        `language` (BCP 47) rules out aliases of other languages' sections, or that are another
        language's `only`, and the endings of other languages.
        """
        article = Article(title, text)
        folded = tuple(fold(part.text) for part in article.parts)
        base = primary_of(language)
        flags = []
        for number, places in sorted(self._scan(folded, base).items()):
            groups = {place.wanted.group for place in places}
            if any(needed <= groups for needed in self._needed[number]):
                found = settled(article, _sightings(article, folded, places))
                flag = _flag(self.topics[number], article, found)
                if flag is not None:
                    flags.append(flag)
        return flags

    def _readable(self, language: str | None) -> list[list[_Wanted]]:
        """By number of the literal, what is looked for in articles of that language."""
        key = language
        if language is not None and self._named.isdisjoint(related_to(language)):
            key = _NO_TOPICS_LANGUAGE  # pages may claim thousands; all of them are alike
        known = self._by_language.get(key)
        if known is None:
            known = self._by_language[key] = [
                [wanted for wanted in each if wanted.pattern.is_read_in(key)]
                for each in self._wanted
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
                for wanted in readable[literal]:
                    end = wanted.pattern.match(text, start, stop, language)
                    if end is not None:
                        found[wanted.topic].append(_Place(part, start, end, wanted))
        return found


def _sightings(
    article: Article, folded: Sequence[Folded], places: Sequence[_Place]
) -> list[Sighting]:
    """Those in the spelling that is asked for, outside the page's furniture."""
    found = []
    for number, part in enumerate(article.parts):
        of_part = [place for place in places if place.part == number]
        spans = folded[number].locate([(place.start, place.end) for place in of_part])
        for place, (start, end) in zip(of_part, spans, strict=True):
            pattern = place.wanted.pattern
            if pattern.surface is not None and not part.text.startswith(pattern.surface, start):
                continue
            if not part.is_furniture(start):
                found.append(Sighting(Hit(number, start, end, place.wanted.group), pattern))
    return found


def _flag(topic: Topic, article: Article, found: Found) -> Flag | None:
    evaluation = Evaluation(article, found)
    fired = [
        (rule, findings) for rule in topic.rules if (findings := evaluation.findings(rule.rule))
    ]
    if not fired:
        return None
    best = max((rule for rule, _ in fired), key=lambda rule: rule.weight)
    hits = sorted({hit for _, findings in fired for finding in findings for hit in finding})
    salience = salience_of(article, hits)
    score = score_of(article, hits, salience, best.weight)
    if score < topic.threshold:
        return None
    mentions = tuple(_mention(article, hit) for hit in hits[:MENTIONS_KEPT])
    return Flag(
        topic=topic.topic_id,
        topic_version=topic.version,
        score=score,
        salience=salience,
        rule=best.name,
        reason=_reason(best, mentions, _PLACES[salience], sentences_with(article, hits)),
        mentions=mentions,
    )


def _mention(article: Article, hit: Hit) -> Mention:
    part = article.parts[hit.part]
    return Mention(
        field=part.field,
        start=hit.start,
        end=hit.end,
        text=part.text[hit.start : hit.end],
        sentence=part.sentence_with(hit.start, hit.end),
        alias=hit.group,
    )


def _reason(rule: TopicRule, mentions: Sequence[Mention], place: str, sentences: int) -> str:
    words = list(dict.fromkeys(mention.text for mention in mentions))[:4]
    named = ", ".join(f"“{word}”" for word in words)
    count = f"{sentences} sentence{'s' if sentences != 1 else ''}"
    return f"{rule.because}: {named}, {place} ({count})."
