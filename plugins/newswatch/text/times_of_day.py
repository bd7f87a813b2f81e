"""The time of the day and its zone, within a date as people and programs write it."""

from __future__ import annotations

import re
from datetime import timedelta, tzinfo

from newswatch.models import ZoneKnown
from newswatch.text.calendar_words import half_of_day, month_of
from newswatch.text.zones import offset_zone, zone_named

_TIME = re.compile(
    r"(?<![\d:+-])(?P<hour>\d{1,2})\s?[:hH]\s?(?P<minute>\d\d?)(?!\d)"
    r"(?:\s?[:mM'′]\s?(?P<second>\d\d?)(?:[.,:]\d{1,9})?)?(?!\d)"
)
_TIME_IN_ISO = re.compile(
    r"(?<=\d)[Tt](?P<hour>\d\d)(?P<minute>\d\d)?(?P<second>\d\d)?(?=$|\s|[Zz]|[+-])"
)
_TIME_WITH_STOPS = re.compile(
    r"(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>\d\d)(?:\.(?P<second>\d\d)(?:\.\d{3,9})?)?(?![.\d])"
)
_TIME_IN_FOUR_DIGITS = re.compile(
    r"(?<=\d )(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>)"
    r"(?=\s?(?:Z|UTC?|[A-Z]{2,4}T|[+-]\d)\b)"
)
_HOUR = re.compile(r"(?<![\d:.])(?P<hour>\d{1,2})(?P<minute>)(?P<second>)(?=\s?[AaPp]\.?\s?[Mm]\b)")
_HALF = re.compile(r"\s*((?:[^\W\d_]\.? ?){1,2}\.?(?![^\W\d_])|[^\s\d.,]+)")
_HALF_BEFORE = re.compile(r"(?<!\w)([AaPp])\.?[Mm]\.?\s*$")
_FILLER = re.compile(
    r"\s*(?:uhr|hrs?|hours?|o['’]clock|h|годин[аи]?|год|час(?:ов|а|)|ч|น)\b\.?", re.IGNORECASE
)
_OFFSET = re.compile(
    r"\s*[(\[]?(?P<name>[A-Za-z]{1,5})?\s?(?P<sign>[+-])(?P<gap>\s?)(?:"
    r"(?P<hours>\d\d?)(?P<colon>[:.]?)(?P<minutes>\d\d)(?::?\d\d)?"
    r"|(?P<alone>\d\d?)(?P<half>[.,]5)?)(?![\d:]|[./-]\d)[)\]]?"
)
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)")
_PLUS_LOST = re.compile(r" (?P<hours>[01]\d):?(?P<minutes>00|15|30|45)$")
_ZONE_NAME = re.compile(
    r"\s*[(\[]?(?P<name>[^\W\d_]+\.?(?:\d[A-Z]{3}|(?:/[A-Za-z0-9_+-]+)*)(?: [^\W\d_]+){0,4})[)\]]?"
)
_ZONE_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+")


def time_in(text: str, language: str | None) -> tuple[timedelta | None, str, str]:
    """The time, with what stands before and after it."""
    found = (
        _TIME.search(text)
        or _HOUR.search(text)
        or _TIME_IN_ISO.search(text)
        or _TIME_WITH_STOPS.search(text)
        or _TIME_IN_FOUR_DIGITS.search(text)
    )
    if found is None:
        return None, text, ""
    before, after = text[: found.start()], text[found.end() :]
    afternoon = None
    if word := _HALF_BEFORE.search(before):
        afternoon, before = word[1] in "Pp", before[: word.start()]
    elif (word := _HALF.match(after)) and (half := half_of_day(word[1], language)):
        afternoon, after = half == "pm", after[word.end() :]
    clock = clock_time(found["hour"], found["minute"] or "0", found["second"], afternoon)
    return clock, before, after


def clock_time(
    hour: str, minute: str, second: str | None, afternoon: bool | None = None
) -> timedelta:
    """The time since midnight. 24:00 is the next day's midnight, :60 a leap second.

    Raises ValueError for what is no time.
    """
    hours, minutes, seconds = int(hour), int(minute), int(second or 0)
    if afternoon is not None and hours <= 12:
        hours = hours % 12 + (12 if afternoon else 0)
    if hours > 24 or minutes > 59 or seconds > 60 or (hours == 24 and (minutes or seconds)):
        raise ValueError(f"{hour}:{minute} is no time")
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def zone_at(after: str, host: str, language: str | None) -> tuple[tzinfo | None, ZoneKnown, str]:
    """The zone that follows a time, and what stands after it."""
    if filler := _FILLER.match(after):
        after = after[filler.end() :]
    if (found := _OFFSET.match(after)) and _is_offset(found, host, language):
        return *_offset(found), after[found.end() :]
    if found := _PLUS_LOST.fullmatch(after):  # "+" is a blank in a query string
        return offset_zone("+", found["hours"], found["minutes"]), "given", ""
    found = _ZONE_NAME.match(after)
    if found is None:
        return None, "none", after
    words = found["name"].split()
    if not zone_named(words[0], host) and month_of(words[0], language):
        return None, "none", after
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if zone := zone_named(name, host):
            return zone, "given", after[found.start("name") + len(name) :]
    if "/" in words[0] or (words[0].isupper() and len(words[0]) > 1):
        return None, "unknown", after[found.start("name") + len(words[0]) :]
    return None, "none", after


def zone_in(rest: str, host: str, language: str | None) -> tuple[tzinfo | None, ZoneKnown]:
    """The zone that stands apart from the time: behind the year, or behind a bare date."""
    for found in _OFFSET.finditer(rest):
        if _is_offset(found, host, language):
            return _offset(found)
    for word in _ZONE_WORD.findall(rest):
        if not month_of(word, language) and (zone := zone_named(word, host)):
            return zone, "given"
    return None, "none"


def _offset(found: re.Match[str]) -> tuple[tzinfo | None, ZoneKnown]:
    minutes = "30" if found["half"] else found["minutes"]
    zone = offset_zone(found["sign"], found["hours"] or found["alone"], minutes)
    return (zone, "given") if zone else (None, "unknown")


def _is_offset(found: re.Match[str], host: str, language: str | None) -> bool:
    """Whether it is one, and not a dash before a day or another time.

    A word before an offset must be a zone's; which is of no account, since the offset says it all.
    """
    if found["name"]:
        return zone_named(found["name"], host) is not None
    if found["gap"] and found["sign"] == "-":
        return bool(found["minutes"]) and not found["colon"] and len(found["hours"]) == 2
    word = _NEXT_WORD.match(found.string, found.end()) if found["alone"] else None
    return word is None or month_of(word[1], language) is None
