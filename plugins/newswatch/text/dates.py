"""Dates as people and programs write them, to moments."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import unquote

from newswatch.models import ZoneKnown
from newswatch.text.calendar_words import english_month, month_of
from newswatch.text.east_asian_dates import with_western_signs
from newswatch.text.invisible import without_unseen
from newswatch.text.solar_calendar import SOLAR_YEARS, day_of_solar_year, with_our_days
from newswatch.text.times_of_day import clock_time, time_in, zone_at, zone_in
from newswatch.text.zones import offset_zone, zone_named

MAX_LENGTH = 120  # characters; what is longer is a sentence
YEARS = range(1990, 2200)  # others are an epoch of zero, 0001-01-01, a calendar of another era ...
BUDDHIST_YEARS = 543  # by which Thailand's are ahead


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """What a text says: a moment (aware UTC, whole seconds), and whether its zone is known."""

    at: datetime
    zone: ZoneKnown


# The two forms of nearly all feeds and pages; each is read alike by the way of all others.
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:([Zz])|([+-])(\d\d):?(\d\d))"
)
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{3}, ?)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))?"
    r" (?:(GMT|UTC|Z)|([+-])(\d\d)(\d\d)|([A-Z]{3,4}))"
)

_SECONDS = re.compile(r"(?:/Date\(|@)?(\d{9,10})(\d{3}|\d{6})?(?:\.\d*)?(?:[+-]\d{4})?(?:\)/)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)[Tt]?(?:(\d\d)(\d\d)(\d\d)?)?(?=$|Z|[+-]\d)")
_SOLAR_LANGUAGES = ("fa", "ps")  # whose years in numbers alone are those of the solar calendar
_OUR_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LUNAR_DAY = re.compile(r"\d{1,2}\s+[\u0621-\u064a]+(?:\s+[\u0621-\u064a]+)?\s+1[34]\d\d(?!\d)")
_VIETNAMESE_DAY = re.compile(
    r"(\d{1,2}) (?:tháng|thg\.?) (\d{1,2})(?:,| năm|/)? ?(\d{4})", re.IGNORECASE
)
_COLON_BEFORE_TIME = re.compile(r"(?:(?<=[-/]\d\d)|(?<=[-/]\d{4})):(?=\d\d:\d\d)")
_YEAR_FIRST = re.compile(r"(?<![\d.])(\d{4})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?(\d{1,2}))?(?![\d/])")
_WEEK = re.compile(r"(?<!\d)(\d{4})-?W(\d\d)(?:-?([1-7]))?(?!\d)")
_DAY_OF_YEAR = re.compile(r"(?<!\d)(\d{4})-(\d{3})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)| (\d{1,2}) (\d{4}))(?!\d)"
)
_LETTERS = r"[^\s\d,.;:/()\[\]|·•،+-]+(?:\.[^\s\d,.;:/()\[\]|·•،+-]+)*"
_WORD = re.compile(rf"{_LETTERS}\.?(?:\s+{_LETTERS})?")
_DAY_BEFORE = re.compile(
    r"(?<![\d+])(?P<day>\d{1,2})(?:st|nd|rd|th|er|re|º|ª|a|o)?[.,]?[\s-]*(?:(?:de|of|di|d['’])\s*)?$"
)
_DAY_AFTER = re.compile(r"[\s.,-]*(?P<day>\d{1,2})(?![\d:])")
_NUMBER = re.compile(r"(?<![+:\d])\d+(?![:\d])")
_SIGNS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"))


def read_date(
    raw: str | None, *, host: str = "", language: str | None = None
) -> WrittenDate | None:
    """The moment that `raw` says, or the start of the day or month; None where it says none.

    RFC 822, ISO 8601, epoch seconds and milliseconds, JavaScript's and Java's forms, and prose in
    the languages of CLDR. `host` settles what IST and the like mean, `language` which month a word
    names and that en-US writes the month first.
    """
    if not raw or len(raw) > MAX_LENGTH * 4:
        return None
    text = html.unescape(raw) if "&" in raw else raw
    text = unquote(text) if "%" in text else text
    text = " ".join(without_unseen(text).translate(_SIGNS).split())
    if not text or len(text) > MAX_LENGTH:
        return None
    try:
        return _in_usual_form(text, host) or _in_any_form(_with_plain_digits(text), host, language)
    except (ValueError, OverflowError):
        return None


def _in_usual_form(text: str, host: str) -> WrittenDate | None:
    if found := _ISO.fullmatch(text):
        day = date(int(found[1]), int(found[2]), int(found[3]))
    elif (found := _RFC_822.fullmatch(text)) and (month := english_month(found[2])):
        day = date(int(found[3]), month, int(found[1]))
    else:
        return None
    if found.re is _RFC_822 and found[11]:
        zone = zone_named(found[11], host)
    else:
        zone = UTC if found[7] else offset_zone(found[8], found[9], found[10])
    return _moment(day, clock_time(found[4], found[5], found[6]), zone, "given") if zone else None


def _in_any_form(text: str, host: str, language: str | None) -> WrittenDate | None:
    if found := _SECONDS.fullmatch(text):
        at = datetime.fromtimestamp(int(found[1]), UTC)
        return WrittenDate(at, "given") if at.year in YEARS else None
    if _COMPACT.match(text):
        text = _COMPACT.sub(_spelled_out, text, count=1)
    text = _COLON_BEFORE_TIME.sub(" ", text)
    text = _VIETNAMESE_DAY.sub(r"\1.\2.\3", text)
    if not text.isascii():
        text = _as_in_the_west(text)
    clock, before, after = time_in(text, language)
    zone, known, after = zone_at(after, host, language)
    rest = f"{before} {after}"
    day, rest = _day_in(rest, language)
    if day is None:
        return None
    if known == "none":
        zone, known = zone_in(rest.strip(" ,;Tt"), host, language)
    return _moment(day, clock or timedelta(), zone, known)


def _moment(
    day: date, clock: timedelta, zone: tzinfo | None, known: ZoneKnown
) -> WrittenDate | None:
    if day.year not in YEARS:
        return None
    local = datetime(day.year, day.month, day.day, tzinfo=zone or UTC)
    return WrittenDate((local + clock).astimezone(UTC), known)


def _with_plain_digits(text: str) -> str:
    """Digits of every script as ASCII's."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() and letter.isdecimal() else letter
        for letter in text
    )


