"""How much of one text stands in another, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from newswatch.copies.fingerprint import GRAM, Fingerprint, grams, shared_by, word_hashes
from newswatch.models import Passage
from newswatch.text.words import tokenize

LONGEST_PASSAGES = 3

Relation = Literal["exact", "near", "contained", "contains", "related", "template", "none"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Text `b`, the newer, against `a`. Coverages and Jaccard are shares of word-4-grams, 0 to 1.

    `contained`: b stands in a. `contains`: a stands in b, which says much more. `template`: the
    words of a copy, with other numbers. `related`: shared passages, not a copy.
    """

    relation: Relation
    coverage_a: float
    coverage_b: float
    jaccard: float

    @property
    def shares_text(self) -> bool:
        """One of the two is, or holds, a copy of the other."""
        return self.relation in ("exact", "near", "contained", "contains")


@lru_cache(maxsize=8_192)  # a batch asks thrice of each pair (`make bench-dedupe`)
def compare(a: Fingerprint, b: Fingerprint) -> Comparison:
    """What b is to a; from the fingerprints alone, which are of one algorithm."""
    shared = shared_by(a.shingles, b.shingles)
    size_a, size_b = len(a.shingles), len(b.shingles)
    coverage_a = shared / size_a if size_a else 0.0
    coverage_b = shared / size_b if size_b else 0.0
    union = size_a + size_b - shared
    jaccard = shared / union if union else 0.0
    return Comparison(_relation(a, b, coverage_a, coverage_b), coverage_a, coverage_b, jaccard)


def _relation(a: Fingerprint, b: Fingerprint, coverage_a: float, coverage_b: float) -> Relation:
    if a.words and a.text_hash == b.text_hash:
        return "exact"
    rules = b.rules
    shorter = min(len(a.shingles), len(b.shingles))
    coverage = max(coverage_a, coverage_b)
    if shorter < rules.short:  # too few grams to tell a copy from a common phrase
        return "contained" if coverage_b == 1.0 and b.words > GRAM + 4 else "none"
    if coverage < rules.related:
        return "none"
    spread_a, spread_b = _spread(a, b), _spread(b, a)
    a_stands_in_b = coverage_a >= rules.copy and spread_a >= rules.spread
    b_stands_in_a = coverage_b >= rules.copy and spread_b >= rules.spread
    garbled = (
        min(coverage_a, coverage_b) >= rules.garbled
        and min(spread_a, spread_b) >= rules.garbled_spread
    )
    if not (a_stands_in_b or b_stands_in_a or garbled):
        return "related"
    if _other_numbers(a, b, coverage):
        return "template"
    if b.words > rules.grown * a.words or not (b_stands_in_a or garbled):
        return "contains"
    if a.words > rules.same_length * b.words or (
        coverage_b >= rules.whole and coverage_a < rules.copy
    ):
        return "contained"
    return "near"


def _spread(text: Fingerprint, other: Fingerprint) -> float:
    """The share of a text's windows that have at least one gram in common with the other."""
    hits = np.isin(text.grams, other.shingles)
    windows = max(1, round(len(hits) / text.rules.window))
    return float(np.mean([part.any() for part in np.array_split(hits, windows)]))


def _other_numbers(a: Fingerprint, b: Fingerprint, coverage: float) -> bool:
    """Number guard: a template (quake bot, market report) keeps its words, not its figures."""
    rules = b.rules
    longer, shorter = max(a.words, b.words), min(a.words, b.words)
    fewer = min(len(a.numbers), len(b.numbers))
    if fewer < max(rules.template_fewest, rules.template_numbers * shorter):
        return False
    if longer > rules.template_length * shorter:
        return False
    shared = shared_by(a.numbers, b.numbers)
    when_close, when_few, when_many = rules.template_kept
    if coverage >= rules.template_coverage:
        return fewer >= rules.template_clear and shared < when_close * fewer
    return shared < (when_few if fewer < rules.template_many else when_many) * fewer


def passages(a: str, b: str, most: int = LONGEST_PASSAGES) -> tuple[Passage, ...]:
    """The longest runs of words that stand in both texts, the longest first."""
    tokens_a, tokens_b = tokenize(a), tokenize(b)
    grams_a, grams_b = grams(word_hashes(tokens_a.words)), grams(word_hashes(tokens_b.words))
    first_at: dict[int, int] = {}
    for position, gram in enumerate(grams_a.tolist()):
        first_at.setdefault(gram, position)
    width = min(GRAM, len(tokens_a.words), len(tokens_b.words))
    runs: list[tuple[int, int, int]] = []  # words, first in a, first in b
    at = 0
    listed = grams_b.tolist()
    while at < len(listed):
        start = first_at.get(listed[at])
        if (
            start is None
            or tokens_a.words[start : start + width] != tokens_b.words[at : at + width]
        ):
            at += 1
            continue
        length = width
        while (
            start + length < len(tokens_a.words)
            and at + length < len(tokens_b.words)
            and tokens_a.words[start + length] == tokens_b.words[at + length]
        ):
            length += 1
        runs.append((length, start, at))
        at += length - width + 1
    runs.sort(key=lambda run: (-run[0], run[2]))
    return tuple(
        Passage(
            tokens_a.starts[in_a],
            tokens_a.ends[in_a + length - 1],
            tokens_b.starts[in_b],
            tokens_b.ends[in_b + length - 1],
        )
        for length, in_a, in_b in runs[:most]
    )


def sentence(comparison: Comparison, of: str = "the earlier text") -> str:
    """The comparison as a sentence for people."""
    percent = f"{100 * comparison.coverage_b:.0f} %"
    back = f"{100 * comparison.coverage_a:.0f} %"
    match comparison.relation:
        case "exact":
            return f"Word for word the text of {of}."
        case "near":
            return f"{percent} of this text stands in {of}, and {back} of that in this."
        case "contained":
            return f"{percent} of this text stands in {of}, which is longer."
        case "contains":
            return f"{back} of {of} stands in this text, which is longer."
        case "related":
            return f"Shares passages with {of} ({percent} of this text), but is no copy."
        case "template":
            return f"The words of {of} ({percent}), but other figures: a template, not a copy."
        case "none":
            return f"{percent} of this text stands in {of}: not a copy."
