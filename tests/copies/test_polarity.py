"""What turns a sentence round, and what only looks like it."""

from __future__ import annotations

import pytest

from newswatch.copies.polarity import are_opposites, is_negation


@pytest.mark.parametrize(
    ("word", "after"), [("不", "断"), ("未", "来"), ("非", "洲"), ("無", "数"), ("不", "動")]
)
def test_a_character_that_begins_another_word_negates_nothing(word: str, after: str) -> None:
    assert is_negation(word, "", "")
    assert not is_negation(word, "", after)


@pytest.mark.parametrize(
    ("word", "other"), [("duruşma", "başladı"), ("bitki", "başladı"), ("начал", "сообщил")]
)
def test_words_that_begin_alike_are_no_opposites(word: str, other: str) -> None:
    assert not are_opposites(word, other)
