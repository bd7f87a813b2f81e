"""The figures of entries: what is shipped is what is used, and what was written."""

from __future__ import annotations

import json

import numpy as np
import pytest

from evaluation.train_entries import COMPANY, THRESHOLDS, VERSION, stored
from newswatch.stories.embedding import ANY_LANGUAGE, centred
from newswatch.stories.entry_model import MODELS, WORDS_ONLY, Weights, entry_models
from newswatch.stories.signs import MEANINGS


def test_what_is_shipped_is_what_is_loaded() -> None:
    """Loading undoes writing, to the last digit that is written."""
    shipped = json.loads(MODELS.read_text(encoding="utf-8"))
    found = {name: stored(model) for name, model in entry_models().items()}
    assert shipped == {"version": VERSION, "models": found}
    assert {name: model.threshold for name, model in entry_models().items()} == THRESHOLDS
    assert {name: model.company for name, model in entry_models().items()} == COMPANY


@pytest.mark.parametrize("name", sorted(THRESHOLDS))
def test_only_a_model_with_means_weighs_meaning(name: str) -> None:
    model = entry_models()[name]
    signs = {*model.same_language.signs, *model.across_languages.signs}
    assert bool(signs & MEANINGS) == (model.means is not None) == (name != WORDS_ONLY)


def test_odds_are_the_constant_and_what_each_sign_adds() -> None:
    weights = Weights(-1.0, {"words": 2.0, "days_apart": -0.5})
    signs = {name: np.array([[0.5]], np.float32) for name in ("words", "headline")}
    assert weights.odds({**signs, "days_apart": np.array([[2.0]], np.float32)}) == -1.0


def test_a_language_without_a_mean_of_its_own_has_that_of_all() -> None:
    means = {ANY_LANGUAGE: np.array([0.6, 0.0], np.float32), "de": np.array([0, 0.8], np.float32)}
    vectors = np.array([[0.6, 0.8]] * 3, np.float32)
    assert centred(vectors, ["de", "is", None], means).tolist() == [[1, 0], [0, 1], [0, 1]]
