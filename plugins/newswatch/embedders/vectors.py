"""What the vectors of every adapter are held to."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

NAME = "multilingual-e5-small"
SIZE = 384
PROBES = Path(__file__).with_name("probes.json")  # texts and their vectors; `make train-entries`
_ALIKE = 0.95  # cosine with a probe's vector: four bits against 32 come to 0.98
_TOLERANCE = 1e-3

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


class BadVectors(Exception):
    """A model gave what are no vectors of `NAME`."""


def checked(vectors: NDArray[np.float32], texts: int) -> NDArray[np.float32]:
    """The vectors, if they are one unit vector for each text; raises `BadVectors`."""
    if vectors.shape != (texts, SIZE):
        raise BadVectors(f"vectors of shape {vectors.shape}, not {(texts, SIZE)}")
    lengths = np.linalg.norm(vectors, axis=1)
    wrong = int((~np.isclose(lengths, 1.0, atol=_TOLERANCE)).sum())
    if wrong:
        raise BadVectors(f"{wrong} of {texts} are no unit vectors")
    return vectors


def check_probes(encode: Encode) -> None:
    """Raises `BadVectors` if the model is another: the figures of entries are made for this one."""
    stored: dict[str, list[float]] = json.loads(PROBES.read_text(encoding="utf-8"))
    found = encode(list(stored))
    alike = (found * np.array(list(stored.values()), np.float32)).sum(axis=1)
    if alike.min() < _ALIKE:
        raise BadVectors(f"it is another model than {NAME}: a cosine of {alike.min():.2f} with it")
