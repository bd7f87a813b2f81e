"""The unpacked model says what the packed one says, and only for the model that it was made of."""

from __future__ import annotations

import subprocess
import sys
import zipfile
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


def test_one_whose_bytes_changed_is_not_read(unpacked: Path, tmp_path: Path) -> None:
    """In the head of a part: how it is compressed, and whether it is encrypted."""
    text, changed = TEXTS[0], tmp_path / "changed.npz"
    whole = unpacked.read_bytes()
    with zipfile.ZipFile(unpacked) as parts:
        directory = parts.start_dir
    for place, byte in ((8, 1), (10, 97), (10, 8)):
        changed.write_bytes(whole)
        with changed.open("r+b") as file:
            file.seek(directory + place)
            file.write(bytes([byte]))
        assert load_identifier(changed).rank(text) == load_identifier(NOWHERE).rank(text)


SETUP = """
import pathlib, sys, time
from newswatch.text.language_model import unpack
made, start = map(pathlib.Path, sys.argv[1:])
while not start.exists():
    time.sleep(0.001)
for _ in range(3):
    unpack(made)
"""


def test_several_setups_at_once_make_one_model(unpacked: Path, tmp_path: Path) -> None:
    made, start = tmp_path / "made" / "model.npz", tmp_path / "start"
    made.parent.mkdir()
    setups = [subprocess.Popen([sys.executable, "-c", SETUP, made, start]) for _ in range(3)]
    start.touch()
    assert [setup.wait(120) for setup in setups] == [0, 0, 0]
    assert list(made.parent.iterdir()) == [made]
    assert made.stat().st_size == unpacked.stat().st_size
