"""The figures by which an order of stories is judged, on sections that one can count by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.labelled_sections import Report, section_of
from evaluation.ranking import (
    FEWEST,
    GRID,
    by_weights,
    cross_validated,
    names_in,
    several,
    table,
)
from evaluation.ranking_measures import (
    Resampled,
    Section,
    SectionStory,
    agreement,
    biggest_is_first,
    difference,
    gain,
)
from newswatch.models import Flag

SENT = datetime(2026, 1, 14, 6, tzinfo=UTC)


def section(*stories: tuple[int, int], topic: str = "port", days: int = 0) -> Section:
    """Of each story its outlets, and how many took it up later."""
    sent = SENT + timedelta(days=days)
    return Section(
        topic,
        sent,
        tuple(
            SectionStory(
                outlets=frozenset(f"Paper {number}" for number in range(outlets)),
                new_outlets=0,
                reports=1,
                salience="headline",
                score=0.9,
                last_seen_at=sent - timedelta(hours=hours),
                later={24: later, 48: later},
            )
            for hours, (outlets, later) in enumerate(stories)
        ),
    )


FOUR = section((9, 0), (2, 3), (1, 1), (1, 0))


@pytest.mark.parametrize(
    ("keys", "chance"),
    [
        ([0, 1, 2, 3], 1.0),
        ([2, 0, 1, 3], 1.0),
        ([3, 0, 1, 2], 0.0),
        ([0, 0, 0, 0], 3 / 4),
        ([1, 0, 1, 0], 1 / 2),  # one place is left for two
    ],
)
def test_whether_the_biggest_story_is_in_the_first_three(keys: list[int], chance: float) -> None:
    assert biggest_is_first(FOUR, keys) == pytest.approx(chance)


def test_of_several_biggest_stories_one_is_enough() -> None:
    assert biggest_is_first(section((2, 0), (1, 0), (1, 0), (2, 0)), [3, 0, 1, 2]) == 1.0


def test_three_stories_have_no_fourth_place() -> None:
    assert biggest_is_first(section((9, 0), (2, 3), (1, 1)), [2, 1, 0]) is None


# 3, 1 and 0 outlets more are worth 2, 1 and 0; the places 1, 1/log2(3), 1/2 and 1/log2(5).
BEST = 2 + 1 / log2(3)


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ([2, 0, 1, 3], 1.0),
        ([0, 1, 2, 3], (2 / log2(3) + 1 / 2) / BEST),
        ([3, 2, 1, 0], (1 / log2(3) + 2 / 2) / BEST),
        ([0, 0, 0, 0], 0.75 * (1 + 1 / log2(3) + 1 / 2 + 1 / log2(5)) / BEST),
    ],
)
def test_ndcg_is_of_what_came_later(keys: list[int], found: float) -> None:
    assert gain(24)(FOUR, keys) == pytest.approx(found)


def test_where_nothing_grew_there_is_no_ndcg() -> None:
    assert gain(24)(section((9, 0), (2, 0)), [0, 1]) is None


@pytest.mark.parametrize(
    ("keys", "right"),
    [([2, 0, 1, 3], 5), ([0, 1, 2, 3], 3), ([3, 1, 0, 2], 4), ([0, 0, 0, 0], 2.5)],
)
def test_pairs_that_stand_as_they_grew(keys: list[int], right: float) -> None:
    """Five pairs of four stories grew otherwise than one another."""
    assert agreement(24)(FOUR, keys) == pytest.approx(right / 5)


@given(st.permutations(range(4)))
def test_an_order_and_its_reverse_are_half_right_together(keys: list[int]) -> None:
    there, back = (agreement(24)(FOUR, own) for own in (keys, [-key for key in keys]))
    assert there is not None
    assert back is not None
    assert there + back == pytest.approx(1.0)


class TestResampled:
    sections = tuple(section((1, 0), days=day, topic=topic) for day in range(3) for topic in "ab")

    def test_what_is_the_same_in_all_sections_has_no_interval(self) -> None:
        assert Resampled(self.sections).mean([0.5] * 6) == pytest.approx((0.5, 0.5, 0.5))

    def test_what_differs_by_day_has_the_interval_of_days(self) -> None:
        """Of three days all may be the first: once in 27 samples, that is in more than 2.5 %."""
        mean, low, high = Resampled(self.sections).mean([1, 1, 0, 0, 0, 0])
        assert (mean, low, high) == pytest.approx((1 / 3, 0.0, 1.0))

    def test_sections_that_say_nothing_are_left_out(self) -> None:
        mean, low, high = Resampled(self.sections).mean([None, 0.25, None, 0.25, None, 0.25])
        assert (mean, low, high) == pytest.approx((0.25, 0.25, 0.25))

    def test_the_lower_end_of_each_row(self) -> None:
        drawn = Resampled(self.sections)
        rows = np.array([[1.0, 1, 0, 0, 0, 0], [0.5] * 6])
        assert drawn.lowest(rows) == pytest.approx([0.0, 0.5])


def test_a_difference_is_of_sections_that_both_speak_of() -> None:
    assert difference([1.0, None, 0.5], [0.25, 1.0, None]) == [0.75, None, None]


def test_weights_are_chosen_by_what_grew_elsewhere() -> None:
    """Where the stories with most outlets grow, the others' signs get no weight."""
    stories = [(6, 4), (5, 3), (4, 2), (1, 0)]
    sections = [
        section(*stories, topic=topic, days=day) for day in range(2) for topic in "abcdefgh"
    ]
    learnt = cross_validated(sections)
    (chosen,) = {tuple(weights.tolist()) for weights in learnt.weights.values()}
    assert dict(zip(GRID, chosen, strict=True))["outlets"] == 1
    assert all(gain(24)(own, learnt.ranking(own)) == pytest.approx(1.0) for own in sections)


