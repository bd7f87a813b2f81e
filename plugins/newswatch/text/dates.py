"""Dates as people and programs write them, to moments."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from newswatch.models import ZoneKnown
from newswatch.text.calendar_words import half_of_day, month_of
from newswatch.text.invisible import without_unseen
from newswatch.text.solar_calendar import SOLAR_YEARS, day_of_solar_year, with_our_days
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
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

_SECONDS = re.compile(r"(?:/Date\(|@)?(\d{9,10})(\d{3}|\d{6})?(?:\.\d*)?(?:[+-]\d{4})?(?:\)/)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)[Tt]?(?:(\d\d)(\d\d)(\d\d)?)?(?=$|Z|[+-]\d)")
_EAST_ASIAN_DAY = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일号號])?")
_EAST_ASIAN_TIME = re.compile(
    r"(\d{1,2})\s*[時时點点시]\s*(?:(\d{1,2})\s*[分분])?\s*(?:(\d{1,2})\s*[秒초])?"
)
_EAST_ASIAN_MONTH = re.compile(r"(\d{1,2})[\s-]+(\d{1,2})\s?[月월][\s-]+(\d{4})")  # RFC 822's order
_ERA = re.compile(r"(令和|平成|民國|民国)\s*(\d{1,3}|元)\s*年")
_YEAR_BEFORE = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}  # its first year
_SOLAR_LANGUAGES = ("fa", "ps")  # whose years in numbers alone are those of the solar calendar
_OUR_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LUNAR_DAY = re.compile(r"\d{1,2}\s+[\u0621-\u064a]+(?:\s+[\u0621-\u064a]+)?\s+1[34]\d\d(?!\d)")
_VIETNAMESE_DAY = re.compile(
    r"(\d{1,2}) (?:tháng|thg\.?) (\d{1,2})(?:,| năm|/)? ?(\d{4})", re.IGNORECASE
)
_EAST_ASIAN_HALF = re.compile(
    r"(?:(上午|午前|凌晨|早上|오전)|下午|午後|中午|晚上|오후)\s*(\d{1,2}:\d\d(?::\d\d)?)"
)
_TIME = re.compile(
    r"(?<![\d:+-])(?P<hour>\d{1,2})\s?[:hH]\s?(?P<minute>\d\d?)(?!\d)"
    r"(?:\s?[:mM'′]\s?(?P<second>\d\d?)(?:[.,:]\d{1,9})?)?(?!\d)"
)
_TIME_IN_ISO = re.compile(
    r"(?<=\d)[Tt](?P<hour>\d\d)(?P<minute>\d\d)?(?P<second>\d\d)?(?=$|\s|[Zz]|[+-])"
)
_TIME_WITH_STOPS = re.compile(
    r"(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>\d\d)(?:\.(?P<second>\d\d))?(?![.\d])"
)
_HOUR = re.compile(r"(?<![\d:.])(?P<hour>\d{1,2})(?P<minute>)(?P<second>)(?=\s?[AaPp]\.?\s?[Mm]\b)")
_HALF = re.compile(r"\s*((?:[^\W\d_]\.? ?){1,2}\.?(?![^\W\d_])|[^\s\d.,]+)")
_HALF_BEFORE = re.compile(r"(?<!\w)([AaPp])\.?[Mm]\.?\s*$")
_FILLER = re.compile(
    r"\s*(?:uhr|hrs?|hours?|o['’]clock|h|годин[аи]?|год|час(?:ов|а|)|ч|น)\b\.?", re.IGNORECASE
)
_OFFSET = re.compile(
    r"\s*[(\[]?(?P<name>[A-Za-z]{1,5})?\s?(?P<sign>[+-])\s?(?:"
    r"(?P<hours>\d\d?)[:.]?(?P<minutes>\d\d)(?::?\d\d)?|(?P<alone>\d\d?))(?![\d:])[)\]]?"
)
_PLUS_LOST = re.compile(r" (?P<hours>[01]\d):?(?P<minutes>00|15|30|45)$")
_ZONE_NAME = re.compile(
    r"\s*[(\[]?(?P<name>[^\W\d_]+(?:\d[A-Z]{3}|(?:/[A-Za-z0-9_+-]+)*)(?: [^\W\d_]+){0,4})[)\]]?"
)
_ZONE_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+")
_YEAR_FIRST = re.compile(r"(?<![\d.])(\d{4})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?(\d{1,2}))?(?![\d/])")
_WEEK = re.compile(r"(?<!\d)(\d{4})-?W(\d\d)(?:-?([1-7]))?(?!\d)")
_DAY_OF_YEAR = re.compile(r"(?<!\d)(\d{4})-(\d{3})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d)")
_LETTERS = r"[^\s\d,.;:/()\[\]|·•،+-]+(?:\.[^\s\d,.;:/()\[\]|·•،+-]+)*"
_WORD = re.compile(rf"{_LETTERS}\.?(?:\s+{_LETTERS})?")
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
    elif (found := _RFC_822.fullmatch(text)) and found[2].lower() in _MONTHS:
        day = date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    else:
        return None
    if found.re is _RFC_822 and found[11]:
        zone = zone_named(found[11], host)
    else:
        zone = UTC if found[7] else offset_zone(found[8], found[9], found[10])
    return _moment(day, _clock(found[4], found[5], found[6]), zone, "given") if zone else None


def _in_any_form(text: str, host: str, language: str | None) -> WrittenDate | None:
    if found := _SECONDS.fullmatch(text):
        at = datetime.fromtimestamp(int(found[1]), UTC)
        return WrittenDate(at, "given") if at.year in YEARS else None
    if _COMPACT.match(text):
        text = _COMPACT.sub(_spelled_out, text, count=1)
    text = _VIETNAMESE_DAY.sub(r"\1.\2.\3", text)
    if not text.isascii():
        text = _as_in_the_west(text)
    clock, before, after = _time_in(text, language)
    zone, known, after = _zone_at(after, host, language)
    rest = f"{before} {after}"
    day, rest = _day_in(rest, language)
    if day is None:
        return None
    if known == "none":
        zone, known = _zone_in(rest.strip(" ,;Tt"), host, language)
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
    text = _EAST_ASIAN_MONTH.sub(r"\3-\2-\1 ", text)
    text = _ERA.sub(_in_our_era, text)
    text = _EAST_ASIAN_DAY.sub(lambda day: f"{day[1]}-{day[2]}-{day[3] or 1} ", text)
    text = _EAST_ASIAN_TIME.sub(
        lambda time: f"{time[1]}:{int(time[2] or 0):02}:{int(time[3] or 0):02}", text
    )
    return _EAST_ASIAN_HALF.sub(lambda time: f"{time[2]} {'am' if time[1] else 'pm'}", text)


def _in_our_era(found: re.Match[str]) -> str:
    year = 1 if found[2] == "元" else int(found[2])
    return f"{_YEAR_BEFORE[found[1]] + year}年"


def _spelled_out(found: re.Match[str]) -> str:
    day = f"{found[1]}-{found[2]}-{found[3]}"
    return f"{day}T{found[4]}:{found[5]}:{found[6] or '00'}" if found[4] else day


# --- the time of the day --------------------------------------------------------------------------


def _time_in(text: str, language: str | None) -> tuple[timedelta | None, str, str]:
    """The time, with what stands before and after it."""
    found = (
        _TIME.search(text)
        or _HOUR.search(text)
        or _TIME_IN_ISO.search(text)
        or _TIME_WITH_STOPS.search(text)
    )
    if found is None:
        return None, text, ""
    before, after = text[: found.start()], text[found.end() :]
    afternoon = None
    if word := _HALF_BEFORE.search(before):
        afternoon, before = word[1] in "Pp", before[: word.start()]
    elif (word := _HALF.match(after)) and (half := half_of_day(word[1], language)):
        afternoon, after = half == "pm", after[word.end() :]
    clock = _clock(found["hour"], found["minute"] or "0", found["second"], afternoon)
    return clock, before, after


def _clock(hour: str, minute: str, second: str | None, afternoon: bool | None = None) -> timedelta:
    """The time since midnight. 24:00 is the next day's midnight, :60 a leap second.

    Raises ValueError for what is no time.
    """
    hours, minutes, seconds = int(hour), int(minute), int(second or 0)
    if afternoon is not None and hours <= 12:
        hours = hours % 12 + (12 if afternoon else 0)
    if hours > 24 or minutes > 59 or seconds > 60 or (hours == 24 and (minutes or seconds)):
        raise ValueError(f"{hour}:{minute} is no time")
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


# --- the zone -------------------------------------------------------------------------------------


def _zone_at(after: str, host: str, language: str | None) -> tuple[tzinfo | None, ZoneKnown, str]:
    """The zone that follows a time, and what stands after it."""
    if filler := _FILLER.match(after):
        after = after[filler.end() :]
    if (found := _OFFSET.match(after)) and _is_offset(found, host):
        return *_offset(found), after[found.end() :]
    if found := _PLUS_LOST.fullmatch(after):  # "+" is a blank in a query string
        return offset_zone("+", found["hours"], found["minutes"]), "given", ""
    found = _ZONE_NAME.match(after)
    if found is None or month_of(found["name"].split()[0], language):
        return None, "none", after
    words = found["name"].split()
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if zone := zone_named(name, host):
            return zone, "given", after[found.start("name") + len(name) :]
    if "/" in words[0] or (words[0].isupper() and len(words[0]) > 1):
        return None, "unknown", after[found.start("name") + len(words[0]) :]
    return None, "none", after


def _zone_in(rest: str, host: str, language: str | None) -> tuple[tzinfo | None, ZoneKnown]:
    """The zone that stands apart from the time: behind the year, or behind a bare date."""
    if (found := _OFFSET.search(rest)) and _is_offset(found, host):
        return _offset(found)
    for word in _ZONE_WORD.findall(rest):
        if not month_of(word, language) and (zone := zone_named(word, host)):
            return zone, "given"
    return None, "none"


def _offset(found: re.Match[str]) -> tuple[tzinfo | None, ZoneKnown]:
    zone = offset_zone(found["sign"], found["hours"] or found["alone"], found["minutes"])
    return (zone, "given") if zone else (None, "unknown")


def _is_offset(found: re.Match[str], host: str) -> bool:
    """A word before an offset must be a zone's; which is of no account, since the offset says it
    all."""
    return not found["name"] or zone_named(found["name"], host) is not None


# --- the day --------------------------------------------------------------------------------------


def _day_in(text: str, language: str | None) -> tuple[date | None, str]:
    """The day, and the text without it."""
    if found := _WEEK.search(text):
        day = date.fromisocalendar(int(found[1]), int(found[2]), int(found[3] or 1))
    elif found := _DAY_OF_YEAR.search(text):
        day = date(int(found[1]), 1, 1) + timedelta(days=int(found[2]) - 1)
    elif found := _YEAR_FIRST.search(text):
        solar = int(found[1]) in SOLAR_YEARS and (language or "")[:2] in _SOLAR_LANGUAGES
        month, number = int(found[2]), found[3] or "1"
        if solar:
            day = day_of_solar_year(int(found[1]), month, int(number))
        else:
            day = _day(found[1], month, number, text)
    elif found := _DAY_FIRST.search(text):
        day = _day_or_month_first(found, text, language)
    else:
        return _named_day(text, language), text
    return day, f"{text[: found.start()]} {text[found.end() :]}"


def _day_or_month_first(found: re.Match[str], text: str, language: str | None) -> date:
    """Day first, as everywhere but in the United States; month first where only that can be."""
    day, month = int(found[1]), int(found[3])
    american = found[2] == "/" and (language or "").lower() in ("en-us", "en_us")
    if (american and day <= 12) or month > 12:
        day, month = month, day
    return _day(found[4], month, str(day), text)


def _named_day(text: str, language: str | None) -> date | None:
    """A day whose month is a word: the numbers beside it are day and year, in either order."""
    months = []
    for words in _WORD.findall(text):
        first, _, second = words.partition(" ")
        names = (words, first, second) if second else (words,)
        if month := next(filter(None, (month_of(name, language) for name in names)), None):
            months.append(month)
    numbers = _NUMBER.findall(text)
    if not months or not numbers:
        return None
    # "mar. 6 oct." is a Tuesday in October: a weekday stands before its date.
    year = next((number for number in numbers if len(number) == 4), None)
    days = [number for number in numbers if len(number) <= 2]
    if year is None:
        return _day(days[1], months[-1], days[0], text) if len(days) >= 2 else None
    return _day(year, months[-1], days[0] if days else "1", text)


def _day(year: str, month: int, day: str, text: str) -> date:
    """Raises ValueError for what is no day."""
    is_thai = re.search("[\u0e01-\u0e4e]", text) is not None
    number = int(year) + (2000 if len(year) == 2 else 0)
    if is_thai and len(year) == 2 and number - 43 in YEARS and int(year) > BUDDHIST_YEARS % 100:
        number += 500  # 68 is 2568
    if is_thai and number - BUDDHIST_YEARS in YEARS:
        number -= BUDDHIST_YEARS
    return date(number, month, int(day))
