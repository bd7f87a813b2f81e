"""Average linkage against its definition, and what it may never join."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from newswatch.stories.linkage import average_linkage, in_company

Likelihoods = NDArray[np.float32]
THRESHOLD = 0.6
ROUNDING = 1e-4  # of means of 32-bit floats


@st.composite
def likelihoods(draw: st.DrawFn) -> Likelihoods:
    number = draw(st.integers(0, 9))
    found = np.zeros((number, number), np.float32)
    pairs = list(combinations(range(number), 2))
    thousandths = st.lists(
        st.integers(0, 1_000), min_size=len(pairs), max_size=len(pairs), unique=True
    )
    for (first, second), value in zip(pairs, draw(thousandths), strict=True):
        found[first, second] = found[second, first] = value / 1_000
    return found


def mean(likelihood: Likelihoods, one: Sequence[int], other: Sequence[int]) -> float:
    return float(likelihood[np.ix_(one, other)].astype(np.float64).mean())


def by_definition(likelihood: Likelihoods, threshold: float) -> list[list[int]]:
    groups = [[row] for row in range(len(likelihood))]
    while len(groups) > 1:
        means = [
            (mean(likelihood, one, other), one, other) for one, other in combinations(groups, 2)
        ]
        nearest, one, other = max(means)
        others = [found for found, *pair in means if pair != [one, other]]
        # Which of two equal means comes first is not defined, and sums of floats are not exact.
        assume(abs(nearest - threshold) > ROUNDING)
        assume(not others or nearest - max(others) > ROUNDING or nearest < threshold)
        if nearest < threshold:
            break
        groups = [group for group in groups if group not in (one, other)] + [sorted(one + other)]
    return sorted(groups)


@given(likelihoods())
def test_it_joins_the_nearest_two_groups_until_none_is_near_enough(likelihood: Likelihoods) -> None:
    found = average_linkage(likelihood, THRESHOLD)
    assert found == by_definition(likelihood, THRESHOLD)


def test_a_chain_of_near_neighbours_is_no_group() -> None:
    chain = np.eye(6, dtype=np.float32) + 0.9 * (np.eye(6, k=1) + np.eye(6, k=-1))
    assert average_linkage(chain.astype(np.float32), THRESHOLD) == [[0, 1], [2, 3], [4, 5]]


@given(likelihoods(), st.data())
def test_what_is_known_holds_whatever_is_likely(
    likelihood: Likelihoods, data: st.DataObject
) -> None:
    rows = list(range(len(likelihood)))
    together = data.draw(st.lists(st.sampled_from(rows), unique=True)) if rows else []
    outside = sorted(set(rows) - set(together))
    pairs = [(row, other) for row in rows for other in outside if row < other]
    apart = data.draw(st.lists(st.sampled_from(pairs))) if pairs else []
    groups = average_linkage(likelihood, THRESHOLD, [together] if together else [], apart)
    place = {row: number for number, group in enumerate(groups) for row in group}
    assert sorted(place) == rows
    assert len({place[row] for row in together}) <= 1
    assert all(place[one] != place[other] for one, other in apart)


# --- the company that a report is in --------------------------------------------------------------


def symmetric(number: int, pairs: dict[tuple[int, int], float]) -> Likelihoods:
    found = np.eye(number, dtype=np.float32)
    for (first, second), value in pairs.items():
        found[first, second] = found[second, first] = value
    return found


def test_two_that_are_near_the_same_others_are_nearer_than_two_that_are_not() -> None:
    """The pair (0, 1) is as likely as (0, 4): but 2 and 3 are near both 0 and 1, and 4 is alone."""
    pairs = {(0, 1): 0.7, (0, 4): 0.7}
    company = {(0, 2): 0.95, (0, 3): 0.95, (1, 2): 0.95, (1, 3): 0.95, (2, 3): 0.95}
    near = in_company(symmetric(5, pairs | company), 0.3)
    assert near[0, 1] > 0.72
    assert near[0, 4] < 0.65
    assert average_linkage(near, 0.75) == [[0, 1, 2, 3], [4]]


@given(likelihoods(), st.floats(0, 1))
def test_company_keeps_to_the_measure_of_likelihoods(likelihood: Likelihoods, share: float) -> None:
    near = in_company(likelihood, share)
    assert near.dtype == np.float32
    assert np.allclose(near, near.T, atol=1e-6)
    assert ((near >= 0) & (near <= 1 + 1e-6)).all()
    assert share or (near == likelihood).all()