def test_of_equal_sums_the_newest_is_first() -> None:
    one = section((1, 0), (1, 0), (1, 0))
    keys = by_weights(one, np.zeros(len(GRID)))
    assert sorted(range(3), key=lambda at: keys[at]) == [0, 1, 2]


def test_a_table_has_a_line_a_way() -> None:
    sections = several([FOUR, section((1, 0)), section((1, 2), (3, 0), (1, 0), (2, 1), days=1)])
    head, _, ours, chance = table(
        "ports", sections, {"as shipped": lambda one: [0] * 4, "by chance": lambda one: [0] * 4}
    )
    assert head == "ports: 2 sections of 1 topics, 2 days"
    assert ours.startswith("as shipped")
    assert "0.750 [0.750 0.750]" in ours
    assert chance.endswith("+0.000 [+0.000 +0.000]")


def test_names_are_what_headlines_write_with_a_capital_and_texts_never_without() -> None:
    many = [
        {"title": "the port of Ellery asks Harbour for more", "text": "the harbour is full"}
        for _ in range(FEWEST)
    ]
    shouted = [{"title": "Ellery Wants Its Pier Back", "text": ""} for _ in range(FEWEST)]
    assert names_in([*many, *shouted]) == ["Ellery"]
    assert names_in(many[1:]) == []


def test_a_labelled_section_has_the_stories_of_its_reader() -> None:
    def seen(hours: int, story: str, outlet: str, salience: str = "lead") -> Report:
        flag = Flag("port", "1", 0.8, salience, "rule", "", ())  # type: ignore[arg-type]
        return Report(story, outlet, SENT + timedelta(hours=hours), {"port": flag})

    reports = [
        seen(-30, "strike", "The Paper"),
        seen(-2, "strike", "The Post", "headline"),
        seen(-1, "strike", "The Paper"),
        seen(3, "strike", "The Echo"),
        seen(4, "strike", "The Post"),
        seen(30, "strike", "Der Bote"),
        seen(-40, "pier", "The Post"),
        seen(-5, "gale", "The Post", "body"),
        seen(-5, "regatta", "The Post", "passing"),
    ]
    strike, gale = section_of("port", reports, SENT).stories
    assert (strike.outlets, strike.new_outlets, strike.reports, strike.salience) == (
        {"The Paper", "The Post"},
        1,
        2,
        "headline",
    )
    assert strike.later == {24: 1, 48: 2}
    assert (gale.new_outlets, gale.salience, gale.later) == (0, "body", {24: 0, 48: 0})
