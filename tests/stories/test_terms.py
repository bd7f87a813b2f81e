"""A run of letters that is longer than any word is no term and no name."""

from __future__ import annotations

import pytest

from newswatch.stories.anchors import anchors_of
from newswatch.stories.rules import FIRST
from newswatch.stories.terms import weighted_terms
from newswatch.text.limits import LONGEST_WORD
from newswatch.text.words import tokenize


@pytest.mark.parametrize(
    "word",
    ["x" * 6_000, "Witkoff" * 400, "я" * 20_000, "\ufdfa" * 30_000, "0123456789abcdef" * 1_250],
    ids=["letters", "a name", "Cyrillic", "a ligature of eighteen", "hexadecimal"],
)
def test_what_is_longer_than_a_word_is_left_out(word: str) -> None:
    text = f"The board met in Norrvik, {word} and Solheim spoke."
    found = {term for _, term, _ in weighted_terms(text, tokenize(text), FIRST)}
    anchors = anchors_of("", text, "en", FIRST)
    assert {"board", "norrvik", "solheim"} <= found
    assert max(map(len, found)) <= LONGEST_WORD
    assert all(len(key) <= LONGEST_WORD for key in anchors)
    assert all(len(anchor.form) <= LONGEST_WORD for anchor in anchors.values())
