"""What each rule and mask of a topic pays: where it fires, and what would change without it.

A rule that alone finds nothing, or something in one week only, is one to take out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evaluation.labelled import Labelled
from newswatch.topics.decide import fired_rules
from newswatch.topics.fold import fold
from newswatch.topics.load import MASKS, Topic
from newswatch.topics.match import Matcher


def paid(topic: Topic, articles: Sequence[Labelled]) -> list[str]:
    """A line a rule, and a line for the masks that change an article."""
    matcher = Matcher([topic])
    fired = [(article, _fired(matcher, topic, article)) for article in articles]
    lines = [f"{'rule':36} {'right':>6} {'wrong':>6} {'weeks':>6}   alone: right, wrong"]
    for rule in topic.rules:
        among = [(article, rules) for article, rules in fired if rule.name in rules]
        right = [article for article, _ in among if article.topics[topic.topic_id]]
        alone = [article for article, rules in among if len(rules) == 1]
        alone_right = sum(article.topics[topic.topic_id] for article in alone)
        lines.append(
            f"{rule.name:36} {len(right):6} {len(among) - len(right):6} "
            f"{len({article.week for article in right}):6}   {alone_right:12}, "
            f"{len(alone) - alone_right:5}"
        )
    return [*lines, *_masks(matcher, topic, articles)]


def _fired(matcher: Matcher, topic: Topic, article: Labelled) -> frozenset[str]:
    for reading in matcher.readings(article.title, article.text, article.language):
        return frozenset(rule.name for rule in fired_rules(topic, reading.article, reading.found))
    return frozenset()


def _masks(matcher: Matcher, topic: Topic, articles: Sequence[Labelled]) -> list[str]:
    masks = topic.groups.get(MASKS, ())
    folded = [fold(f"{article.title}\n{article.text}").text for article in articles]
    lines = [f"{len(masks)} masks"]
    for mask in masks:
        holding = [
            article for article, text in zip(articles, folded, strict=True) if mask.literal in text
        ]
        others = tuple(other for other in masks if other is not mask)
        without = replace(topic, groups={**topic.groups, MASKS: others})
        loose = Matcher([without])
        changed = [
            article for article in holding if _flags(matcher, article) != _flags(loose, article)
        ]
        if changed:
            lines.append(f"mask {mask.written!r} changes {len(changed)} of {len(holding)} articles")
    return lines


def _flags(matcher: Matcher, article: Labelled) -> bool:
    return bool(matcher.match(article.title, article.text, article.language))
