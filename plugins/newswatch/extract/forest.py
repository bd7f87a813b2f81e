"""A forest of small decision trees, stored as flat arrays and evaluated with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Nodes of all trees in one numbering; a leaf is a node whose children are itself."""

    feature: NDArray[np.intp]  # column that a node asks for
    threshold: NDArray[np.float32]  # at most: left
    child: NDArray[np.int32]  # of node k: right at 2k, left at 2k + 1
    value: NDArray[np.float32]  # of a leaf: what it adds to the log odds
    root: NDArray[np.int32]  # of each tree
    depth: int  # of the deepest tree

    def chances(self, rows: Matrix) -> Chances:
        """Probability (0..1) of each row."""
        count = len(rows)
        columns = np.ascontiguousarray(rows.T)
        goes_left = (columns[self.feature] <= self.threshold[:, None]).astype(np.int32).ravel()
        row = np.arange(count, dtype=np.int32)[:, None]
        node = np.broadcast_to(self.root, (count, len(self.root)))
        for _ in range(self.depth):
            node = self.child.take(2 * node + goes_left.take(count * node + row))
        log_odds = self.value.take(node).sum(axis=1, dtype=np.float64)
        return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


def load_forest(path: Path) -> Forest:
    """Read what the training wrote with `numpy.savez`."""
    with np.load(path) as stored:
        return forest_of(stored)


def forest_of(stored: Mapping[str, NDArray[Any]]) -> Forest:
    """A forest from its stored arrays: feature, threshold, left, right, value, root, depth."""
    return Forest(
        feature=stored["feature"].astype(np.intp),
        threshold=stored["threshold"].astype(np.float32),
        child=np.stack([stored["right"], stored["left"]], axis=1).astype(np.int32).ravel(),
        value=stored["value"].astype(np.float32),
        root=stored["root"].astype(np.int32),
        depth=int(stored["depth"]),
    )
