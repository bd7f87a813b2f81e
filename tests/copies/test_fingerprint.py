"""Fingerprints are stable across processes and versions, and reveal no word."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copies.texts import HARBOUR, prose
from newswatch.copies.fingerprint import GRAM, distinct, fingerprint, grams, shared_by
from newswatch.copies.rules import FIRST
from newswatch.settings import HOME

PRINT = """
from newswatch.copies.fingerprint import fingerprint
mark = fingerprint("Five divers went down to the old pier. Погода: 東京 12", "Divers at the pier")
print([int(g) for g in mark.grams[:2]], int(mark.shingles[0]), mark.text_hash, mark.title_hash)
"""


def test_hashes_are_the_stored_format() -> None:
    mark = fingerprint("one two three four five")
    assert [int(gram) for gram in mark.grams] == [4041800862, 2798392375]
    assert mark.text_hash == 8796769803522961514


def test_hashes_do_not_depend_on_the_process() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINT],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(HOME / "plugins")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(printed) == 1


@given(st.lists(st.sampled_from(["pier", "dock", "eel", "crown", "toll"]), max_size=40))
def test_one_gram_a_run_of_four_words(words: list[str]) -> None:
    mark = fingerprint(" ".join(words))
    assert mark.words == len(words)
    assert len(mark.grams) == (max(1, len(words) - GRAM + 1) if words else 0)
    runs = {tuple(words[at : at + GRAM]) for at in range(len(mark.grams))}
    assert len(mark.shingles) == len(runs)
    assert (np.diff(mark.shingles) > 0).all()


HASHES = st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 9), max_size=40)


@given(HASHES, HASHES)
def test_sets_of_hashes(some: list[int], others: list[int]) -> None:
    a, b = (distinct(np.array(hashes, dtype=np.uint32)) for hashes in (some, others))
    assert a.tolist() == sorted(set(some))
    assert shared_by(a, b) == len(set(some) & set(others))


def test_order_of_words_matters() -> None:
    first = fingerprint("dog bites old man")
    second = fingerprint("man bites old dog")
    assert not np.intersect1d(first.shingles, second.shingles).size


def test_sketch_is_the_lowest_part_of_the_shingles() -> None:
    mark = fingerprint(prose(1, 4_000))
    assert FIRST.min_sketch <= len(mark.sketch) < len(mark.shingles) / 8
    assert mark.sketch[-1] < mark.shingles[len(mark.sketch)]


def test_title_is_kept_apart_from_the_text() -> None:
    plain, titled = fingerprint(HARBOUR), fingerprint(HARBOUR, "Ferry terminal to close")
    assert plain.text_hash == titled.text_hash
    assert plain.title_hash == 0 != titled.title_hash
    assert titled.title_hash == fingerprint("", "FERRY TERMINAL — to close!").title_hash


def test_numbers_are_known_by_value_not_by_place() -> None:
    one = fingerprint("Of 40 boats 12 sank, 12 more were lost in 1992.")
    two = fingerprint("In 1992, 12; then 40.")
    assert one.numbers.tolist() == two.numbers.tolist() == sorted(one.numbers.tolist())
    assert len(one.numbers) == 3


def test_empty_text_has_no_gram() -> None:
    assert not grams(np.array([], dtype=np.uint64)).size
    assert fingerprint("").words == 0
