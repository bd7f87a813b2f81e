"""When an item was published, from the many ways in which feeds write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

OLDEST_YEAR = 1990  # before the web: a wrong date, such as 0000-00-00 or an epoch of zero

_ZONES = {
    **dict.fromkeys(("GMT", "UTC", "UT", "Z", "WET"), 0.0),
    **dict.fromkeys(("CET", "BST", "WEST", "MEZ", "WAT"), 1.0),
    **dict.fromkeys(("CEST", "EET", "MESZ", "SAST", "CAT"), 2.0),
    **dict.fromkeys(("EEST", "MSK", "IDT", "TRT", "EAT"), 3.0),
    **dict.fromkeys(("GST", "SAMT"), 4.0),
    **dict.fromkeys(("PKT", "YEKT"), 5.0),
    **dict.fromkeys(("HKT", "SGT", "AWST"), 8.0),
    **dict.fromkeys(("JST", "KST"), 9.0),
    **dict.fromkeys(("EST", "CDT"), -5.0),
    **dict.fromkeys(("CST", "MDT"), -6.0),
    **dict.fromkeys(("MST", "PDT"), -7.0),
    **{"EDT": -4.0, "AST": -4.0, "PST": -8.0, "BRT": -3.0, "ART": -3.0},
    **{"IRST": 3.5, "NPT": 5.75, "AEST": 10.0, "AEDT": 11.0, "NZST": 12.0, "NZDT": 13.0},
}
# IST is Irish, Israeli and Indian: the country of the feed's address decides.
_IST = {"il": 2.0, "ie": 1.0}
_INDIA = 5.5

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner janvier enero gennaio janeiro ocak januari январь января"
            " янв",
            "feb february februar février fevrier fév fev febrero febbraio fevereiro şubat subat"
            " februari февраль февраля фев",
            "mar march märz maerz mär mrz mars marzo março marco mart maart март марта мар",
            "apr april avril avr abril abr aprile nisan апрель апреля апр",
            "may mai mayo maggio mag maio mayıs mayis mei май мая",
            "jun june juni juin junio giugno giu junho haziran июнь июня июн",
            "jul july juli juillet juil julio luglio lug julho temmuz июль июля июл",
            "aug august août aout agosto ago ağustos agustos augustus август августа авг",
            "sep sept september septembre septiembre settembre set setembro eylül eylul сентябрь"
            " сентября сен",
            "oct october okt oktober octobre octubre ottobre ott outubro out ekim октябрь октября"
            " окт",
            "nov november novembre noviembre novembro kasım kasim ноябрь ноября ноя",
            "dec december dez dezember décembre decembre déc diciembre dic dicembre dezembro aralık"
            " aralik декабрь декабря дек",
        ),
        start=1,
    )
    for name in names.split()
}
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_DAY_FIRST = re.compile(
    r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:,?[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(.*)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+\.?")
_ZONE_AT_END = re.compile(r"\s+\(?([A-Za-z]{1,5})\)?$")
_GMT_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*(?=[+-]\d)")


def parse_date(raw: str | None, now: datetime, *, host: str = "") -> datetime | None:
    """The moment that `raw` says, not later than `now`; None where it says none.

    RFC 822 with the zones and month names that real feeds use, ISO 8601, epoch seconds or
    milliseconds, 31.12.2025. Without a zone it is UTC. `host` settles what IST means.
    """
    if raw is None:
        return None
    text = " ".join(raw[:80].split())
    try:
        moment = _epoch(text) or _iso(text, host) or _numeric(text) or _rfc822(text, host)
        if moment is None:
            return None
        moment = moment.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
    return min(moment, now) if moment.year >= OLDEST_YEAR else None


def _epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC)


def _iso(text: str, host: str) -> datetime | None:
    if not text[:4].isdigit():
        return None
    text = _YEAR_FIRST.sub(lambda m: f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}{m[4]}", text)
    zone = UTC
    if found := _ZONE_AT_END.search(text):
        zone = _zone(found[1], host) or UTC
        text = text[: found.start()]
    text = re.sub(r"\s+(?=[+-]\d{2}:?\d{2}$)", "", text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _numeric(text: str) -> datetime | None:
    """Day first, as everywhere but in the United States; month first where only that can be."""
    found = _DAY_FIRST.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
    if month > 12:
        day, month = month, day
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def _rfc822(text: str, host: str) -> datetime | None:
    text = _GMT_OFFSET.sub("", text)
    zone = None
    if (found := _ZONE_AT_END.search(text)) and found[1].upper() not in ("AM", "PM"):
        zone = _zone(found[1], host)
        text = text[: found.start()] if zone else text
    afternoon = re.search(r"\b(\d{1,2})(:\d{2}(?::\d{2})?)\s*([AaPp])\.?[Mm]\b\.?", text)
    if afternoon:
        hour = int(afternoon[1]) % 12 + (12 if afternoon[3] in "Pp" else 0)
        text = f"{text[: afternoon.start()]}{hour}{afternoon[2]}{text[afternoon.end() :]}"
    parts = parsedate_tz(_english(text))
    if parts is None:
        return None
    offset = timezone(timedelta(seconds=parts[9])) if parts[9] else UTC
    return datetime(*parts[:6], tzinfo=zone or offset)


def _zone(name: str, host: str) -> timezone | None:
    if name.upper() == "IST":
        return timezone(timedelta(hours=_IST.get(host.rpartition(".")[2], _INDIA)))
    hours = _ZONES.get(name.upper())
    return None if hours is None else timezone(timedelta(hours=hours))


def _english(text: str) -> str:
    """Month names in English, the names of weekdays (before the first comma) and "de" gone."""
    head, comma, tail = text.partition(",")
    if comma and not any(character.isdigit() for character in head):
        text = tail.strip()

    def word(found: re.Match[str]) -> str:
        name = found[0].rstrip(".").lower()
        if name in ("de", "del", "г"):
            return ""
        month = _MONTHS.get(name)
        return _ENGLISH[month - 1] if month else found[0]

    return " ".join(_WORD.sub(word, text).split())
