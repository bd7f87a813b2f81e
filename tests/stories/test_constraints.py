"""What was said of reports: one event, or two; the newest holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newswatch.models import ArticleId
from newswatch.stories.constraints import Constraints, Statement, constraints_of

ROWS = {ArticleId(10 + row): row for row in range(6)}


def said(kind: str, one: str, other: str) -> Statement:
    sides = [frozenset(ArticleId(10 + int(row)) for row in side) for side in (one, other)]
    return Statement("together" if kind == "together" else "apart", *sides)


def test_a_merge_puts_both_sides_in_one_group() -> None:
    found = constraints_of(ROWS, [said("together", "01", "23")])
    assert found == Constraints(((0, 1, 2, 3),), frozenset())


def test_merges_that_share_a_report_are_one_group() -> None:
    found = constraints_of(ROWS, [said("together", "0", "1"), said("together", "1", "4")])
    assert found.together == ((0, 1, 4),)
    assert found.holds(0, 4)
    assert not found.holds(0, 5)


def test_a_split_keeps_its_sides_apart_and_says_nothing_within_them() -> None:
    found = constraints_of(ROWS, [said("apart", "01", "2")])
    assert found == Constraints((), frozenset({(0, 2), (1, 2)}))


def test_of_two_that_contradict_one_another_the_newer_holds() -> None:
    merge, split = said("together", "0", "1"), said("apart", "0", "1")
    assert constraints_of(ROWS, [merge, split]) == Constraints((), frozenset({(0, 1)}))
    assert constraints_of(ROWS, [split, merge]) == Constraints(((0, 1),), frozenset())


def test_reports_of_other_days_say_nothing() -> None:
    assert constraints_of(ROWS, [said("together", "0", "9")]) == Constraints((), frozenset())


sides = st.text("012345", min_size=1, max_size=3)


@given(
    st.lists(
        st.builds(said, st.sampled_from(["together", "apart"]), sides, sides),
        max_size=6,
    )
)
def test_no_pair_is_both_together_and_apart(statements: list[Statement]) -> None:
    found = constraints_of(ROWS, statements)
    assert not any(found.holds(one, other) for one, other in found.apart)
    rows = [row for group in found.together for row in group]
    assert len(rows) == len(set(rows))
