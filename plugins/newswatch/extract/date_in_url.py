"""The day that an address names, as the systems of many outlets build them."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote, urlsplit

from newswatch.text.calendar_words import english_month

_YEAR = r"(?P<y>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(rf"(?<![\d.]){form}(?!\d)", re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<sign>[-_.])(?P<m>\d{{1,2}})(?P=sign)(?P<d>\d{{1,2}})",
        rf"{_YEAR}/(?P<m>\d{{1,2}})/(?P<d>\d\d|\d(?![-_]))",  # /2023/10/3-questions names a month
        rf"(?P<d>\d{{1,2}})(?P<sign>[-/_.])(?P<m>\d{{1,2}})(?P=sign){_YEAR}",
        rf"{_YEAR}[-/_](?P<name>[a-z]{{3,9}})[-/_](?P<d>\d{{1,2}})",
        rf"(?P<d>\d{{1,2}})[-/_](?P<name>[a-z]{{3,9}})[-/_]{_YEAR}",
        rf"(?<![a-z])(?P<name>[a-z]{{3,9}})[-/_](?P<d>\d{{1,2}})[-/_]{_YEAR}",
        rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)",
    )
)


def date_in_url(url: str) -> str | None:
    """ISO 8601 of the first whole day in its path; `/2025/12/` names none.

    13-04-2025 and 04-13-2025 are read by what is possible, 12-04-2025 as the fourth month.
    """
    path = unquote(urlsplit(url).path)
    for form in _FORMS:
        for found in form.finditer(path):
            if day := _day(found.groupdict()):
                return day.isoformat()
    return None


def _day(parts: dict[str, str]) -> date | None:
    name = parts.get("name")
    month = english_month(name) or 0 if name else int(parts["m"])
    day = int(parts["d"])
    if month > 12 >= day and "name" not in parts:
        month, day = day, month
    try:
        return date(int(parts["y"]), month, day)
    except ValueError:
        return None
