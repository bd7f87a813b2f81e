"""A model folder of the form that an operator has, small enough to make in a test: a tokenizer of a
few words, and a network that looks each token's vector up in a table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceTrainer

from newswatch.embedders.onnx import MODEL, PIECES

SENTENCE = "query: the envoy lands in Larnaca and talks about a truce for Gaza on Monday"
VOCABULARY = 60
_INT64, _FLOAT = 7, 1  # element types of ONNX
_VARINT, _BYTES = 0, 2  # wire types of protocol buffers


def make_folder(folder: Path, size: int) -> NDArray[np.float32]:
    """Write the two files; the table of token vectors, each of `size` numbers, by vocabulary."""
    with (folder / PIECES).open("wb") as pieces:
        SentencePieceTrainer.train(
            sentence_iterator=iter([SENTENCE] * 20),
            model_writer=pieces,
            vocab_size=VOCABULARY,
            hard_vocab_limit=False,
            minloglevel=2,
        )
    table = np.random.default_rng(1).normal(size=(VOCABULARY + 1, size)).astype(np.float32)
    (folder / MODEL).write_bytes(_model(table))
    return table


def _model(table: NDArray[np.float32]) -> bytes:
    """ModelProto of the graph Gather(table, input_ids)."""
    weights = b"".join(_number(1, length) for length in table.shape)
    weights += _number(2, _FLOAT) + _part(8, b"table") + _part(9, table.tobytes())
    gather = _part(1, b"table") + _part(1, b"input_ids") + _part(2, b"layer") + _part(4, b"Gather")
    graph = _part(1, gather) + _part(2, b"lookup") + _part(5, weights)
    graph += _part(11, _value(b"input_ids", _INT64, (b"batch", b"length")))
    graph += _part(11, _value(b"attention_mask", _INT64, (b"batch", b"length")))
    graph += _part(12, _value(b"layer", _FLOAT, (b"batch", b"length", b"size")))
    return _number(1, 8) + _part(7, graph) + _part(8, _part(1, b"") + _number(2, 13))


def _value(name: bytes, kind: int, shape: tuple[bytes, ...]) -> bytes:
    dimensions = b"".join(_part(1, _part(2, dimension)) for dimension in shape)
    return _part(1, name) + _part(2, _part(1, _number(1, kind) + _part(2, dimensions)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3 | _VARINT) + _varint(value)


def _part(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | _BYTES) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    written = b""
    while value > 127:
        written += bytes([value & 127 | 128])
        value >>= 7
    return written + bytes([value])
