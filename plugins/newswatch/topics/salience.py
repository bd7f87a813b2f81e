"""How much of an article a topic is: its place, and a score that editions rank by.

The numbers follow 172 labelled mentions: annotators call a topic of one sentence a real subject in
15 % of the articles, of two in 25 %, of three or four in 75 %, in the headline or in the first
words of the text nearly always.
"""

from __future__ import annotations

from collections.abc import Sequence

from newswatch.models import Salience
from newswatch.topics.document import SUBTITLE, TITLE, Article
from newswatch.topics.partners import Hit

FIRST_WORDS = 25  # about a first sentence
PASSING_SENTENCES = 2
_BASE: dict[Salience, float] = {"headline": 0.9, "lead": 0.8, "body": 0.55, "passing": 0.1}
_STEP: dict[Salience, float] = {"headline": 0.02, "lead": 0.02, "body": 0.05, "passing": 0.1}
HIGHEST_SCORE = 1.0
_STEPS = 5  # sentences beyond which more make no difference


def sentences_with(article: Article, hits: Sequence[Hit]) -> int:
    """How many sentences hold a hit, the headline included."""
    return len({(hit.part, article.parts[hit.part].sentence_at(hit.start)) for hit in hits})


def salience_of(article: Article, hits: Sequence[Hit]) -> Salience:
    """Where the topic stands; passing is a sentence or two outside headline and first words."""
    if any(hit.part == TITLE for hit in hits):
        return "headline"
    if any(hit.part == SUBTITLE or article.text.word_at(hit.start) < FIRST_WORDS for hit in hits):
        return "lead"
    return "passing" if sentences_with(article, hits) <= PASSING_SENTENCES else "body"


def score_of(article: Article, hits: Sequence[Hit], salience: Salience, weight: float) -> float:
    """0 to 1: how surely the topic is a real subject of the article, less for a weaker rule."""
    sentences = sentences_with(article, hits)
    beyond = sentences - 1 - (PASSING_SENTENCES if salience == "body" else 0)
    place = _BASE[salience] + _STEP[salience] * min(beyond, _STEPS)
    return round(place * (0.5 + 0.5 * weight), 3)
