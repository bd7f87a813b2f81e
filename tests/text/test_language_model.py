"""The unpacked model says what the packed one says, and only for the model that it was made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from newswatch.text.language_model import UNPACKED, load_identifier, unpack

TEXTS = (
    "The harbour board voted to widen the eastern quay before the winter.",
    "Der Hafenrat stimmte für die Erweiterung des östlichen Kais.",
    "Совет порта проголосовал за расширение восточного причала.",
    "صوّت مجلس الميناء لصالح توسيع الرصيف الشرقي",
    "港口委员会投票决定扩建东码头",
    "12",
    "",
)
NOWHERE = UNPACKED.with_name("no-such-file.npz")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "model.npz"
    unpack(path)
    return path


def ranks(path: Path) -> list[object]:
    return [load_identifier(path).rank(text) for text in TEXTS]


def altered(unpacked: Path, to: Path, **parts: np.ndarray) -> Path:
    """With these parts in place of its own."""
    with np.load(unpacked) as stored:
        np.savez(to, **{**stored, **parts})
    return to


def test_it_says_the_same_to_the_last_digit(unpacked: Path) -> None:
    assert list(unpacked.parent.iterdir()) == [unpacked]
    assert ranks(unpacked) == ranks(NOWHERE)


def test_that_of_another_version_is_not_read(unpacked: Path, tmp_path: Path) -> None:
    silent = np.zeros((100_053, 142), dtype=np.float16)
    assert ranks(altered(unpacked, tmp_path / "own.npz", ptc=silent)) != ranks(NOWHERE)
    other = altered(unpacked, tmp_path / "other.npz", ptc=silent, made_of=np.array(1))
    assert ranks(other) == ranks(NOWHERE)


@pytest.mark.parametrize("size", [0, 10, 1_000_000, 68_000_000])
def test_one_that_is_cut_off_is_not_read(unpacked: Path, tmp_path: Path, size: int) -> None:
    cut = tmp_path / "cut.npz"
    cut.write_bytes(unpacked.read_bytes()[:size])
    assert load_identifier(cut).rank(TEXTS[0]) == load_identifier(NOWHERE).rank(TEXTS[0])
