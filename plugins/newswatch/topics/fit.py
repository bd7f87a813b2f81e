"""Making a scorer from labelled articles, reproducibly: the same articles give the same weights.

Only the best sentence of an article need tell of the topic, so each round lets the sentences that
the last round believed stand for their article (multiple-instance learning; Andrews et al., 2002).
What is reported is cross-validated by week, the penalty chosen inside each fold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from newswatch.topics.scorer import FORM, Scorer
from newswatch.topics.signs import Candidate, Signs

FOLDS = 5
PENALTIES = (3.0, 10.0)
ROUNDS = 6
THRESHOLD = 0.4
_SMALLEST = 1e-9
_Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled article as a scorer sees it. `telling` are the candidates that the annotator's
    quote stands in; empty where that is not known. `weight`: how many articles it stands for."""

    week: str
    label: bool
    found: Sequence[Candidate]
    telling: frozenset[int]
    weight: float = 1.0


def folds_of(examples: Sequence[Example], count: int = FOLDS) -> list[int]:
    """The fold of each example: weeks stay whole, and folds have about as many positives."""
    positives: defaultdict[str, float] = defaultdict(float)
    for example in examples:
        positives[example.week] += example.label + 0.01
    filled = [0.0] * count
    fold_of: dict[str, int] = {}
    for week in sorted(positives, key=lambda name: (-positives[name], name)):
        fold_of[week] = filled.index(min(filled))
        filled[fold_of[week]] += positives[week]
    return [fold_of[example.week] for example in examples]


def fit(examples: Sequence[Example], penalty: float) -> Scorer:
    """A scorer by one penalty (L2, in articles)."""
    names = sorted(
        {name for example in examples for candidate in example.found for name in candidate.signs}
    )
    rows = _Rows(examples, names)
    weights = np.zeros(len(names) + 1)
    share = rows.first_shares()
    for _ in range(ROUNDS):
        weights = _logistic(rows.matrix, rows.labels, share, penalty, weights)
        share = rows.shares(rows.matrix @ weights)
    return Scorer(
        weights={
            name: round(float(value), 4) for name, value in zip(names, weights[1:], strict=True)
        },
        bias=round(float(weights[0]), 4),
        calibration=(0.0, 1.0, 0.0),
        threshold=THRESHOLD,
    )


def cross_fitted(
    examples: Sequence[Example], penalty: float, count: int = FOLDS
) -> list[tuple[float, float]]:
    """Of each example, by a scorer that did not see its week: strongest logit, likely sentences."""
    folds = folds_of(examples, count)
    found = [(0.0, 0.0)] * len(examples)
    for fold in range(count):
        scorer = fit(
            [example for example, at in zip(examples, folds, strict=True) if at != fold], penalty
        )
        for number, (example, at) in enumerate(zip(examples, folds, strict=True)):
            if at == fold:
                found[number] = summary(scorer, example)
    return found


def summary(scorer: Scorer, example: Example) -> tuple[float, float]:
    """What calibration looks at: the strongest logit, log(1 + likely sentences)."""
    logits = [scorer.logit(candidate.signs) for candidate in example.found]
    if not logits:
        return -30.0, 0.0
    return max(logits), float(np.log1p(sum(logit > 0 for logit in logits)))


def chosen(examples: Sequence[Example]) -> tuple[Scorer, float]:
    """The scorer of the penalty that cross-validation by week finds best, calibrated on what the
    folds said; and that penalty."""
    trials = {penalty: cross_fitted(examples, penalty) for penalty in PENALTIES}
    labels = np.array([float(example.label) for example in examples])
    share = np.array([example.weight for example in examples])
    calibrations = {penalty: _calibration(said, labels, share) for penalty, said in trials.items()}
    losses = {
        penalty: _loss(_calibrated(said, calibrations[penalty]), labels, share)
        for penalty, said in trials.items()
    }
    best = min(PENALTIES, key=lambda penalty: losses[penalty])
    scorer = fit(examples, best)
    constant, strongest, likely = calibrations[best]
    calibrated = Scorer(scorer.weights, scorer.bias, (constant, strongest, likely), THRESHOLD)
    return calibrated, best


