"""When a feed is polled next, and why: its own pace, what it asks for, and how it failed."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zlib import crc32

from newswatch.models import FeedState, ParsedEntry, ParsedFeed

POLLS_PER_ENTRY = 4  # so that an entry waits on average an eighth of the gap between two
UNKNOWN_PER_DAY = 6.0  # until the dates in a document or the polls themselves tell
BUSY_PER_DAY = 6.0  # who brings so much is polled each hour, whatever it asks for
BUSY_WAIT = timedelta(hours=1)
MEMORY_DAYS = 2.0  # how fast the measured pace forgets
FIRST_BACKOFF = timedelta(minutes=10)
JITTER = 0.1  # an interval is shortened by up to so much of it, the same for a feed each time

_MAX_AGE = re.compile(r"\b(?:s-maxage|max-age)\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """No interval of a feed that works is shorter than `floor` or longer than `cap`."""

    floor: timedelta
    cap: timedelta


@dataclass(frozen=True, slots=True)
class NextPoll:
    at: datetime
    reason: str


def next_poll(
    state: FeedState, headers: Mapping[str, str], now: datetime, limits: Limits
) -> NextPoll:
    """For a feed that answered: `state` is that after the answer."""
    if state.urgent:
        return NextPoll(now + timedelta(seconds=1), "urgent: polled at every cycle")
    wait, reason = _pace(state)
    for asked, who in _asked(state, headers, now):
        if (state.entries_per_day or 0.0) >= BUSY_PER_DAY and asked > BUSY_WAIT:
            asked, who = BUSY_WAIT, f"{who}, yet it brings {_rate(state)}"
        if asked > wait:
            wait, reason = asked, who
    if wait < limits.floor:
        wait, reason = limits.floor, f"{reason}; not more often than every {_words(limits.floor)}"
    if wait > limits.cap:
        wait, reason = limits.cap, f"{reason}; at least every {_words(limits.cap)}"
    at = now + max(limits.floor, jittered(wait, state.url))
    return _out_of_silence(state, NextPoll(at, reason), now + limits.cap)


def backoff(failures: int, url: str, limits: Limits) -> timedelta:
    """Doubled with each failure in a row, up to the cap."""
    first = max(limits.floor, FIRST_BACKOFF)
    wait = min(limits.cap, first * 2 ** min(failures - 1, 16))
    return max(limits.floor, jittered(wait, url))


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """What a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date); None if nothing."""
    text = (value or "").strip()
    if re.fullmatch(r"\d{1,12}(?:\.\d+)?", text):
        return timedelta(seconds=min(float(text), 1e9))
    moment = _http_date(text)
    return None if moment is None or moment <= now else moment - now


def measured_pace(state: FeedState, new: int, now: datetime) -> float | None:
    """Entries a day after a poll that brought `new`: an exponentially weighted mean."""
    if state.last_success_at is None or now <= state.last_success_at:
        return state.entries_per_day
    before = UNKNOWN_PER_DAY if state.entries_per_day is None else state.entries_per_day
    days = (now - state.last_success_at) / timedelta(days=1)
    weight = 1 - math.exp(-days / MEMORY_DAYS)
    return (1 - weight) * before + weight * new / days


def published_pace(parsed: ParsedFeed, now: datetime) -> float | None:
    """Entries a day by the dates in one document; None if they do not tell."""
    dates = [moment for moment in map(_published_at, parsed.entries) if moment is not None]
    if len(dates) < 2 or len(set(dates)) == 1:
        return None
    days = max((now - min(dates)) / timedelta(days=1), 1 / 24)
    lately = sum(now - moment <= timedelta(days=2) for moment in dates)
    return max(len(dates) / days, lately / 2 if lately >= 4 else 0.0)


def jittered(wait: timedelta, url: str) -> timedelta:
    """`wait` shortened by the feed's own share of `JITTER`, so that feeds do not march in step."""
    return wait * (1 - JITTER * (crc32(url.encode()) / 0xFFFFFFFF))


def _published_at(entry: ParsedEntry) -> datetime | None:
    return entry.published_at


def _pace(state: FeedState) -> tuple[timedelta, str]:
    pace = UNKNOWN_PER_DAY if state.entries_per_day is None else state.entries_per_day
    gap = timedelta(days=min(1_000.0, 1 / max(pace, 1e-6)))
    known = "its pace is not known yet" if state.entries_per_day is None else None
    return gap / POLLS_PER_ENTRY, known or f"brings {_rate(state)}"


def _asked(
    state: FeedState, headers: Mapping[str, str], now: datetime
) -> list[tuple[timedelta, str]]:
    """How long the feed and its server ask to be left alone."""
    asked = []
    if state.ttl_seconds:
        wait = timedelta(seconds=state.ttl_seconds)
        asked.append((wait, f"the feed asks for {_words(wait)} between two polls"))
    cache = headers.get("cache-control", "")
    if found := _MAX_AGE.search(cache):
        wait = timedelta(seconds=max(0, int(found[1]) - _age(headers)))
        asked.append((wait, f"Cache-Control says fresh for {_words(wait)}"))
    elif "no-cache" not in cache and (expires := _http_date(headers.get("expires", ""))):
        wait = expires - (_http_date(headers.get("date", "")) or now)
        asked.append((wait, f"Expires says fresh for {_words(wait)}"))
    return asked


def _age(headers: Mapping[str, str]) -> int:
    age = headers.get("age", "")
    return int(age) if re.fullmatch(r"\d{1,9}", age) else 0


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _out_of_silence(state: FeedState, planned: NextPoll, latest: datetime) -> NextPoll:
    """Moved past the hours and days in which the feed says it brings nothing, if that is near."""
    if not state.skip_hours and not state.skip_days:
        return planned
    at = planned.at
    while at.hour in state.skip_hours or at.weekday() in state.skip_days:
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        if at > latest:
            return NextPoll(max(planned.at, latest), planned.reason)
    if at == planned.at:
        return planned
    return NextPoll(at, "the feed says it brings nothing before (skipHours, skipDays)")


def _rate(state: FeedState) -> str:
    pace = state.entries_per_day or 0.0
    return f"{pace:.0f} entries a day" if pace >= 10 else f"{pace:.1f} entries a day"


def _words(wait: timedelta) -> str:
    seconds = wait.total_seconds()
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7_200 else f"{seconds / 3_600:.3g} h"
