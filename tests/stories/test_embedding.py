"""Vectors of what reports mean, each read beside those nearest to it."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from newswatch.stories.embedding import NEAREST, NEAREST_WEIGH, Vectors, beside_nearest

ROUNDING = 1e-5
PLACES = 6  # dimensions


def unit(rows: list[list[float]]) -> Vectors:
    vectors = np.array(rows, np.float32)
    found: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found


@st.composite
def vectors(draw: st.DrawFn) -> Vectors:
    whole = st.lists(st.integers(-9, 9), min_size=PLACES, max_size=PLACES).filter(any)
    rows = draw(st.lists(whole, min_size=1, max_size=2 * NEAREST, unique_by=tuple))
    return unit([[float(number) for number in row] for row in rows])


def test_what_nothing_is_near_stays_as_it_is() -> None:
    apart = unit([[1, 0, 0], [0, 1, 0], [0, 0, 1], [-1, 0, 0]])
    assert np.array_equal(beside_nearest(apart), apart)


def test_reports_on_one_event_come_nearer_to_one_another_and_no_nearer_to_others() -> None:
    event = [[1, 0.6, 0, 0], [1, 0, 0.6, 0], [1, 0.4, 0.4, 0]]
    found = beside_nearest(unit([*event, *([[0, 0, 0, 1]] * 2 * NEAREST)]))
    before = unit(event) @ unit(event).T
    pairs = np.triu_indices(len(event), 1)
    assert ((found[:3] @ found[:3].T)[pairs] > before[pairs]).all()
    assert (found[:3] @ found[3] == 0).all()


@given(vectors())
def test_a_report_weighs_more_than_all_that_it_is_read_beside(found: Vectors) -> None:
    own = (beside_nearest(found) * found).sum(axis=1)
    assert (own >= 1 / np.sqrt(1 + NEAREST_WEIGH**2) - ROUNDING).all()


@given(vectors(), st.randoms(use_true_random=False))
def test_the_order_of_the_reports_changes_nothing(found: Vectors, draw: random.Random) -> None:
    few = found[:6]
    cosines = np.sort((few @ few.T)[np.triu_indices(len(few), 1)])
    assume((np.diff(cosines) > ROUNDING).all())  # which of two equally near is the last is rounding
    order = list(range(len(few)))
    draw.shuffle(order)
    assert np.allclose(beside_nearest(few[order]), beside_nearest(few)[order], atol=ROUNDING)


def test_no_more_than_the_nearest_are_read() -> None:
    """A hundred reports that are hardly near do not drown the ten that are."""
    report = [[1, 0, 0, 0]]
    near = [[1, 0.5, 0.01 * place, 0] for place in range(NEAREST)]
    far = [[0.5, -1, 0.001 * place, 0] for place in range(10 * NEAREST)]
    elsewhere = [[0, 0, 0, 1]] * 10 * NEAREST
    found = beside_nearest(unit([*report, *near, *far]))
    beside_near = beside_nearest(unit([*report, *near, *elsewhere]))
    assert np.allclose(found[0], beside_near[0], atol=ROUNDING)


def test_of_few_reports_those_nearest_are_of_other_events() -> None:
    few = unit([[1, 0.6, 0], [1, 0, 0.6], [1, 0.4, 0.4], [1, 0.2, 0]])
    assert np.array_equal(beside_nearest(few), few)
