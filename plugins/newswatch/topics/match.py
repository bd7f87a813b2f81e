"""All topics against one article: an automaton finds the words, rules decide, spans prove it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from newswatch.models import Flag, Mention, Salience
from newswatch.topics.document import LEAD_WORDS, Document, Part, document
from newswatch.topics.load import Topic, TopicRule, TopicTest
from newswatch.topics.patterns import Pattern
from newswatch.topics.rules import Hit, Hits

PASSING_WORDS = 400  # by which annotators' judgement is met best
MENTIONS_KEPT = 20  # of one flag; the first ones
_MASK = ""  # as a group's name
_SCORE: dict[Salience, float] = {"headline": 0.9, "lead": 0.7, "body": 0.45, "passing": 0.15}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A pattern, and for which topic and group it is looked for."""

    pattern: Pattern
    topic: int
    group: str


class Matcher:
    """Compiled topics; `match` is pure, and the same in every process."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)
        self._wanted: list[list[_Wanted]] = []
        literals: dict[str, int] = {}
        for number, topic in enumerate(self.topics):
            named = [*topic.groups.items(), (_MASK, topic.masks)]
            for group, patterns in named:
                for pattern in patterns:
                    place = literals.setdefault(pattern.literal, len(literals))
                    if place == len(self._wanted):
                        self._wanted.append([])
                    self._wanted[place].append(_Wanted(pattern, number, group))
        self._automaton = AhoCorasick(list(literals)) if literals else None

    def match(self, title: str, text: str, language: str | None = None) -> list[Flag]:
        """The flags of one article, in the order of the topics."""
        article = document(title, text)
        found = self._find(article)
        flags = []
        for number in sorted(found):
            flag = _flag(self.topics[number], article, found[number])
            if flag is not None:
                flags.append(flag)
        return flags

    def _find(self, article: Document) -> dict[int, dict[str, Hits]]:
        """Per topic its groups' occurrences, those under a mask left out."""
        hits: dict[int, dict[str, set[Hit]]] = {}
        if self._automaton is None:
            return {}
        for part_number, part in enumerate(article.parts):
            folded = part.folded.text
            for literal, start, _ in self._automaton.find_matches_as_indexes(
                folded, overlapping=True
            ):
                for wanted in self._wanted[literal]:
                    end = wanted.pattern.match(folded, start)
                    if end is None or (
                        wanted.pattern.cased and not _same_case(wanted.pattern, part, start)
                    ):
                        continue
                    groups = hits.setdefault(wanted.topic, {})
                    groups.setdefault(wanted.group, set()).add(
                        Hit(part_number, start, end, wanted.group)
                    )
        return {topic: _unmasked(groups) for topic, groups in hits.items()}


def failed_tests(topic: Topic) -> list[TopicTest]:
    """The topic's own tests that it does not pass."""
    matcher = Matcher([topic])
    return [test for test in topic.tests if bool(matcher.match(test.title, test.text)) != test.flag]


def _same_case(pattern: Pattern, part: Part, start: int) -> bool:
    folded = part.folded
    wanted = pattern.written.lstrip("= ").strip('"').rstrip("*")
    first, last = folded.span(start, start + len(wanted))
    return bool(folded.original[first:last] == wanted)


def _unmasked(groups: dict[str, set[Hit]]) -> dict[str, Hits]:
    masks = groups.pop(_MASK, set())
    return {
        name: kept
        for name, hits in groups.items()
        if (
            kept := tuple(
                sorted(
                    hit
                    for hit in hits
                    if not any(
                        mask.part == hit.part and mask.start <= hit.start and hit.end <= mask.end
                        for mask in masks
                    )
                )
            )
        )
    }


def _flag(topic: Topic, article: Document, found: dict[str, Hits]) -> Flag | None:
    fired: list[tuple[TopicRule, Hits]] = []
    for rule in topic.rules:
        hits = rule.rule(article, found)
        if hits:
            fired.append((rule, hits))
    if not fired:
        return None
    best, _ = max(fired, key=lambda one: one[0].weight)
    hits = tuple(sorted({hit for _, found_hits in fired for hit in found_hits}))
    salience = _salience(article, hits)
    score = _score(article, hits, salience, best.weight)
    if score < topic.threshold:
        return None
    mentions = tuple(_mention(article, hit) for hit in hits[:MENTIONS_KEPT])
    return Flag(
        topic=topic.topic_id,
        topic_version=topic.version,
        score=score,
        salience=salience,
        rule=best.name,
        reason=_reason(best, mentions, salience, _sentences(article, hits)),
        mentions=mentions,
    )


def _sentences(article: Document, hits: Hits) -> int:
    return len({(hit.part, article.parts[hit.part].sentence_at(hit.start)) for hit in hits})


def _salience(article: Document, hits: Hits) -> Salience:
    """Where the topic stands. Passing: one sentence, or one in so many words, not in the lead."""
    if any(hit.part == 0 for hit in hits):
        return "headline"
    if any(article.text.word_at(hit.start) < LEAD_WORDS for hit in hits):
        return "lead"
    sentences, words = _sentences(article, hits), max(1, len(article.text.words))
    return "passing" if sentences == 1 or sentences * PASSING_WORDS < words else "body"


def _score(article: Document, hits: Hits, salience: Salience, weight: float) -> float:
    """0 to 1: by place first, then by how much of the article it is."""
    share = min(1.0, 60 * _sentences(article, hits) / max(1, len(article.text.words)))
    return round(min(1.0, (_SCORE[salience] + 0.1 * share) * (0.5 + 0.5 * weight)), 3)


def _mention(article: Document, hit: Hit) -> Mention:
    part = article.parts[hit.part]
    start, end = part.folded.span(hit.start, hit.end)
    return Mention(
        field=part.field,
        start=start,
        end=end,
        text=part.folded.original[start:end],
        sentence=part.sentence_text(hit.start),
        alias=hit.group,
    )


def _reason(
    rule: TopicRule, mentions: Sequence[Mention], salience: Salience, sentences: int
) -> str:
    words = list(dict.fromkeys(mention.text for mention in mentions))[:4]
    place = {
        "headline": "in the headline",
        "lead": "in the lead",
        "body": "in the body",
        "passing": "in passing",
    }[salience]
    named = ", ".join(f"“{word}”" for word in words)
    count = f"{sentences} sentence{'s' if sentences != 1 else ''}"
    return f"{rule.because}: {named}, {place} ({count})."
