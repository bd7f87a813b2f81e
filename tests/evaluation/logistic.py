"""Logistic regression by Newton's method, a few columns and many rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_ROUNDS, _ENOUGH = 60, 1e-8


def fit(columns: Numbers, label: NDArray[np.bool_], weight: Numbers) -> tuple[Numbers, float]:
    """Coefficients and constant of the columns as they are; the penalty is half of the
    squares (ridge), on columns of unit spread."""
    middle, spread = columns.mean(axis=0), columns.std(axis=0) + 1e-9
    scaled = np.column_stack([(columns - middle) / spread, np.ones(len(columns))])
    penalty = np.eye(scaled.shape[1])
    penalty[-1, -1] = 0.0
    found = np.zeros(scaled.shape[1])
    for _ in range(_ROUNDS):
        likelihood = 1.0 / (1.0 + np.exp(-(scaled @ found)))
        slope = scaled.T @ (weight * (likelihood - label)) + penalty @ found
        bend = (scaled.T * (weight * likelihood * (1.0 - likelihood))) @ scaled + penalty
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < _ENOUGH:
            break
    coefficients = found[:-1] / spread
    return coefficients, float(found[-1] - coefficients @ middle)
