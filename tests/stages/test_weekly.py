"""The review of a week: on its day, beside the brief, and at no cost to it."""

from __future__ import annotations

from datetime import timedelta

from stages.brief import DAY, DESK, HOUR, NOW, Brief

BOTH = DESK | {"rhythms": ["daily", "weekly"], "review_on": "fri"}
FRIDAY = NOW + 2 * DAY  # NOW is a Wednesday
WEEK = timedelta(days=7)


def reviews(brief: Brief) -> list[str]:
    query = "select body_text from news.edition where rhythm = 'weekly' order by edition_id"
    return [text for (text,) in brief.connection.execute(query)]


def test_it_tells_again_what_the_briefs_of_the_week_told_and_takes_nothing_from_them(
    brief: Brief,
) -> None:
    brief.has_readers(BOTH)
    brief.publish(1, NOW - 8 * DAY)  # of the week before
    brief.publish(2, NOW - HOUR)
    brief.send()
    assert brief.told() == [[2]]
    brief.now = FRIDAY
    brief.publish(3, FRIDAY - HOUR)
    brief.send()
    assert brief.told()[1:] == [[3], [2, 3]]
    assert brief.deliveries("rhythm, state, subject like 'The week: %'")[1:] == [
        ("daily", "sent", False),
        ("weekly", "sent", True),
    ]
    (text,) = reviews(brief)
    assert "The week to Friday 16 January" in text
    brief.now += DAY
    brief.send()
    assert brief.told()[3:] == [[]]


def test_a_week_that_was_not_delivered_is_told_by_the_next_review(brief: Brief) -> None:
    brief.has_readers(DESK | {"rhythms": ["weekly"], "review_on": "fri"})
    brief.publish(1)
    brief.now = FRIDAY
    brief.send()
    brief.publish(2)
    brief.server("away")
    brief.now += WEEK
    brief.send()
    brief.publish(3)
    brief.server("takes")
    brief.now += WEEK
    brief.send()
    assert brief.deliveries("state")[1:] == [("carried-over",), ("sent",)]
    assert brief.told() == [[1], [2, 3]]


def test_who_asks_for_it_in_the_week_gets_the_first_on_its_day(brief: Brief) -> None:
    brief.send()
    brief.has_readers(BOTH)
    brief.send()
    brief.now += HOUR
    brief.send()
    assert reviews(brief) == []
    brief.now = FRIDAY
    brief.send()
    brief.now += HOUR
    brief.send()
    assert len(reviews(brief)) == 1
