"""What stands at the edges of many pages of a host is taken off; what stands inside stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.extract.boilerplate import edge_lines, without_boilerplate
from newswatch.models import ExtractedArticle

ABOVE = "You are reading the free edition."
BELOW = "The Courier is printed on the quay."
BODY = [f"Paragraph {number} says what the harbour did on that day." for number in range(1, 8)]


def article(*lines: str) -> ExtractedArticle:
    return ExtractedArticle(
        url="https://a.example/1", title="A", text="\n".join(lines), body_source="page"
    )


def known(*lines: str) -> set[int]:
    return {hash_ for line in lines for hash_ in edge_lines(line)}


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([*BODY], BODY),
        ([*BODY, BELOW], BODY),
        ([*BODY, BELOW, ABOVE], BODY),
        ([ABOVE, *BODY, BELOW], BODY),
        ([ABOVE, *BODY, BELOW.upper()], BODY),
        ([*BODY[:3], BELOW, *BODY[3:]], [*BODY[:3], BELOW, *BODY[3:]]),  # inside: it stays
        ([*BODY, BELOW, "Its last word."], [*BODY, BELOW, "Its last word."]),
        ([ABOVE, BELOW], [ABOVE, BELOW]),  # nothing else is left
    ],
)
def test_edges(lines: list[str], kept: list[str]) -> None:
    assert without_boilerplate(article(*lines), known(ABOVE, BELOW)).text.split("\n") == kept


def test_what_is_taken_off_is_kept_beside_the_text() -> None:
    found = without_boilerplate(article(ABOVE, *BODY, BELOW), known(ABOVE, BELOW))
    assert found.boilerplate == (ABOVE, BELOW)
    assert found.word_count == sum(len(line.split()) for line in BODY)


def test_names_and_headings_are_not_learnt() -> None:
    assert list(edge_lines("Reuters\nBy Ann\n日本").values()) == []


@given(st.lists(st.text("ab \n", max_size=9), max_size=9))
def test_no_line_is_lost(lines: list[str]) -> None:
    whole = article(*lines)
    found = without_boilerplate(whole, set(edge_lines(whole.text)))
    assert sorted([*found.text.split("\n"), *found.boilerplate]) == sorted(whole.text.split("\n"))
