"""The small rules of the page: attention, marks, wordings, sparklines, snippets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.site.attention import attention_of
from newswatch.site.marks import Mark, paragraphs, segments
from newswatch.site.snippet import snippet
from newswatch.site.sparkline import sparkline
from newswatch.site.wordings import Change, changes
from newswatch.store.site.search_words import Clause

STEADY = [5, 6, 4, 5, 5, 7, 5, 4, 6, 5, 5, 6, 4, 5]


@pytest.mark.parametrize(
    ("before", "last", "known", "usual", "is_surge"),
    [
        (STEADY, 5, 14, 5, False),
        (STEADY, 9, 14, 5, False),  # within what chance brings
        (STEADY, 20, 14, 5, True),
        ([0] * 14, 3, 14, 0, False),  # too few to speak of
        ([0] * 14, 4, 14, 0, True),
        ([100] * 14, 120, 14, 100, False),
        ([100] * 14, 140, 14, 100, True),
        ([0, 40] * 7, 60, 14, 20, False),  # a topic that comes and goes
        (STEADY, 20, 6, None, False),  # nobody knows yet what is usual
        ([9] * 7 + [5] * 7, 20, 7, 5, True),  # what lies before the first news is no news
    ],
)
def test_a_surge_is_far_beyond_what_is_usual(
    before: list[int], last: int, known: int, usual: float | None, is_surge: bool
) -> None:
    found = attention_of([*before, last], known)
    assert (found.usual, found.is_surge, found.last) == (usual, is_surge, last)


marks = st.lists(
    st.tuples(st.integers(-3, 30), st.integers(-3, 30)).map(
        lambda span: Mark(span[0], span[1], "kind", f"{span}")
    ),
    max_size=8,
)


@given(st.text(max_size=25), marks)
def test_pieces_are_the_text_and_each_letter_has_its_marks(text: str, known: list[Mark]) -> None:
    pieces = segments(text, known)
    assert "".join(piece.text for piece in pieces) == text
    of_letters = [set(piece.marks) for piece in pieces for _ in piece.text]
    for place, found in enumerate(of_letters):
        assert {mark.note for mark in found} == {
            mark.note for mark in known if mark.start <= place < mark.end
        }


@given(st.text("ab \n", max_size=25), marks)
def test_paragraphs_are_the_lines_with_their_marks(text: str, known: list[Mark]) -> None:
    lines = [line for line in text.split("\n") if line.strip()]
    found = paragraphs(text, known)
    assert ["".join(piece.text for piece in line) for line in found] == lines
    whole = [bool(p.marks) for p in segments(text, known) for c in p.text if c not in "\n "]
    assert whole == [
        bool(p.marks) for line in found for p in line for c in p.text if c not in "\n "
    ]


def test_a_wording_is_compared_by_sentences() -> None:
    before = "The envoy landed. He met nobody. He left."
    after = "The envoy landed. He met three ministers. He left."
    assert changes(before, after) == [
        Change("kept", ("The envoy landed.",)),
        Change("gone", ("He met nobody.",)),
        Change("new", ("He met three ministers.",)),
        Change("kept", ("He left.",)),
    ]
    assert changes(before, before) == [
        Change("kept", ("The envoy landed.", "He met nobody.", "He left."))
    ]


def test_bars_are_as_high_as_their_counts() -> None:
    drawn = sparkline([0, 1, 4, 2], 24)
    assert [bar.height for bar in drawn.bars] == [1, 6, 24, 12]
    assert all(bar.y + bar.height == 24 for bar in drawn.bars)
    assert [bar.height for bar in sparkline([0, 0]).bars] == [1, 1]


@pytest.mark.parametrize(
    ("text", "clause", "marked"),
    [
        (
            "Word " * 100 + "the Envoy landed" + " word" * 100,
            Clause(("envoy landed",)),
            "Envoy landed",
        ),
        ("特使抵达莫斯科" * 100 + "谈判" + "特使" * 100, Clause(("谈判",)), "谈判"),
        ("An envoy.", Clause(("envoy",), negated=True), ""),
        ("Nothing (of) it [here", Clause(("(", "[a")), ""),
    ],
)
def test_a_snippet_shows_what_was_looked_for(text: str, clause: Clause, marked: str) -> None:
    shown = snippet(text, [clause])
    assert "".join(piece.text for piece in shown if piece.marks)[: len(marked) or 1] == marked
    assert len("".join(piece.text for piece in shown)) < 300
