"""The many ways in which feeds write a date."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.feeds.dates import parse_date

NOW = datetime(2025, 12, 18, 12, 0, tzinfo=UTC)
TEN = "2025-11-18 10:00"


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("Tue, 18 Nov 2025 10:00:00 GMT", TEN),
        ("Tue, 18 Nov 2025 10:00 +0000", TEN),
        ("18 Nov 2025 12:00:00 +0200", TEN),
        ("Tue, 18 Nov 2025 11:00:00 CET", TEN),
        ("Tue, 18 Nov 2025 12:00:00 CEST", TEN),
        ("Tue, 18 Nov 2025 13:00:00 MSK", TEN),
        ("Tue, 18 Nov 2025 05:00:00 EST", TEN),
        ("Tue, 18 Nov 2025 19:00:00 JST", TEN),
        ("Tue, 18 Nov 2025 15:30:00 IST", TEN),
        ("Tue, 18 Nov 2025 13:00:00 GMT+0300", TEN),
        ("Tuesday, November 18, 2025 10:00", TEN),
        ("Nov 18, 2025 10:00 AM", TEN),
        ("Nov 18, 2025 2:30 pm", "2025-11-18 14:30"),
        ("November 18, 2025, 12:05 a.m.", "2025-11-18 00:05"),
        ("2025-11-18T10:00:00Z", TEN),
        ("2025-11-18T12:00:00.123456+02:00", TEN),
        ("2025-11-18 10:00:00", TEN),
        ("2025-11-18 12:00:00 +0200", TEN),
        ("2025-11-18 11:00 CET", TEN),
        ("2025/11/18 10:00", TEN),
        ("20251118T100000Z", TEN),
        ("2025-11-18", "2025-11-18 00:00"),
        ("18.11.2025 10:00", TEN),
        ("18/11/2025", "2025-11-18 00:00"),
        ("11/18/2025 10:00", TEN),
        ("1763460000", TEN),
        ("1763460000000", TEN),
        ("Di, 18 Nov 2025 11:00:00 MEZ", TEN),
        ("Mardi, 18 novembre 2025 10:00:00 GMT", TEN),
        ("Mo, 03 März 2025 10:00:00 GMT", "2025-03-03 10:00"),
        ("18 de noviembre de 2025 10:00", TEN),
        ("18 Kasım 2025 10:00", TEN),
        ("Вт, 18 ноября 2025 13:00:00 +0300", TEN),
        ("  Tue,\n 18 Nov 2025   10:00:00 GMT ", TEN),
    ],
)
def test_dates(raw: str, utc: str) -> None:
    assert parse_date(raw, NOW) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("host", "utc"),
    [("www.example.co.il", "13:30"), ("www.example.ie", "14:30"), ("www.example.in", "10:00")],
)
def test_the_country_says_what_ist_is(host: str, utc: str) -> None:
    moment = parse_date("Tue, 18 Nov 2025 15:30:00 IST", NOW, host=host)
    assert f"{moment:%H:%M}" == utc


@pytest.mark.parametrize(
    "raw",
    [
        *(None, "", "yesterday", "0000-00-00", "0000-00-00 00:00:00", "0", "0000000000"),
        *("1764-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "2025-13-40", "32 Nov 2025"),
        *("99999-01-01", "Tue, 18 Nov 2025 10:00:00 +9999", "T", "2025-11-18T99:00:00Z"),
    ],
)
def test_no_date(raw: str | None) -> None:
    assert parse_date(raw, NOW) is None


@pytest.mark.parametrize("raw", ["Fri, 18 Dec 2026 10:00:00 GMT", "9999-12-31T23:59:59Z"])
def test_the_future_is_now(raw: str) -> None:
    assert parse_date(raw, NOW) == NOW


@given(st.one_of(st.text(), st.text("0123456789 :+-/.,TZGMTadepnovjNJAMPM")))
def test_any_text_may_be_a_date(raw: str) -> None:
    moment = parse_date(raw, NOW)
    assert moment is None or (moment.year >= 1990 and moment <= NOW and moment.tzinfo is UTC)
