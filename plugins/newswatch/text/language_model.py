"""The model of languages that py3langid carries. Packed it takes half a second of CPU to load, and
each process that extracts pages loads it; unpacked, a tenth of one.

    python -m newswatch.text.language_model

unpacks it beside this file, 68 MB; setup does. Where that is missing, cut off or of another
version of py3langid, the packed one is read.
"""

from __future__ import annotations

import os
import zlib
from array import array
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from py3langid.modelio import load_model

_PACKED = MODEL_DIR / MODEL_FILE
UNPACKED = Path(__file__).with_name("language_model.npz")

# What numpy and zipfile raise of a file that is not what they wrote.
_UNREADABLE = (
    *(OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError, RuntimeError, zlib.error),
)


def load_identifier(unpacked: Path = UNPACKED) -> LanguageIdentifier:
    """One that gives probabilities, of all languages that the model knows."""
    try:
        with unpacked.open("rb") as file, np.load(file) as stored:
            if int(stored["made_of"]) == _mark():
                return LanguageIdentifier(
                    stored["ptc"],
                    stored["pc"],
                    stored["classes"].tolist(),
                    _array(stored["nextmove"]),
                    stored["output"].tolist(),
                    norm_probs=True,
                    tk_row=_array(stored["row"]),
                )
    except _UNREADABLE:
        pass
    return LanguageIdentifier.from_model_file(_PACKED, norm_probs=True)


def unpack(to: Path = UNPACKED) -> None:
    """Write the packed model's parts as they are held in memory."""
    ptc, pc, classes, nextmove, row, output = load_model(_PACKED)
    unfinished = to.with_name(f"{to.stem}.{os.getpid()}.npz")  # another setup may be at it too
    try:
        np.savez(
            unfinished,
            ptc=ptc,
            pc=pc,
            classes=np.array(classes),
            nextmove=np.asarray(nextmove),
            output=np.asarray(output, dtype=np.int32),
            row=np.asarray(row),
            made_of=np.array(_mark()),
        )
        unfinished.replace(to)
    finally:
        unfinished.unlink(missing_ok=True)


def _array(stored: NDArray[Any]) -> array[int]:
    """Its places are asked for one by one, by which numpy's arrays are slow."""
    return array(stored.dtype.char, stored.tobytes())


def _mark() -> int:
    """What tells the packed model from others."""
    return zlib.crc32(_PACKED.read_bytes())


if __name__ == "__main__":
    unpack()
