"""multilingual-e5-small in ONNX form, from a folder of the operator's."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from newswatch.embedders.vectors import NAME, SIZE, checked

MODEL, PIECES = "model.onnx", "sentencepiece.bpe.model"
MOST_TOKENS = 512  # of a text; the model has no more places
BATCH = 32  # texts at a time
_PREFIX = "query: "
_BEGIN, _PAD, _END, _UNKNOWN = 0, 1, 2, 3  # of the model's vocabulary, which has them before all
_SHIFT = 1  # of the other pieces, against the tokenizer's numbers, where the unknown one is 0


class OnnxE5:
    """The model of a folder that holds `model.onnx` and `sentencepiece.bpe.model`.

    The model gives a vector for each token of the last layer; their mean is the text's (Wang et
    al., 2024: Multilingual E5 Text Embeddings). Raises whatever the files are wrong in.
    """

    name = NAME

    def __init__(self, folder: Path) -> None:
        self.version = f"onnxruntime {version('onnxruntime')}, {folder.name}"
        self._pieces = SentencePieceProcessor(model_file=str(folder / PIECES))
        self._session = onnxruntime.InferenceSession(
            folder / MODEL, providers=["CPUExecutionProvider"]
        )
        self._inputs = {wanted.name for wanted in self._session.get_inputs()}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors as rows, each text with the prefix `query: `. Raises `BadVectors` if the
        model is another."""
        batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        rows = [self._encode(batch) for batch in batches]
        return checked(
            np.concatenate(rows) if rows else np.zeros((0, SIZE), np.float32), len(texts)
        )

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        tokens = [self._tokens(text) for text in texts]
        longest = max(map(len, tokens))
        ids = np.array([[*own, *[_PAD] * (longest - len(own))] for own in tokens], np.int64)
        mask = (ids != _PAD).astype(np.int64)
        fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (layer, *_) = self._session.run(
            None, {name: value for name, value in fed.items() if name in self._inputs}
        )
        total: NDArray[np.float32] = (layer * mask[:, :, None].astype(np.float32)).sum(axis=1)
        unit: NDArray[np.float32] = total / np.linalg.norm(total, axis=1, keepdims=True)
        return unit

    def _tokens(self, text: str) -> list[int]:
        pieces = self._pieces.encode(_PREFIX + text)[: MOST_TOKENS - 2]
        return [_BEGIN, *(piece + _SHIFT if piece else _UNKNOWN for piece in pieces), _END]
