"""Feeds that fail, and feeds that fall silent by what is usual for themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health.healthy import DAY, HOUR, NOW, feed
from newswatch.health.feeds import feed_findings, longest_gap, quietness, weeks

BUSY = (40,) * 28
WORKDAYS = (9, 8, 11, 7, 9, 0, 0) * 4  # nothing at the weekend
WEEKLY = (0, 0, 0, 3, 0, 0, 0) * 4
SLOW = (0, 0, 0, 0, 0, 0, 1) * 4  # too few to know its pace


@pytest.mark.parametrize(
    ("daily", "silence", "is_told"),
    [
        (BUSY, 2 * DAY, False),
        (BUSY, 2 * DAY + HOUR, True),
        (WORKDAYS, 4 * DAY, False),  # a long weekend
        (WORKDAYS, 7 * DAY, True),
        (WEEKLY, 13 * DAY, False),
        (WEEKLY, 15 * DAY, True),
        (SLOW, 27 * DAY, False),
        (BUSY[:13], 9 * DAY, False),  # not two weeks old
    ],
)
def test_silence_is_told_by_its_own_longest(
    daily: tuple[int, ...], silence: timedelta, is_told: bool
) -> None:
    assert bool(quietness(feed(daily=daily, last_entry_at=NOW - silence), NOW)) == is_told


@pytest.mark.parametrize(
    ("daily", "is_told"),
    [
        (BUSY[:21] + (2,) * 7, True),  # it answers with old items and a few new ones
        (BUSY[:21] + (10,) * 7, False),
        ((40,) * 7 + (1,) * 7 + (40,) * 7 + (2,) * 7, False),  # it has had such a week
    ],
)
def test_a_feed_that_brings_far_less_than_ever_is_told(
    daily: tuple[int, ...], is_told: bool
) -> None:
    assert bool(quietness(feed(daily=daily), NOW)) == is_told


def test_the_sentence_says_what_was_usual() -> None:
    said = quietness(feed(daily=WORKDAYS, last_entry_at=NOW - 8 * DAY), NOW)
    assert said == "nothing new for 8 days; in weeks it was never silent for 3 days"
    few = quietness(feed(daily=BUSY[:21] + (1,) * 7), NOW)
    assert few == "7 entries in a week; its poorest week before had 280"


@pytest.mark.parametrize(
    ("failing", "of", "severity"),
    [(2, 10, None), (3, 10, "warning"), (6, 10, "critical"), (4, 4, None)],
)
def test_a_share_of_failing_feeds_is_one_finding(
    failing: int, of: int, severity: str | None
) -> None:
    feeds = [
        feed(url=f"https://x.example/{n}", state="backing-off" if n < failing else "active")
        for n in range(of)
    ]
    found = list(feed_findings(feeds, NOW))
    assert [(finding.check, finding.severity) for finding in found] == (
        [("feeds-failing", severity)] if severity else []
    )


@pytest.mark.parametrize("state", ["broken", "gone"])
def test_a_feed_that_needs_a_person_is_named(state: str) -> None:
    (found,) = feed_findings([feed(state=state, state_reason="404 for two weeks")], NOW)
    assert (found.check, found.subject) == ("feed-broken", "https://paper.example/rss")
    assert found.what == "The Paper: 404 for two weeks"


@given(st.lists(st.integers(0, 50), max_size=28))
def test_a_gap_is_at_least_a_day_and_no_longer_than_what_was_counted(daily: list[int]) -> None:
    assert DAY <= longest_gap(daily) <= DAY * (len(daily) + 1)
    assert sum(weeks(daily)) <= sum(daily)
