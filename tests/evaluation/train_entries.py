"""`python -m evaluation.train_entries DATA`: writes `stories/entry_models.json` anew, and
`embedders/probes.json`.

A pair of reports is scored by a model of its signs, one for pairs in one language and one for all
others; a pair of one story is a right one. Means of languages are of the same reports.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from evaluation.logistic import fit
from evaluation.news import Labelled, read_labelled
from newswatch.embedders.choose import AUTOMATIC, NoEmbedder, embedder_of
from newswatch.embedders.vectors import PROBES
from newswatch.stories.embedding import ANY_LANGUAGE, Embedder, LanguageMeans, Vectors
from newswatch.stories.entries import WINDOW
from newswatch.stories.entry_model import MODELS, WORDS_ONLY, EntryModel, Weights
from newswatch.stories.signs import MEANINGS, SIGNS, Matrix, PairSigns, Sign, pair_signs

VERSION = 3  # of what is written: one more whenever a figure changes
SENTENCES = "multilingual-e5-small"
THRESHOLDS = {WORDS_ONLY: 0.7, SENTENCES: 0.86}
COMPANY = {WORDS_ONLY: 0.0, SENTENCES: 0.3}
FOLDS = 5
SHRINKING = 20  # reports with the mean of all languages that each language's mean begins with
DIGITS = 4
PROBE_TEXTS = (
    "Divers begin to mend the pier of Port Ellery on Monday",
    "Die Bundesbank senkt ihre Prognose für das kommende Jahr",
    "اتفاق في جنيف على بقاء 41 سفينة صيد في الميناء",
)
AT_HOME: frozenset[Sign] = frozenset(("headline", "contained"))  # tell nothing across languages
ABROAD: frozenset[Sign] = frozenset(("shared_anchors",))  # in one language words say it better

By = Literal["story", "day"]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs that an edition may hold: their rows, and what is true of them."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    same_language: Mask
    one_story: Mask

    @classmethod
    def of(cls, news: Labelled, signs: PairSigns) -> Pairs:
        first, second = np.triu_indices(len(news.reports), 1)
        near = signs.signs["days_apart"][first, second] <= WINDOW.total_seconds() / 86_400
        first, second = first[near], second[near]
        story = np.array(news.story)
        return cls(first, second, signs.same_language[first, second], story[first] == story[second])


def main(arguments: Sequence[str]) -> int:
    data = Path(arguments[0])
    embedder = embedder_of(AUTOMATIC)
    if isinstance(embedder, NoEmbedder):
        print(embedder.reason, file=sys.stderr)
        return 1
    PROBES.write_text(json.dumps(probes(embedder), ensure_ascii=False) + "\n", encoding="utf-8")
    news = read_labelled(data, embedder)
    models = {name: stored(trained(news, name)) for name in (WORDS_ONLY, SENTENCES)}
    MODELS.write_text(
        json.dumps({"version": VERSION, "models": models}, separators=(",", ":")) + "\n",
        encoding="utf-8",
    )
    print(f"{MODELS}: version {VERSION}")
    return 0


def probes(embedder: Embedder) -> dict[str, list[float]]:
    """The vectors of a few texts: by these a model is known."""
    vectors = embedder.encode(PROBE_TEXTS)
    return {text: _rounded(vector) for text, vector in zip(PROBE_TEXTS, vectors, strict=True)}


def trained(news: Labelled, name: str) -> EntryModel:
    """The model of all pairs."""
    means = means_for(news, name)
    signs = pair_signs(news.reports, news.frequencies, means)
    pairs = Pairs.of(news, signs)
    home, abroad = (
        weights_of(news, signs, pairs, pairs.same_language == same, name) for same in (True, False)
    )
    return EntryModel(name, VERSION, THRESHOLDS[name], COMPANY[name], home, abroad, means)


@dataclass(frozen=True, slots=True)
class CrossFitted:
    """Models by the folds of a pair's reports, each fitted on what is in neither of the two."""

    news: Labelled
    fold: NDArray[np.intp]  # of each report
    models: Mapping[tuple[int, int], EntryModel]

    def likelihood(self, rows: Sequence[int]) -> Matrix:
        """Of each pair of an edition of these reports, by the model that saw nothing of it."""
        fold = self.fold[list(rows)]
        low, high = np.minimum.outer(fold, fold), np.maximum.outer(fold, fold)
        reports = [self.news.reports[row] for row in rows]
        means = next(iter(self.models.values())).means
        signs = pair_signs(reports, self.news.frequencies, means)
        found = np.zeros_like(signs.signs["words"])
        for folds in sorted(set(zip(low.flat, high.flat, strict=True))):
            of_both = (low == folds[0]) & (high == folds[1])
            found[of_both] = self.models[folds].likelihood(signs)[of_both]
        return found


