"""Words and their spellings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newswatch.copies.alignment import are_alike, with_forms_in
from newswatch.copies.rules import FIRST

WORDS = st.text("abeikrst1", min_size=1, max_size=7)


@given(st.lists(WORDS, max_size=8), st.frozensets(WORDS, max_size=8))
def test_forms_are_those_that_are_alike_to_one(words: list[str], others: frozenset[str]) -> None:
    assert with_forms_in(words, others, FIRST) == [
        word
        for word in words
        if word in others or any(are_alike(word, other, FIRST) for other in others)
    ]


def test_another_form_of_a_word() -> None:
    known = frozenset(("resigns", "minister", "Зеленский".casefold()))
    assert with_forms_in(["resigned", "zelensky", "votes"], known, FIRST) == [
        "resigned",
        "zelensky",
    ]
