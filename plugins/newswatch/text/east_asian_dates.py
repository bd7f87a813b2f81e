"""The dates and times of China, Japan and Korea, with the signs of the West."""

from __future__ import annotations

import re

_DAY = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일号號])?")
_TIME = re.compile(r"(\d{1,2})\s*[時时點点시]\s*(?:(\d{1,2})\s*[分분])?\s*(?:(\d{1,2})\s*[秒초])?")
_MONTH = re.compile(r"(\d{1,2})[\s-]+(\d{1,2})\s?[月월][\s-]+(\d{4})")  # RFC 822's order
_YEAR_LAST = re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號],?\s(\d{4})")
_ERA = re.compile(r"(令和|平成|民國|民国)\s*(\d{1,3}|元)\s*年")
_YEAR_BEFORE = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}  # its first year
_HALF = re.compile(
    r"(?:(上午|午前|凌晨|早上|오전)|下午|午後|中午|晚上|오후)\s*(\d{1,2}:\d\d(?::\d\d)?)"
)
_NUMERALS = "〇○零一二三四五六七八九"
_VALUES = {sign: value for value, sign in enumerate(_NUMERALS[2:])} | {"〇": 0, "○": 0}
_IN_NUMERALS = re.compile(
    rf"(?:[{_NUMERALS}]+|[{_NUMERALS[3:]}]?十[{_NUMERALS[3:]}]?)(?=\s*[年月日號号時时點点分秒])"
)


def with_western_signs(text: str) -> str:
    """`2026年10月1日 下午3時` as `2026-10-1 3:00 pm`, years of an era and numerals as well."""
    text = _IN_NUMERALS.sub(lambda found: str(_value(found[0])), text)
    text = _MONTH.sub(r"\3-\2-\1 ", text)
    text = _YEAR_LAST.sub(r"\3-\1-\2 ", text)
    text = _ERA.sub(_in_our_era, text)
    text = _DAY.sub(lambda day: f"{day[1]}-{day[2]}-{day[3] or 1} ", text)
    text = _TIME.sub(lambda time: f"{time[1]}:{int(time[2] or 0):02}:{int(time[3] or 0):02}", text)
    return _HALF.sub(lambda time: f"{time[2]} {'am' if time[1] else 'pm'}", text)


def _value(numerals: str) -> int:
    """Digits one by one, or tens and ones."""
    if "十" not in numerals:
        return int("".join(str(_VALUES[sign]) for sign in numerals))
    tens, _, ones = numerals.partition("十")
    return 10 * _VALUES.get(tens, 1) + _VALUES.get(ones, 0)


def _in_our_era(found: re.Match[str]) -> str:
    year = 1 if found[2] == "元" else int(found[2])
    return f"{_YEAR_BEFORE[found[1]] + year}年"
