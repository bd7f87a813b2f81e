"""Entries of lines: one edition for two days of them, one a day for more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newswatch.settings import Settings
from newswatch.stages.line_entries import LineReport, entries_of_lines
from newswatch.stories.report import Report
from stories.abroad import TALKS
from stories.two_meetings import OTHER

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORDS = Settings(embedder="none")


def line(language: str, hours: float = 0, copy_of: int | None = None) -> LineReport:
    return LineReport(Report(*TALKS[language], language), NOON + timedelta(hours=hours), copy_of)


def other(place: int, hours: float = 0) -> LineReport:
    language, title = OTHER[place]
    return LineReport(Report(title, "", language), NOON + timedelta(hours=hours), None)


def test_lines_of_two_days_are_one_edition() -> None:
    lines = [other(0), line("en"), other(1), line("es", 40), line("de", 48)]
    assert entries_of_lines(lines, WORDS) == [0, 1, 2, 1, 1]


def test_an_event_goes_on_for_as_many_days_as_it_is_told() -> None:
    days = [line(language, 24 * day) for day, language in enumerate(("en", "de", "es", "en", "de"))]
    assert entries_of_lines(days, WORDS) == [0] * 5


def test_after_days_of_silence_it_is_another_entry() -> None:
    assert entries_of_lines([line("en"), line("en", 24 * 6)], WORDS) == [0, 1]


def test_a_copy_is_where_its_original_is() -> None:
    lines = [line("en"), other(0), line("es", 1), line("he", 90, copy_of=2), line("he", 2, 3)]
    assert entries_of_lines(lines, WORDS) == [0, 1, 0, 0, 0]


def test_no_line_has_no_entry() -> None:
    assert entries_of_lines([], WORDS) == []


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 200)), max_size=8))
def test_every_entry_is_named_by_its_first_line(lines: list[tuple[int, int]]) -> None:
    found = entries_of_lines([other(place, hours) for place, hours in lines], WORDS)
    assert all(found[first] == first <= place for place, first in enumerate(found))
