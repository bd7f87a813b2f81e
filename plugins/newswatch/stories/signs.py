"""What speaks for two reports being of one event: a matrix of all pairs for each sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from newswatch.models import ArticleId
from newswatch.stories.anchors import headline_anchors
from newswatch.stories.embedding import LanguageMeans, Meaning, beside_nearest, centred
from newswatch.stories.report import Report
from newswatch.stories.rules import FIRST
from newswatch.stories.similarity import (
    Counts,
    Vector,
    anchor_vector,
    counts_of,
    unit,
    vector_of,
)
from newswatch.stories.terms import Frequencies, weighted_terms
from newswatch.text.words import tokenize

Matrix = NDArray[np.float32]
Sign = Literal[
    "words",  # root of the cosine of headline and text by their rarest terms
    "headline",  # the same of the headlines alone
    "contained",  # share of the shorter headline that the other has, by rarity
    "anchors",  # root of the cosine of names, places and numbers
    "shared_anchors",  # logarithm of how many are shared, plus one
    "days_apart",
    "meaning_of_headline",  # cosine of the vectors, each without the mean of its language
    "meaning_beside_nearest",  # of the leads, each with those of the reports nearest to it
]
SIGNS: tuple[Sign, ...] = get_args(Sign)
RULES = FIRST  # what the models of `entry_model` were trained on
_LEAST = np.float32(1e-6)  # weight of a headline: one without terms shares nothing
MEANINGS: frozenset[Sign] = frozenset(("meaning_of_headline", "meaning_beside_nearest"))


@dataclass(frozen=True, slots=True)
class FlaggedReport:
    """A flagged report as an edition groups it; `meaning` is None where no model told it."""

    article_id: ArticleId
    report: Report
    seen_at: datetime
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class PairSigns:
    """Each sign of all pairs of reports, and whether the two are in one language."""

    signs: Mapping[Sign, Matrix]
    same_language: NDArray[np.bool_]

    def of_pair(self, first: int, second: int) -> dict[Sign, float]:
        return {sign: float(matrix[first, second]) for sign, matrix in self.signs.items()}


def pair_signs(
    reports: Sequence[FlaggedReport], frequencies: Frequencies, means: LanguageMeans | None
) -> PairSigns:
    """All signs of all pairs; those of meaning if there are means, and each report has its own."""
    counts = [counts_of(flagged.report, RULES) for flagged in reports]
    headlines = [frequencies.weigh(_headline_counts(flagged.report)) for flagged in reports]
    words, _ = _products([vector_of(own.terms, frequencies, RULES) for own in counts])
    named, shared = _products(
        [anchor_vector(own, frequencies) for own in _with_headlines(reports, counts)]
    )
    signs: dict[Sign, Matrix] = {
        "words": _root(words),
        "headline": _root(_products([unit(headline) for headline in headlines])[0]),
        "contained": _contained(headlines),
        "anchors": _root(named),
        "shared_anchors": np.log1p(shared),
        "days_apart": _days_apart(reports),
    }
    languages = [flagged.report.language or "" for flagged in reports]
    if means is not None:
        signs |= _meanings(reports, languages, means)
    codes = np.unique(languages, return_inverse=True)[1]
    return PairSigns(signs, codes[:, None] == codes[None])


def rarity_keys(reports: Sequence[FlaggedReport]) -> list[set[str]]:
    """Of each report the terms and anchors whose rarity counts."""
    counts = [counts_of(flagged.report, RULES) for flagged in reports]
    named = _with_headlines(reports, counts)
    return [
        own.keys() | with_headline.keys() | _headline_counts(flagged.report).keys()
        for flagged, own, with_headline in zip(reports, counts, named, strict=True)
    ]


def _headline_counts(report: Report) -> dict[str, float]:
    title = report.title
    return {term: 1.0 for _, term, _ in weighted_terms(title, tokenize(title), RULES)}


def _with_headlines(reports: Sequence[FlaggedReport], counts: Sequence[Counts]) -> list[Counts]:
    """The anchors of texts, and those of headlines: a place, a number, or a name that some text
    has, for in a headline any word may have a capital letter."""
    known = {key for own in counts for key in own.anchors}
    both = []
    for flagged, own in zip(reports, counts, strict=True):
        report = flagged.report
        found = {
            key: anchor
            for key, anchor in headline_anchors(report.title, report.language, RULES).items()
            if key[0] != "~" or key in known
        }
        both.append(Counts(own.terms, {**found, **own.anchors}, own.language))
    return both


def _products(vectors: Sequence[Vector]) -> tuple[Matrix, Matrix]:
    """Of all pairs the dot product, and how many keys they share."""
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for row, vector in enumerate(vectors):
        for key, weight in vector.items():
            postings[key].append((row, weight))
    products = np.zeros((len(vectors), len(vectors)), np.float32)
    shared = np.zeros_like(products)
    for posting in postings.values():
        if len(posting) > 1:
            rows, weights = zip(*posting, strict=True)
            square = np.ix_(rows, rows)
            products[square] += np.outer(weights, weights)
            shared[square] += 1
    return products, shared


def _root(cosines: Matrix) -> Matrix:
    root: Matrix = np.sqrt(np.clip(cosines, 0, 1))
    return root


def _contained(headlines: Sequence[Vector]) -> Matrix:
    common, _ = _products(
        [{term: float(np.sqrt(weight)) for term, weight in own.items()} for own in headlines]
    )
    whole = np.array([sum(own.values()) for own in headlines], np.float32)
    shorter = np.maximum(np.minimum(whole[:, None], whole[None]), _LEAST)
    return (common / shorter).astype(np.float32)


def _days_apart(reports: Sequence[FlaggedReport]) -> Matrix:
    first = min(flagged.seen_at for flagged in reports)
    days = np.array(
        [(flagged.seen_at - first).total_seconds() / 86_400 for flagged in reports], np.float32
    )
    apart: Matrix = np.abs(days[:, None] - days[None])
    return apart


def _meanings(
    reports: Sequence[FlaggedReport], languages: Sequence[str], means: LanguageMeans
) -> dict[Sign, Matrix]:
    told = [flagged.meaning for flagged in reports if flagged.meaning is not None]
    if len(told) < len(reports):
        return {}
    headline = centred(np.stack([own.headline for own in told]), languages, means.headline)
    lead = centred(np.stack([own.lead for own in told]), languages, means.lead)
    beside = beside_nearest(lead)
    return {
        "meaning_of_headline": headline @ headline.T,
        "meaning_beside_nearest": beside @ beside.T,
    }