def _as_in_the_west(text: str) -> str:
    """The dates and times of China, Japan and Korea with our signs, those of Iran in our calendar,
    and no date of the Islamic one where ours stands beside it."""
    text = with_our_days(text)
    if _OUR_YEAR.search(text):
        text = _LUNAR_DAY.sub(" ", text)
    return with_western_signs(text)


def _spelled_out(found: re.Match[str]) -> str:
    day = f"{found[1]}-{found[2]}-{found[3]}"
    return f"{day}T{found[4]}:{found[5]}:{found[6] or '00'}" if found[4] else day


# --- the day --------------------------------------------------------------------------------------


def _day_in(text: str, language: str | None) -> tuple[date | None, str]:
    """The day, and the text without it."""
    if found := _WEEK.search(text):
        day = date.fromisocalendar(int(found[1]), int(found[2]), int(found[3] or 1))
    elif found := _DAY_OF_YEAR.search(text):
        day = date(int(found[1]), 1, 1) + timedelta(days=int(found[2]) - 1)
    elif found := _YEAR_FIRST.search(text):
        day = _day(found[1], int(found[2]), found[3] or "1", text, language)
    elif found := _DAY_FIRST.search(text):
        day = _day_or_month_first(found, language)
    else:
        return _named_day(text, language), text
    return day, f"{text[: found.start()]} {text[found.end() :]}"


def _day_or_month_first(found: re.Match[str], language: str | None) -> date:
    """Day first, as everywhere but in the United States; month first where only that can be."""
    day, month, year = int(found[1]), int(found[3] or found[5]), found[4] or found[6]
    american = found[2] == "/" and (language or "").lower() in ("en-us", "en_us")
    if (american and day <= 12) or month > 12:
        day, month = month, day
    return _day(year, month, str(day), found.string, language)


def _named_day(text: str, language: str | None) -> date | None:
    """A day whose month is a word: the numbers beside it are day and year, in either order.

    The month is the word that a day stands next to: "Mac" and "mar." are months elsewhere, and
    "No. 30 of 1 November" has another number. Of two words next to one number the last is: "mar. 6
    oct." is a Tuesday in October.
    """
    months = list(_months_in(text, language))
    numbers = _NUMBER.findall(text)
    if not months or not numbers:
        return None
    year = next((number for number in numbers if len(number) == 4), None)
    days = [number for number in numbers if len(number) <= 2]
    if year is None:
        return _day(days[1], months[-1].month, days[0], text, language) if len(days) >= 2 else None
    beside = [month for month in months if month.day]
    if beside:
        day_at = min(month.day_at for month in beside)
        month = [month for month in beside if month.day_at == day_at][-1]
        return _day(year, month.month, month.day, text, language)
    return _day(year, months[-1].month, days[0] if days else "1", text, language)


@dataclass(frozen=True, slots=True)
class _Month:
    month: int
    day: str  # next to it; "" for none
    day_at: int


def _months_in(text: str, language: str | None) -> Iterator[_Month]:
    for found in _WORD.finditer(text):
        first, _, second = found.group().partition(" ")
        names = (found.group(), first, second) if second else (first,)
        month = next(filter(None, (month_of(name, language) for name in names)), None)
        if month:
            before = _DAY_BEFORE.search(text[: found.start()])
            after = _DAY_AFTER.match(text, found.end())
            day = before or after
            yield _Month(month, day["day"] if day else "", day.start("day") if day else 0)


def _day(year: str, month: int, day: str, text: str, language: str | None) -> date:
    """Raises ValueError for what is no day."""
    spoken = (language or "")[:2].lower()
    number = _full_year(int(year)) if len(year) == 2 else int(year)
    if number in SOLAR_YEARS and spoken in _SOLAR_LANGUAGES:
        return day_of_solar_year(number, month, int(day))
    if spoken == "th" or re.search("[\u0e01-\u0e4e]", text):
        if len(year) == 2 and int(year) > BUDDHIST_YEARS % 100:
            number = 2500 + int(year)  # 68 is 2568
        if number - BUDDHIST_YEARS in YEARS:
            number -= BUDDHIST_YEARS
    return date(number, month, int(day))


def _full_year(year: int) -> int:
    """Of two digits (RFC 5322, 4.3)."""
    return year + (2000 if year < 50 else 1900)
