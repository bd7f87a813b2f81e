"""No letter carries more marks than writing has use for."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from newswatch.text.invisible import without_unseen
from newswatch.text.marks import MOST_MARKS, marks, without_stacks


@given(st.text(st.characters(categories=["L", "Mn", "Mc", "Nd"])))
def test_what_people_write_stays(text: str) -> None:
    assert without_stacks(text) == text


@given(st.integers(0, 200), st.sampled_from("\u0301\u0316\u064b\u093f"))
def test_a_heap_is_taken_down(count: int, mark: str) -> None:
    heap = f"a{mark * count}b"
    assert without_unseen(heap) == f"a{mark * min(count, MOST_MARKS)}b"
    assert unicodedata.normalize("NFC", without_stacks(heap))


def test_marks_are_marks() -> None:
    assert {"Mn", "Mc"} >= {unicodedata.category(mark) for mark in marks() if mark != "-"}
