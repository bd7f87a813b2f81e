"""How likely two reports are of one event: a logistic model, its figures data with a version.

`entry_models.json` is written by `make train-entries`; nothing of it is set by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from newswatch.stories.embedding import LanguageMeans
from newswatch.stories.signs import Matrix, PairSigns, Sign

MODELS = Path(__file__).with_name("entry_models.json")
WORDS_ONLY = "words"  # the model that needs no embedding
MOST_DAYS = 2.0  # apart; no edition holds reports further apart


@dataclass(frozen=True, slots=True)
class Weights:
    """The logarithm of the odds: a constant, and what each sign adds times its value."""

    constant: float
    signs: Mapping[Sign, float]

    def odds(self, signs: Mapping[Sign, Matrix]) -> Matrix:
        total = np.full_like(next(iter(signs.values())), self.constant)
        for sign, weight in self.signs.items():
            total += np.float32(weight) * signs[sign]
        return total


@dataclass(frozen=True, slots=True)
class EntryModel:
    """Reports that are near enough, on average over the pairs of two groups, are one entry."""

    name: str  # of the embedder whose vectors it weighs, or `words`
    version: int
    threshold: float
    company: float  # share of it in how near two reports are: see `in_company`
    same_language: Weights
    across_languages: Weights
    means: LanguageMeans | None

    def likelihood(self, pairs: PairSigns) -> Matrix:
        """Of each pair, 0..1."""
        odds = np.where(
            pairs.same_language,
            self.same_language.odds(pairs.signs),
            self.across_languages.odds(pairs.signs),
        )
        return (1.0 / (1.0 + np.exp(-odds))).astype(np.float32)

    def parts(self, signs: Mapping[Sign, float], *, same_language: bool) -> dict[Sign, float]:
        """What each sign of a pair adds to the logarithm of its odds."""
        weights = self.same_language if same_language else self.across_languages
        return {sign: weight * signs[sign] for sign, weight in weights.signs.items()}


@cache
def entry_models(path: Path = MODELS) -> Mapping[str, EntryModel]:
    """The models by name: one for each embedder, and the one that needs none."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: EntryModel(
            name,
            stored["version"],
            found["threshold"],
            found["company"],
            _weights(found["same_language"]),
            _weights(found["across_languages"]),
            _means(found["means"]) if "means" in found else None,
        )
        for name, found in stored["models"].items()
    }


def _weights(found: Mapping[str, Any]) -> Weights:
    return Weights(found["constant"], found["signs"])


def _means(found: Mapping[str, Any]) -> LanguageMeans:
    return LanguageMeans(
        *(
            {language: np.array(mean, np.float32) for language, mean in found[part].items()}
            for part in ("headline", "lead")
        )
    )
