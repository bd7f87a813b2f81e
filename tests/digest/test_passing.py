"""How it is counted what a brief leaves to its last line, on a few flags."""

from __future__ import annotations

import pytest

from evaluation.measures import Verdict, more_by_week
from evaluation.passing import Flagged, by_week, highest, table, thresholds
from newswatch.models import Flag


def flagged(score: float, *, is_about: bool, topic: str = "port", week: str = "1") -> Flagged:
    flag = Flag(topic, "1", score, "body", "rule", "", ())
    return Flagged(flag, is_about, has_text=True, week=week)


def about(*scores: float, topic: str = "port", week: str = "1") -> list[Flagged]:
    return [flagged(score, is_about=True, topic=topic, week=week) for score in scores]


@pytest.mark.parametrize(
    ("flags", "found"),
    [
        ([], 0.0),
        (about(0.3, 0.9), 0.3),
        ([*about(0.3, 0.9), flagged(0.1, is_about=False)], 0.3),
        (about(0.1, *[0.7] * 49), 0.7),  # one of fifty may be lost
        (about(0.1, *[0.7] * 48), 0.1),
        ([*about(0.8, 0.9), *about(0.5, topic="pier")], 0.5),
    ],
    ids=["none", "lowest", "others", "two-percent", "less", "worst-topic"],
)
def test_the_highest_threshold_that_loses_little_of_any_topic(
    flags: list[Flagged], found: float
) -> None:
    assert highest(flags) == found


def test_no_week_chooses_its_own_threshold() -> None:
    flags = [*about(0.2, 0.9, week="1"), *about(0.6, week="2"), *about(0.8, week="3")]
    assert by_week(flags) == {"1": 0.6, "2": 0.2, "3": 0.2}


def test_how_much_higher_one_f1_is_than_another() -> None:
    """In each week the same: then there is no chance in it."""
    wanted = (True, False)
    ours, theirs = (
        [Verdict(want, want or says, week) for want in wanted for week in "12"]
        for says in (False, True)
    )
    assert more_by_week(ours, theirs) == pytest.approx((1 / 3, 1 / 3))
    assert more_by_week(ours, ours) == (0.0, 0.0)


def test_a_table_counts_what_is_told_in_full() -> None:
    flags = [*about(0.9, 0.8, 0.2), flagged(0.1, is_about=False)]
    head, row = table("port", flags, {"half": lambda one: one.flag.score > 0.5})
    assert head.startswith("port: 3 of 4 are about it")
    assert row.split()[:4] == ["half", "1.000", "0.667", "0.800"]
    assert "33.3%" in row


def test_what_each_threshold_leaves_out() -> None:
    flags = [*about(0.9, 0.45), flagged(0.35, is_about=False)]
    lines = list(thresholds(flags))
    assert lines[4].split() == ["0.4", "0.0%,", "100.0%"]
    assert lines[5].split() == ["0.5", "50.0%,", "100.0%"]
    assert lines[-1].endswith("loses at most 2% of any topic: 0.45")
