"""Alerts: at once, once a story and reader, not at quiet hours, and never instead of the brief."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.models import StoryId
from newswatch.stages import edition_entries
from newswatch.stages.alerts import send_alerts
from newswatch.stages.cycle import run_job
from newswatch.store import digests, outbox
from newswatch.store.server.database import Connection
from stages.brief import DAY, DESK, HOUR, NOW, Brief
from stages.post_office import Conduct
from stages.test_told_once import Point, clear, killed_at

ANY = DESK | {"alerts": {"outlets": 1}}
TWO = DESK | {"alerts": {"outlets": 2, "quiet": "22:00-07:00"}}


@pytest.fixture(autouse=True)
def brief_of_the_day(brief: Brief) -> None:
    """It is sent, so that the next is due in a day."""
    brief.has_readers(TWO)
    brief.send()
    brief.now += HOUR


def test_a_story_is_told_once_it_reaches_the_mark_and_no_second_time(brief: Brief) -> None:
    brief.publish(1)
    assert brief.alert()["editions"] == 0
    for number in (2, 3):
        brief.publish(number, story=StoryId(1))
        brief.now += HOUR / 4
        brief.alert()
    assert len(brief.told(alerts=True)) == 1
    assert brief.deliveries("rhythm, state") == [("daily", "sent"), ("alert", "sent")]


def test_the_brief_tells_it_all_the_same_and_says_when_it_was_alerted(brief: Brief) -> None:
    brief.has_readers(ANY)
    brief.publish(1)
    brief.alert()
    brief.now = NOW + DAY
    brief.send()
    assert brief.told()[-1] == [1]
    text = brief.post_office.received[-1].text
    assert "NEW  Quay" in text
    assert "alerted Wed 14 Jan 11:00" in text


def test_what_the_brief_has_told_is_not_alerted(brief: Brief) -> None:
    brief.publish(1)
    brief.now = NOW + DAY
    brief.send()
    brief.publish(2, story=StoryId(1))
    brief.alert()
    assert brief.told(alerts=True) == []


def test_quiet_hours_hold_it_back_until_they_end_and_a_brief_that_is_due_goes_first(
    brief: Brief,
) -> None:
    """In Berlin; the brief is due at 07:30."""
    brief.has_readers(TWO | {"alerts": {"outlets": 1, "quiet": "22:00-07:00"}})
    brief.now = NOW + timedelta(hours=12.5)  # 22:30
    brief.publish(1)
    brief.alert()
    brief.now = NOW + timedelta(hours=20.75)  # 06:45
    brief.alert()
    assert brief.told(alerts=True) == []
    brief.now += HOUR / 2
    brief.alert()
    assert brief.told(alerts=True) == [[1]]
    brief.publish(2)
    brief.now += HOUR / 2  # 07:45
    brief.alert()
    assert brief.told(alerts=True) == [[1]]
    brief.send()
    brief.alert()
    assert (brief.told(alerts=True), brief.told()[-1]) == ([[1]], [1, 2])


def test_an_alert_that_waits_lives_until_the_next_brief(brief: Brief) -> None:
    brief.has_readers(ANY)
    brief.server("away")
    for number in (1, 2):
        brief.publish(number)
        brief.now += HOUR
        brief.alert()
    assert brief.states() == ["sent", "deferred", "deferred"]
    brief.server("takes")
    brief.now = NOW + DAY
    brief.send()
    brief.alert()
    assert brief.states() == ["sent", "carried-over", "carried-over", "sent"]
    assert (brief.told()[-1], brief.told(alerts=True)) == ([1, 2], [])


def test_an_alert_is_told_to_nobody_who_left_or_unsubscribed(brief: Brief) -> None:
    brief.publish(1)
    brief.publish(2, story=StoryId(1))
    brief.has_readers()
    brief.send()
    brief.has_readers(TWO)
    assert brief.alert()["editions"] == 0


POINTS: dict[str, Point] = {
    "before it is stored": (digests, "save_edition", False),
    "before it is committed": (edition_entries, "save", True),
    "when it is taken": (outbox, "take", True),
    "before the hand-over": (outbox, "hand_over", False),
    "before the outcome is written": (outbox, "record", False),
    "when the outcome is written": (outbox, "record", True),
}
CONDUCTS: tuple[Conduct, ...] = ("takes", "away", "is full", "knows nobody", "drops the text")
EVENTS = st.one_of(
    st.tuples(st.just("publish"), st.integers(1, 2)),
    st.tuples(st.just("wait"), st.sampled_from([1, 4])),
    st.tuples(st.just("server"), st.sampled_from(CONDUCTS)),
    st.tuples(st.just("kill"), st.sampled_from(sorted(POINTS))),
)


def run(brief: Brief, connection: Connection) -> None:
    run_job(connection, brief.settings, "cli", "send_alerts", send_alerts, now=brief.now)


@given(events=st.lists(EVENTS, min_size=2, max_size=8))
@hypothesis.settings(
    suppress_health_check=list(hypothesis.HealthCheck), deadline=None, max_examples=5
)
def test_no_story_is_alerted_twice_and_each_is_in_one_brief(
    brief: Brief, database: str, events: list[tuple[str, Any]]
) -> None:
    clear(brief)
    brief.has_readers(ANY | {"alerts": {"outlets": 1, "quiet": "22:00-07:00"}})
    brief.send()
    published: list[int] = []
    for what, detail in events:
        match what:
            case "publish":
                for _ in range(detail):
                    published.append(len(published) + 1)
                    brief.publish(published[-1])
                brief.alert()
            case "wait":
                for _ in range(detail):
                    brief.now += HOUR
                    brief.send()
                    brief.alert()
            case "server":
                brief.server(detail)
            case _:
                killed_at(POINTS[detail], database, partial(run, brief))
        alerted = [number for numbers in brief.told(alerts=True) for number in numbers]
        assert len(alerted) == len(set(alerted)), what
    brief.server("takes")
    brief.later(2 * DAY, step=12 * HOUR)
    told = [number for numbers in brief.told() for number in numbers]
    assert len(told) == len(set(told))
    if "drops the text" not in [detail for _, detail in events]:
        assert set(told) == set(published)
