"""How much of an article a topic is: its place, and a score that editions rank by."""

from __future__ import annotations

from collections.abc import Sequence

from newswatch.models import Salience
from newswatch.topics.document import Article
from newswatch.topics.evaluate import Hit, in_lead

PASSING_WORDS = 400  # one sentence in so many words is passing
_BASE: dict[Salience, float] = {"headline": 0.9, "lead": 0.7, "body": 0.45, "passing": 0.15}


def sentences_with(article: Article, hits: Sequence[Hit]) -> int:
    return len({(hit.part, article.parts[hit.part].sentence_at(hit.start)) for hit in hits})


def salience_of(article: Article, hits: Sequence[Hit]) -> Salience:
    """Where the topic stands. Passing: one sentence, or one in so many words, not in the lead."""
    if any(hit.part == 0 for hit in hits):
        return "headline"
    if any(in_lead(article, hit) for hit in hits):
        return "lead"
    sentences, words = sentences_with(article, hits), max(1, len(article.text.words))
    return "passing" if sentences == 1 or sentences * PASSING_WORDS < words else "body"


def score_of(article: Article, hits: Sequence[Hit], salience: Salience, weight: float) -> float:
    """0 to 1: by place first, then by how much of the article it is, less for a weaker rule."""
    words = max(1, len(article.text.words))
    share = min(1.0, 60 * sentences_with(article, hits) / words)
    return round(min(1.0, (_BASE[salience] + 0.1 * share) * (0.5 + 0.5 * weight)), 3)
