"""A cut text is short enough, begins or ends as the whole does, and says that it was cut."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.text.excerpt import beginning, ending

TEXTS = st.text(st.sampled_from("ab \u0301港។. \n…"), max_size=80)
LENGTHS = st.integers(2, 60)


@pytest.mark.parametrize(
    ("text", "length", "whole_sentences", "cut"),
    [
        ("The board met.", 40, True, "The board met."),
        ("The board met. It voted twice.", 20, True, "The board met."),
        ("The board met. It voted twice.", 20, False, "The board met. It …"),
        ("The board of the harbour met", 20, True, "The board of the …"),
        ("委員会は 東岸壁の拡張を決めた", 12, False, "委員会は 東岸壁の拡 …"),
    ],
)
def test_beginning(text: str, length: int, whole_sentences: bool, cut: str) -> None:
    assert beginning(text, length, whole_sentences=whole_sentences) == cut


def test_ending() -> None:
    assert ending("The board of the harbour met", 15) == "… harbour met"
    assert ending("met", 15) == "met"


@given(TEXTS, LENGTHS, st.booleans())
def test_a_beginning_is_one(text: str, length: int, whole_sentences: bool) -> None:
    cut = beginning(text, length, whole_sentences=whole_sentences)
    kept = cut.removesuffix(" …") if len(text) > length else cut
    assert len(cut) <= length
    assert text.startswith(kept)
    if len(text) > length and cut.endswith(" …") and kept:
        assert not unicodedata.category(text[len(kept)]).startswith("M")


@given(TEXTS, LENGTHS)
def test_an_ending_is_one(text: str, length: int) -> None:
    cut = ending(text, length)
    kept = cut.removeprefix("… ") if len(text) > length else cut
    assert len(cut) <= length
    assert text.endswith(kept)
