"""Does an article mention a topic: by its rules or by its scorer, with the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from newswatch.models import Flag, Mention
from newswatch.topics.document import Article
from newswatch.topics.evaluate import Evaluation, Found
from newswatch.topics.load import Topic, TopicRule
from newswatch.topics.partners import Finding, Hit
from newswatch.topics.salience import salience_of, score_of, sentences_with
from newswatch.topics.scorer import Score, Scorer
from newswatch.topics.signs import Candidate, Kind, candidates

MENTIONS_KEPT = 20  # of one flag; those that name the subject before others
BY_SCORER = "scorer"  # the rule of a flag whose best sentence no rule proposed
_NO_EVIDENCE: tuple[Kind, ...] = ("elsewhere", "business", "combat")
_PLACES = {
    "headline": "in the headline",
    "lead": "in the lead",
    "body": "in the body",
    "passing": "in passing",
}


def flag_of(topic: Topic, article: Article, found: Found) -> Flag | None:
    """The flag of an article in which the topic's groups have these occurrences."""
    fired = fired_rules(topic, article, found)
    if topic.scorer is None:
        return _by_rules(topic, article, fired)
    return _by_scorer(topic, topic.scorer, article, candidates_of(topic, article, found, fired))


def fired_rules(topic: Topic, article: Article, found: Found) -> dict[TopicRule, Sequence[Finding]]:
    """The rules that find something, in the order of the topic."""
    evaluation = Evaluation(article, found)
    return {
        rule: findings
        for rule in topic.rules
        if rule.where.holds(article.facts)
        and (findings := evaluation.findings(rule.rule))
        and (not rule.threshold or score_by(rule, article, findings) >= rule.threshold)
    }


def score_by(rule: TopicRule, article: Article, findings: Sequence[Finding]) -> float:
    """What a flag would score that rests on this rule alone."""
    hits = sorted({hit for finding in findings for hit in finding})
    return score_of(article, hits, salience_of(article, hits), rule.weight)


def candidates_of(
    topic: Topic, article: Article, found: Found, fired: Mapping[TopicRule, Sequence[Finding]]
) -> list[Candidate]:
    """The sentences that the topic's scorer looks at."""
    by_name = {rule.name: findings for rule, findings in fired.items()}
    return candidates(article, found, topic.lexicon, by_name)


def _by_rules(
    topic: Topic, article: Article, fired: Mapping[TopicRule, Sequence[Finding]]
) -> Flag | None:
    if not fired:
        return None
    best = max(fired, key=lambda rule: rule.weight)
    hits = sorted({hit for findings in fired.values() for finding in findings for hit in finding})
    salience = salience_of(article, hits)
    score = score_of(article, hits, salience, best.weight)
    if score < topic.threshold:
        return None
    return _flag(topic, article, hits, score, best.name, best.because)


def _by_scorer(
    topic: Topic, scorer: Scorer, article: Article, found: Sequence[Candidate]
) -> Flag | None:
    score = scorer.score(found)
    if not found or score.probability < topic.threshold:
        return None
    telling = telling_of(found, score)
    best = telling[0]
    silent = {group for kind in _NO_EVIDENCE for group in topic.lexicon.get(kind, ())}
    hits = sorted(
        {hit for candidate in telling for hit in candidate.hits if hit.group not in silent}
    )
    proposed = [rule for rule in topic.rules if rule.name in best.rules]
    strongest = max(proposed, key=lambda rule: rule.weight, default=None)
    because = strongest.because if strongest else f"Tells of {topic.name}"
    return _flag(
        topic,
        article,
        hits,
        round(score.probability, 3),
        strongest.name if strongest else BY_SCORER,
        because,
        told=_told(scorer, best),
    )


def telling_of(found: Sequence[Candidate], score: Score) -> list[Candidate]:
    """The sentences that tell of the topic, the strongest first: that one, and all likely ones."""
    ordered = sorted(
        zip(score.logits, found, strict=True), key=lambda pair: (-pair[0], pair[1].place)
    )
    return [
        candidate for number, (logit, candidate) in enumerate(ordered) if logit > 0 or not number
    ]


def _told(scorer: Scorer, best: Candidate) -> str:
    speaking, against = scorer.told(best.signs)
    told = f" Signs: {', '.join(speaking)}" if speaking else ""
    told += f"{'; against' if told else ' Against'} it: {', '.join(against)}" if against else ""
    return f"{told}." if told else ""


def _flag(
    topic: Topic,
    article: Article,
    hits: Sequence[Hit],
    score: float,
    rule: str,
    because: str,
    told: str = "",
) -> Flag:
    salience = salience_of(article, hits)
    named = [hit for hit in hits if hit.group in topic.subject]
    others = [hit for hit in hits if hit.group not in topic.subject]
    kept = sorted([*named, *others][:MENTIONS_KEPT])
    mentions = tuple(_mention(topic, article, hit) for hit in kept)
    words = _words(text_of(article, hit) for hit in [*named, *others])
    count = sentences_with(article, hits)
    sentences = f"{count} sentence{'s' if count != 1 else ''}"
    return Flag(
        topic=topic.topic_id,
        topic_version=topic.version,
        score=score,
        salience=salience,
        rule=rule,
        reason=f"{because}: {words}, {_PLACES[salience]} ({sentences}).{told}",
        mentions=mentions,
    )


def _words(texts: Iterable[str]) -> str:
    return ", ".join(f"“{text}”" for text in list(dict.fromkeys(texts))[:4])


def text_of(article: Article, hit: Hit) -> str:
    """The words as they stand there."""
    return article.parts[hit.part].text[hit.start : hit.end]


def _mention(topic: Topic, article: Article, hit: Hit) -> Mention:
    part = article.parts[hit.part]
    return Mention(
        field=part.field,
        start=hit.start,
        end=hit.end,
        text=text_of(article, hit),
        sentence=part.sentence_with(hit.start, hit.end),
        alias=hit.group,
        part="subject" if hit.group in topic.subject else "support",
    )
