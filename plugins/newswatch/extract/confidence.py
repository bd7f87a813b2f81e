"""How sure a body is that the page carries beside what it shows, by what else it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from newswatch.text.scripts import words_in
from newswatch.text.words import words_of

LONG_ENOUGH = 150  # words; a shorter body is often the beginning of one


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a body can be compared with; empty where the page has no such thing."""

    claimed: str = ""  # JSON-LD's articleBody
    summaries: tuple[str, ...] = ()  # the page's description, the feed's summary


def confidence_of(text: str, evidence: Expectation) -> float:
    """0..1, the mean of the evidence there is, in hundredths.

    Each counts from 0 to 1: its length; the share of the shorter of
    text and articleBody that stands in the other; the share of each summary that stands in it.
    """
    if not text:
        return 0.0
    scores = [min(1.0, words_in(text) / LONG_ENOUGH)]
    words = Counter(words_of(text))
    for other in filter(None, (evidence.claimed, *evidence.summaries)):
        scores.append(_agreement(words, Counter(words_of(other))))
    return round(sum(scores) / len(scores), 2)


def _agreement(a: Counter[str], b: Counter[str]) -> float:
    shorter = min(a.total(), b.total())
    return (a & b).total() / shorter if shorter else 0.0
