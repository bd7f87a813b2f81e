"""When an edition is due: any minute of the day, any zone, whatever was away meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.digest.due import EVERY_DAY, Due, Timetable

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
RUN = timedelta(minutes=15)  # between two runs of send_digest
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "UTC",
)


def timetable(zone: str, clock: str, weekdays: frozenset[int] = EVERY_DAY) -> Timetable:
    return Timetable(ZoneInfo(zone), time.fromisoformat(clock), weekdays)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        ("2026-01-14T06:29:00", "2026-01-13"),  # 07:29 in Berlin
        ("2026-01-14T06:30:00", "2026-01-14"),
        ("2026-01-14T23:00:00", "2026-01-14"),  # the next local day has begun
        ("2026-07-14T05:30:00", "2026-07-14"),  # summer time
        ("2026-03-29T05:30:00", "2026-03-29"),  # the day that has 23 hours
        ("2026-10-25T06:30:00", "2026-10-25"),  # the day that has 25
    ],
)
def test_the_latest_edition_is_the_last_whose_time_has_come(now: str, latest: str) -> None:
    found = timetable("Europe/Berlin", "07:30").latest(moment(now))
    assert found is not None
    assert found.local_date == date.fromisoformat(latest)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "at"),
    [
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00:00"),  # left out: at the change
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00"),  # twice: the first
        ("Asia/Beirut", "2022-03-27", "00:00", "2022-03-26T22:00:00"),  # midnight is left out
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30:00"),  # by half an hour
        ("Pacific/Apia", "2011-12-31", "07:30", "2011-12-30T17:30:00"),
        ("Pacific/Apia", "2011-12-30", "07:30", None),  # the day that was left out
    ],
)
def test_clocks_that_jump(zone: str, day: str, clock: str, at: str | None) -> None:
    local = date.fromisoformat(day)
    expected = Due(local, moment(at)) if at else None
    assert timetable(zone, clock).due_on(local) == expected


def made(
    timetables: Iterator[Timetable], start: datetime, days: int, since: datetime = LONG_AGO
) -> list[Due]:
    """The editions of a reader whose timetable may change at each run of that many days."""
    found: list[Due] = []
    for run in range(days * 96):
        now = start + run * RUN
        due = next(timetables).next_edition(now, since, found[-1].at if found else None)
        if due is not None:
            found.append(due)
    return found


def always(one: Timetable) -> Iterator[Timetable]:
    while True:
        yield one


@given(
    zone=st.sampled_from(ZONES),
    minute=st.integers(0, 1439),
    start=st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_every_local_day_has_one_edition_whatever_minute_it_is_sent_at(
    zone: str, minute: int, start: datetime
) -> None:
    """23:46 to 23:59 included: the run after them is on the next day."""
    reader = timetable(zone, f"{minute // 60:02}:{minute % 60:02}")
    editions = made(always(reader), start, days=6)
    days = [due.local_date for due in editions]
    assert days == sorted(set(days))
    for earlier, later in pairwise(days):
        between = [earlier + timedelta(days=n) for n in range(1, (later - earlier).days)]
        assert all(reader.due_on(day) is None for day in between)  # Apia's missing day
    assert len(days) >= 5


def test_after_an_outage_across_midnight_the_edition_that_was_due_is_made_late() -> None:
    late = timetable("Europe/Paris", "23:50")
    last = late.due_on(date(2026, 1, 13))
    assert last is not None
    found = late.next_edition(moment("2026-01-15T02:00:00"), LONG_AGO, last.at)
    assert found == Due(date(2026, 1, 14), moment("2026-01-14T22:50:00"))


@pytest.mark.parametrize(
    ("before", "after", "longest"),
    [
        ("Pacific/Auckland", "America/Los_Angeles", 36),
        ("America/Los_Angeles", "Pacific/Auckland", 36),
        ("Europe/Berlin", "America/New_York", 36),
        ("Asia/Tokyo", "Europe/London", 36),
    ],
)
def test_who_moves_waits_a_day_and_a_half_at_most(before: str, after: str, longest: int) -> None:
    start = moment("2026-01-10T00:00:00")

    def moving() -> Iterator[Timetable]:
        for _ in range(5 * 96):
            yield timetable(before, "07:30")
        yield from always(timetable(after, "07:30"))

    editions = made(moving(), start, days=12)
    gaps = [(later.at - earlier.at) / timedelta(hours=1) for earlier, later in pairwise(editions)]
    assert min(gaps) >= 12
    assert max(gaps) <= longest


def test_a_later_hour_on_the_same_day_makes_no_second_edition() -> None:
    changed = timetable("Europe/Paris", "09:00")
    first = timetable("Europe/Paris", "07:30").due_on(date(2026, 1, 14))
    assert first is not None
    assert changed.next_edition(moment("2026-01-14T12:00:00"), LONG_AGO, first.at) is None
    next_day = changed.next_edition(moment("2026-01-15T08:00:00"), LONG_AGO, first.at)
    assert next_day == changed.due_on(date(2026, 1, 15))


def test_days_of_the_week() -> None:
    working = timetable("Europe/Paris", "07:30", frozenset(range(5)))
    monday = moment("2026-01-12T00:00:00")
    editions = made(always(working), monday, days=14, since=monday)
    assert [due.local_date.weekday() for due in editions] == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("clock", "came", "first"),
    [
        ("07:30", "2026-01-14T09:00:00", "2026-01-14"),  # late, but of today
        ("23:50", "2026-01-14T09:00:00", "2026-01-14"),  # not yesterday's, at once
        ("23:50", "2026-01-14T23:40:00", "2026-01-14"),
    ],
)
def test_who_is_new_gets_no_edition_of_a_day_before(clock: str, came: str, first: str) -> None:
    since = moment(came)
    editions = made(always(timetable("UTC", clock)), since, days=3, since=since)
    assert editions[0].local_date == date.fromisoformat(first)