def nested(examples: Sequence[Example]) -> list[float]:
    """The probability of each example by a scorer, a penalty and a calibration that did not see its
    week."""
    folds = folds_of(examples)
    said = [0.0] * len(examples)
    for fold in range(FOLDS):
        scorer, _ = chosen(
            [example for example, at in zip(examples, folds, strict=True) if at != fold]
        )
        for number, (example, at) in enumerate(zip(examples, folds, strict=True)):
            if at == fold:
                said[number] = scorer.score(example.found).probability
    return said


def as_data(scorer: Scorer, made_from: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a file of weights; the strongest first."""
    ordered = sorted(scorer.weights.items(), key=lambda item: (-abs(item[1]), item[0]))
    return {
        "form": FORM,
        "made_from": dict(made_from),
        "threshold": scorer.threshold,
        "bias": scorer.bias,
        "calibration": [round(value, 4) for value in scorer.calibration],
        "weights": dict(ordered),
    }


class _Rows:
    """The candidates of all examples as one matrix, the bias first."""

    def __init__(self, examples: Sequence[Example], names: Sequence[str]) -> None:
        place = {name: number for number, name in enumerate(names, start=1)}
        signs: list[Signs] = [
            candidate.signs for example in examples for candidate in example.found
        ]
        self.matrix = np.zeros((len(signs), len(names) + 1))
        self.matrix[:, 0] = 1.0
        for row, found in enumerate(signs):
            for name, value in found.items():
                self.matrix[row, place[name]] = value
        self._spans: list[tuple[int, int, Example]] = []
        start = 0
        for example in examples:
            self._spans.append((start, start + len(example.found), example))
            start += len(example.found)
        self.labels = np.concatenate(
            [np.full(end - begin, float(example.label)) for begin, end, example in self._spans]
        )

    def first_shares(self) -> _Vector:
        """Before anything is known: sentences for which more rules fired are believed more."""
        rules = [
            float(len(candidate.rules))
            for _, _, example in self._spans
            for candidate in example.found
        ]
        return self.shares(2 * np.array(rules))

    def shares(self, logits: _Vector) -> _Vector:
        """How much each sentence stands for its article; of one article they make its weight."""
        share = np.zeros(len(logits))
        for begin, end, example in self._spans:
            if begin == end:
                continue
            allowed = np.zeros(end - begin)
            if example.label and example.telling:
                allowed -= 30.0
                allowed[sorted(example.telling)] = 0.0
            own = logits[begin:end] + allowed
            powers = np.exp(own - own.max())
            share[begin:end] = example.weight * powers / powers.sum()
        return share


def _logistic(
    matrix: _Vector, labels: _Vector, share: _Vector, penalty: float, start: _Vector
) -> _Vector:
    """Weighted logistic regression by Newton's method; the bias is not penalised."""
    weights = start.copy()
    ridge = np.full(matrix.shape[1], penalty)
    ridge[0] = _SMALLEST
    for _ in range(50):
        said = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (share * (said - labels)) + ridge * weights
        curve = (matrix * (share * said * (1 - said))[:, None]).T @ matrix + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def _calibration(
    said: Sequence[tuple[float, float]], labels: _Vector, share: _Vector
) -> tuple[float, float, float]:
    """Platt's, with the number of likely sentences as a second sign."""
    rows = [(1.0, max(-8.0, strongest), likely) for strongest, likely in said]
    found = _logistic(np.array(rows), labels, share, 1.0, np.zeros(3))
    return float(found[0]), float(found[1]), float(found[2])


def _calibrated(
    said: Sequence[tuple[float, float]], calibration: tuple[float, float, float]
) -> list[float]:
    scorer = [
        calibration[0] + calibration[1] * max(-8.0, strongest) + calibration[2] * likely
        for strongest, likely in said
    ]
    return [1 / (1 + float(np.exp(-np.clip(logit, -30, 30)))) for logit in scorer]


def _loss(said: Sequence[float], labels: _Vector, share: _Vector) -> float:
    lost = sum(
        float(weight) * -log(max(_SMALLEST, value if label else 1 - value))
        for value, label, weight in zip(said, labels, share, strict=True)
    )
    return lost / float(share.sum())
