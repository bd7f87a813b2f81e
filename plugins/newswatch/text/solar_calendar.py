"""The solar Hijri calendar of Iran and Afghanistan: its years run from one spring to the next."""

from __future__ import annotations

import re
from datetime import date

SOLAR_YEARS = range(1369, 1431)  # 1990 to 2052

_MONTHS = (
    "فروردین حمل|اردیبهشت ثور|خرداد جوزا|تیر سرطان|مرداد اسد|شهریور سنبله|مهر میزان|آبان عقرب|"
    "آذر قوس|دی جدی|بهمن دلو|اسفند حوت"
)
_NUMBERS = {
    name: number for number, names in enumerate(_MONTHS.split("|"), 1) for name in names.split()
}
_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({'|'.join(_NUMBERS)})(?:\s+ماه)?،?\s+(1[34]\d\d)(?!\d)")
_BEFORE = 226_530  # days in our calendar before the year 0


def day_of_solar_year(year: int, month: int, day: int) -> date:
    """The day in our calendar. Six months of 31 days come before five of 30; in 33 years there are
    eight leap years, which holds for all of `SOLAR_YEARS`.

    Raises ValueError for what is no day.
    """
    days = 31 * (month - 1) - max(0, month - 7) + day - 1
    in_month = 31 if month <= 6 else 30
    if not (1 <= month <= 12 and 1 <= day <= in_month) or days >= _first(year + 1) - _first(year):
        raise ValueError(f"{year}/{month}/{day} is no day of the solar calendar")
    return date.fromordinal(_first(year) + days)


def _first(year: int) -> int:
    return _BEFORE + 365 * year + (8 * year + 21) // 33


def with_our_days(text: str) -> str:
    """`27 آذر 1404` as 2025-12-18; digits are ASCII's."""
    return _DAY.sub(_ours, text)


def _ours(found: re.Match[str]) -> str:
    year = int(found[3])
    if year not in SOLAR_YEARS:
        return found[0]
    return day_of_solar_year(year, _NUMBERS[found[2]], int(found[1])).isoformat()
