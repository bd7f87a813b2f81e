"""Dates as people and programs write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from newswatch.settings import HOME
from newswatch.text.dates import YEARS, WrittenDate, read_date
from newswatch.text.zones import zone_named

TABLE = (Path(__file__).parent / "dates.tsv").read_text().splitlines()[1:]
LANGUAGES = sorted(
    {
        feed["language"]
        for feed in yaml.safe_load((HOME / "dags/watchlist/feeds.yaml").read_text())["feeds"]
        if "language" in feed
    }
    | {"nl", "pt", "ro", "cs", "el", "bg", "sr", "zh", "ja", "ko", "hi", "ur", "id", "vi", "sv"}
)
MOMENTS = st.datetimes(datetime(1990, 1, 3), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timedelta(minutes=15 * quarters))


@pytest.mark.parametrize("row", TABLE)
def test_dates(row: str) -> None:
    written, utc, zone, *language = row.split("\t")
    assert read_date(written, host="feed.test", language="".join(language)) == WrittenDate(
        datetime.fromisoformat(utc).replace(tzinfo=UTC), zone
    )


def _signed(local: datetime, form: str) -> str:
    """The offset of an aware time, as the form has it: +05:30, +0530 ..."""
    minutes = (local.utcoffset() or timedelta()) // timedelta(minutes=1)
    hours, minute = divmod(abs(minutes), 60)
    return form.format(sign="-" if minutes < 0 else "+", hours=hours, minutes=minute)


RFC = "%a, %d %b %Y %H:%M:%S"
FORMS: list[Callable[[datetime], str]] = [
    format_datetime,
    lambda local: local.isoformat(),
    lambda local: local.isoformat(" "),
    lambda local: f"{local:{RFC}} " + _signed(local, "{sign}{hours:02}:{minutes:02}"),
    lambda local: f"{local:{RFC}}" + _signed(local, " GMT{sign}{hours}:{minutes:02}"),
    lambda local: f"{local:%d-%b-%Y %H:%M:%S} " + _signed(local, "UTC{sign}{hours:02}{minutes:02}"),
    lambda local: f"{local:%Y/%m/%d %H:%M:%S} " + _signed(local, "{sign}{hours:02}{minutes:02}"),
    lambda local: (
        f"{local:%B %d, %Y, %I:%M:%S %p} " + _signed(local, "{sign}{hours:02}{minutes:02}")
    ),
    lambda local: (
        f"{local:%a %b %d %Y %H:%M:%S} "
        + _signed(local, "GMT{sign}{hours:02}{minutes:02} (Some Standard Time)")
    ),
    lambda local: f"{local:%Y%m%dT%H%M%S}" + _signed(local, "{sign}{hours:02}{minutes:02}"),
    lambda local: f"{local:%d.%m.%Y, %H:%M:%S}" + _signed(local, " {sign}{hours:02}:{minutes:02}"),
    lambda local: f"{local.timestamp():.0f}",
    lambda local: f"{local.timestamp():.0f}000",
    lambda local: (
        f"{local:{RFC}} " + _signed(local, "−{hours:02}{minutes:02}")
        if (local.utcoffset() or timedelta()) < timedelta()
        else local.isoformat()
    ),
]


@given(MOMENTS, OFFSETS, st.sampled_from(FORMS))
def test_every_form_says_what_iso_says(
    local: datetime, offset: timedelta, form: Callable[[datetime], str]
) -> None:
    moment = local.replace(tzinfo=timezone(offset))
    iso = moment.astimezone(UTC)
    if iso.year in YEARS and iso.timestamp() >= 10**8:
        assert read_date(form(moment)) == WrittenDate(iso, "given")


@given(MOMENTS, st.sampled_from(["Europe/Kyiv", "America/New_York", "Asia/Kolkata"]))
def test_a_region_means_its_time_of_that_day(local: datetime, region: str) -> None:
    moment = local.replace(tzinfo=ZoneInfo(region))
    found = read_date(f"{local:{RFC}} {region}")
    assert found == WrittenDate(moment.astimezone(UTC), "given")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", ["long", "full"])
def test_days_are_read_in_every_language_that_is_watched(language: str, length: str) -> None:
    """As CLDR writes them; those languages whose own calendar is another are asked for ours."""
    locale = language.replace("-", "_")
    for month in range(1, 13):
        day = datetime(2026, month, 17, tzinfo=UTC)
        written = format_date(day, length, locale=locale)
        assert read_date(written, language=language) == WrittenDate(day, "none"), written


@pytest.mark.parametrize(
    ("host", "written", "hour"),
    [
        ("www.example.co.il", "15:30:00 IST", "13:30"),
        ("www.example.ie", "15:30:00 IST", "14:30"),
        ("www.example.in", "15:30:00 IST", "10:00"),
        ("www.example.cn", "15:30:00 CST", "07:30"),
        ("www.example.com", "15:30:00 CST", "21:30"),
        ("www.example.sa", "15:30:00 AST", "12:30"),
    ],
)
def test_the_country_says_what_a_name_means(host: str, written: str, hour: str) -> None:
    found = read_date(f"Tue, 18 Nov 2025 {written}", host=host)
    assert found is not None
    assert f"{found.at:%H:%M}" == hour


def test_the_language_says_what_comes_first() -> None:
    assert read_date("10/11/2025", language="en-US") == read_date("2025-10-11")
    assert read_date("10/11/2025", language="en-GB") == read_date("2025-11-10")


@pytest.mark.parametrize(
    "raw",
    [
        *(None, "", "yesterday", "0000-00-00", "0000-00-00 00:00:00", "0", "0000000000", "2026"),
        *("1764-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "2025-13-40", "32 Nov 2025"),
        *("99999-01-01", "9999-12-31T23:59:59Z", "T", "2025-11-18T99:00:00Z", "Invalid Date"),
        *("Mon, 01 Jan 0001 00:00:00 +0000", "0001-01-01T00:00:00", "1405-07-09 10:00"),
        *("Tue, 18 Nov 2025 24:30:00 GMT", "30 February 2026", "10:00", "November"),
    ],
)
def test_no_date(raw: str | None) -> None:
    assert read_date(raw) is None


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("30 اسفند 1404", "fa"),
        ("1404/12/30", "fa"),
        ("19 ربيع الآخر 1448", "ar"),
        ("1448/04/19", "ar"),
        ("20 Tishrei 5787", "he"),
        ("כ׳ בתשרי תשפ״ז", "he"),
        ("Thu, 01 Oct 2569 10:00:00 +0700", "en"),
        ("9 Mehr 1405", "en"),
        ("21 መስከረም 2019", "am"),
    ],
)
def test_a_day_of_another_calendar_is_never_taken_for_one_of_ours(raw: str, language: str) -> None:
    assert read_date(raw, language=language) is None


@given(st.one_of(st.text(), st.text("0123456789 :+-/.,TZGMTadepnovjNJAMPM")))
def test_any_text_may_be_a_date(raw: str) -> None:
    found = read_date(raw)
    assert found is None or (found.at.year >= 1989 and found.at.tzinfo is UTC)


@pytest.mark.parametrize("name", ["", "Nowhere", "Mars/Olympus", "Time", "Oct"])
def test_what_is_no_zone(name: str) -> None:
    assert zone_named(name) is None
