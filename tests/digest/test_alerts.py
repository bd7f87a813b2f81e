"""Which stories are told at once, and when not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from digest.editions import READER, build, of, story
from newswatch.digest.alerts import Marks, QuietHours
from newswatch.digest.compose import compose
from newswatch.digest.render import ReaderLinks
from newswatch.models import StoryId, TopicStory

KNOWN = frozenset((TopicStory("witkoff", StoryId(4)),))
STORIES = (
    story(1, "A", "B", "C", salience="headline", score=0.9),
    story(2, "A", salience="lead", score=0.95),
    story(3, "A", "B", "C", "D", salience="passing", score=0.99),
    story(4, "A", "B", "C", "D", salience="headline", score=0.99),  # told before
    story(5, "A", "B", salience="body", score=0.5),
)


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        (Marks(), [1, 2, 5]),
        (Marks(outlets=2), [1, 5]),
        (Marks(score=0.9), [1, 2]),
        (Marks(salience="lead"), [1, 2]),
        (Marks(outlets=2, salience="headline"), [1]),
        (Marks(outlets=4), []),
    ],
)
def test_a_new_story_is_told_once_all_marks_are_reached(marks: Marks, told: list[int]) -> None:
    material = of(*STORIES, rhythm="alert", known=KNOWN)
    edition = build(material, replace(READER, alerts=marks))
    assert sorted(shown.story_id for shown in edition.shown) == told


@pytest.mark.parametrize(
    ("start", "end", "quiet"),
    [
        ("22:00", "07:00", ["22:00", "23:59", "00:00", "06:59"]),
        ("00:00", "07:00", ["00:00", "06:59"]),
        ("12:00", "13:00", ["12:00"]),
    ],
)
def test_quiet_hours_are_local_and_end_when_they_say(
    start: str, end: str, quiet: list[str]
) -> None:
    hours = QuietHours(time.fromisoformat(start), time.fromisoformat(end))
    zone = ZoneInfo("Europe/Berlin")
    clocks = ("00:00", "06:59", "07:00", "12:00", "13:00", "21:59", "22:00", "23:59")
    moments = {
        clock: datetime.combine(date(2026, 1, 14), time.fromisoformat(clock), zone).astimezone(UTC)
        for clock in clocks
    }
    assert {clock for clock, at in moments.items() if hours.have(at, zone)} == set(quiet)


def test_an_alert_says_what_its_reader_asked_for_and_leads_to_no_page() -> None:
    reader = replace(READER, alerts=Marks(outlets=3, score=0.85, salience="headline"))
    links = ReaderLinks("https://news.example/unsubscribe/token")
    found = compose(reader, date(2026, 1, 14), of(*STORIES, rhythm="alert"), links).rendered
    assert found.subject == "Alert: Event 4 takes place · and 1 more"
    asked = (
        "told by 3 outlets or more, with a score of 0.85 or more, with the topic in the headline."
    )
    assert f"since desk asked for new stories {asked}" in found.text
    assert "othing new" not in found.text
