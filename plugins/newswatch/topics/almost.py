"""What came near a flag in an article that has none, and what stopped it.

A rule comes near if it finds something once one of its conditions is taken away: a WITHOUT, an AND
NOT, an IF, a place, a count; or if a distance or a sentence is widened to the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from newswatch.topics.decide import candidates_of, fired_rules, score_by, telling_of, text_of
from newswatch.topics.document import Article
from newswatch.topics.evaluate import Evaluation, Found
from newswatch.topics.load import Topic, TopicRule
from newswatch.topics.match import TopicReading
from newswatch.topics.partners import Finding
from newswatch.topics.rules import Count, Either, Group, Join, Pair, Placed, Rule, written

_NOTHING = Group("_")
TOLD = 4  # findings whose words are told


@dataclass(frozen=True, slots=True)
class Almost:
    """A rule that missed by one condition (`scorer`, if the probability was too low), the condition
    as it is written, and where it would have found something."""

    rule: str
    missed: str
    words: tuple[str, ...]
    sentence: str
    nearness: float = 0.0  # of a scorer the probability, of rules the score without the condition

    @property
    def told(self) -> str:
        """As a line for people."""
        words = f": {', '.join(f'“{word}”' for word in self.words[:4])}" if self.words else ""
        return f"{self.rule} missed by {self.missed}{words}"


def almost(reading: TopicReading) -> list[Almost]:
    """Of an article that the topic does not flag; the nearest first, each rule once."""
    topic, article, found = reading
    if not topic.where.holds(article.facts):
        return [Almost("where", "the article is not what where: asks for", (), "")]
    evaluation = Evaluation(article, found)
    near = [*_by_score(topic, article, found)]
    near += [
        missed
        for rule in topic.rules
        for missed in [_of_rule(rule, article, evaluation)]
        if missed is not None
    ]
    return sorted(near, key=lambda missed: -missed.nearness)


def words_of(reading: TopicReading) -> tuple[str, ...]:
    """The topic's words that stand in an article, each once."""
    hits = sorted(hit for hits in reading.found.values() for hit in hits)
    return tuple(dict.fromkeys(text_of(reading.article, hit) for hit in hits))


def _by_score(topic: Topic, article: Article, found: Found) -> Iterator[Almost]:
    """A scorer's probability below the threshold, or rules' score."""
    fired = fired_rules(topic, article, found)
    if topic.scorer is not None:
        candidates = candidates_of(topic, article, found, fired)
        if candidates:
            score = topic.scorer.score(candidates)
            best = telling_of(candidates, score)[0]
            _, against = topic.scorer.told(best.signs)
            missed = f"probability {score.probability:.2f}, below {topic.threshold:g}"
            missed += f"; against it: {', '.join(against)}" if against else ""
            yield _told("scorer", missed, article, best.hits, score.probability)
        return
    for rule, findings in fired.items():
        score_of_rule = score_by(rule, article, findings)
        missed = f"score {score_of_rule:g}, below the threshold {topic.threshold:g}"
        yield _told(rule.name, missed, article, findings[0], score_of_rule)


def _of_rule(rule: TopicRule, article: Article, evaluation: Evaluation) -> Almost | None:
    """By the first of its conditions without which it finds something."""
    findings = evaluation.findings(rule.rule)
    if findings and not rule.where.holds(article.facts):
        return _told(rule.name, "where:", article, findings[0], rule.weight)
    if findings and score_by(rule, article, findings) < rule.threshold:
        missed = f"threshold: {rule.threshold:g}"
        return _told(rule.name, missed, article, findings[0], rule.weight)
    if findings:
        return None  # it fired: a score or a probability says why not
    for looser, missed in _loosened(rule.rule):
        if loose := evaluation.findings(looser):
            nearness = score_by(rule, article, loose) / 2
            hits = tuple(sorted({hit for finding in loose[:TOLD] for hit in finding}))
            return _told(rule.name, missed, article, hits, nearness)
    return None


def _loosened(rule: Rule) -> Iterator[tuple[Rule, str]]:
    """The rule with each of its conditions taken away, and that condition as it is written."""
    match rule:
        case Group():
            return
        case Placed(place, inner):
            yield inner, f"{place}:{written(inner)}"
            for looser, missed in _loosened(inner):
                yield Placed(place, looser), missed
        case Count(inner, least):
            yield inner, f"count({written(inner)}) >= {least}"
        case Either(options):
            for option in options:
                yield from _loosened(option)
        case Pair(operator, _, left, right):
            missed = written(replace(rule, left=_NOTHING)).removeprefix(_NOTHING.name).strip()
            yield (left if operator == "WITHOUT" else Join("AND", left, right)), missed
            yield from _on_both_sides(rule)
        case Join(operator, left, right):
            yield left, f"{operator} {written(right)}"
            yield from _on_both_sides(rule)
        case _ as never:
            assert_never(never)


def _on_both_sides(rule: Pair | Join) -> Iterator[tuple[Rule, str]]:
    for looser, missed in _loosened(rule.left):
        yield replace(rule, left=looser), missed
    if rule.operator not in ("WITHOUT", "AND NOT"):
        for looser, missed in _loosened(rule.right):
            yield replace(rule, right=looser), missed


def _told(rule: str, missed: str, article: Article, finding: Finding, nearness: float) -> Almost:
    words = dict.fromkeys(text_of(article, hit) for hit in finding)
    first = finding[0]
    sentence = article.parts[first.part].sentence_with(first.start, first.end)
    return Almost(rule, missed, tuple(words), sentence, nearness)