def cross_fitted(news: Labelled, name: str, by: By) -> CrossFitted:
    """Models that saw no report of the story, or of the day, of a pair that they score."""
    means = means_for(news, name)
    signs = pair_signs(news.reports, news.frequencies, means)
    pairs = Pairs.of(news, signs)
    fold = np.array([_fold(news, row, by) for row in range(len(news.reports))])
    one, other = fold[pairs.first], fold[pairs.second]
    models = {}
    for low, high in combinations_with_replacement(sorted(set(fold.tolist())), 2):
        seen = ~np.isin(one, (low, high)) & ~np.isin(other, (low, high))
        home, abroad = (
            weights_of(news, signs, pairs, seen & (pairs.same_language == same), name)
            for same in (True, False)
        )
        models[low, high] = EntryModel(
            name, VERSION, THRESHOLDS[name], COMPANY[name], home, abroad, means
        )
    return CrossFitted(news, fold, models)


def weights_of(news: Labelled, signs: PairSigns, pairs: Pairs, chosen: Mask, name: str) -> Weights:
    """A story of many reports has very many pairs: each of its right pairs weighs the less, so that
    every report counts alike; all wrong pairs weigh as much as all right ones."""
    first, second, right = pairs.first[chosen], pairs.second[chosen], pairs.one_story[chosen]
    same = bool(pairs.same_language[chosen].all())
    left_out = (ABROAD if same else AT_HOME) | (MEANINGS if name == WORDS_ONLY else frozenset())
    names = [sign for sign in SIGNS if sign not in left_out]
    columns = np.column_stack([signs.signs[sign][first, second] for sign in names])
    size = Counter(news.story)
    weight = np.array([2.0 / max(1, size[news.story[row]] - 1) for row in first])
    weight[~right] = weight[right].sum() / max(1, (~right).sum())
    found, constant = fit(columns.astype(np.float64), right, weight)
    return Weights(constant, dict(zip(names, found.tolist(), strict=True)))


def means_for(news: Labelled, name: str) -> LanguageMeans | None:
    if name == WORDS_ONLY:
        return None
    told = [flagged.meaning for flagged in news.reports if flagged.meaning is not None]
    return LanguageMeans(
        _means(news, np.stack([meaning.headline for meaning in told])),
        _means(news, np.stack([meaning.lead for meaning in told])),
    )


def _means(news: Labelled, vectors: Vectors) -> Mapping[str, Vectors]:
    every = vectors.mean(axis=0)
    languages = np.array([flagged.report.language or "" for flagged in news.reports])
    found = {ANY_LANGUAGE: every}
    for language in sorted(set(languages) - {""}):
        own = vectors[languages == language]
        found[str(language)] = (own.sum(axis=0) + SHRINKING * every) / (len(own) + SHRINKING)
    return found


def _fold(news: Labelled, row: int, by: By) -> int:
    if by == "day":
        return news.day(row)
    return int(hashlib.sha256(news.story[row].encode()).hexdigest(), 16) % FOLDS


def stored(model: EntryModel) -> dict[str, Any]:
    """As `entry_models.json` has it, in figures of a few digits: the same on any machine."""
    found: dict[str, Any] = {
        "threshold": model.threshold,
        "company": model.company,
        "same_language": _stored_weights(model.same_language),
        "across_languages": _stored_weights(model.across_languages),
    }
    if model.means is not None:
        found["means"] = {
            part: {
                language: _rounded(mean) for language, mean in getattr(model.means, part).items()
            }
            for part in ("headline", "lead")
        }
    return found


def _rounded(vector: Vectors) -> list[float]:
    return [round(float(number), DIGITS) for number in vector]


def _stored_weights(weights: Weights) -> dict[str, Any]:
    return {
        "constant": round(weights.constant, DIGITS),
        "signs": {sign: round(weight, DIGITS) for sign, weight in weights.signs.items()},
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
