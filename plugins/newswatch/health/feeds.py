"""Which feeds fail, and which say nothing although they answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from newswatch.health.words import age
from newswatch.models.health import FeedHealth, Finding

FAILING = ("backing-off", "broken", "gone")
FEW = 5  # of fewer feeds no share is spoken of
SOME, HALF = 0.2, 0.5
ENTRIES_KNOWN, DAYS_KNOWN = 10, 14  # what a feed's own pace is told by
DAY, WEEK = timedelta(days=1), 7
LESS = 0.25  # of its poorest week


def feed_findings(feeds: Sequence[FeedHealth], now: datetime) -> Iterator[Finding]:
    """Of all enabled feeds: the share that fails, each that needs a person, each that is silent or
    brings far less than it ever did."""
    failing = [feed for feed in feeds if feed.state in FAILING]
    if len(feeds) >= FEW and len(failing) > SOME * len(feeds):
        many = len(failing) > HALF * len(feeds)
        what = f"{len(failing)} of {len(feeds)} feeds fail"
        yield Finding("feeds-failing", "critical" if many else "warning", what)
    for feed in feeds:
        if feed.state in ("broken", "gone"):
            reason = feed.state_reason or feed.state
            yield Finding("feed-broken", "warning", f"{feed.outlet}: {reason}", feed.url)
        elif feed.state not in FAILING and (what := quietness(feed, now)):
            yield Finding("feed-silent", "warning", f"{feed.outlet}: {what}", feed.url)


def quietness(feed: FeedHealth, now: datetime) -> str:
    """How a feed that answers brings less than its own band of four weeks; empty if it does not."""
    if sum(feed.daily) < ENTRIES_KNOWN or len(feed.daily) < DAYS_KNOWN:
        return ""
    if feed.last_entry_at is not None:
        gap, longest = now - feed.last_entry_at, longest_gap(feed.daily)
        if gap > 2 * longest:
            return f"nothing new for {age(gap)}; in weeks it was never silent for {age(longest)}"
    latest, *earlier = weeks(feed.daily)
    poorest = min(earlier)
    if poorest >= ENTRIES_KNOWN and latest < LESS * poorest:
        return f"{latest} entries in a week; its poorest week before had {poorest}"
    return ""


def longest_gap(daily: Sequence[int]) -> timedelta:
    """The longest time that may have passed without an entry, by counts of whole days. The silence
    that the days end with is the one in question, and not counted."""
    known = list(daily)
    while known and not known[-1]:
        known.pop()
    silent = [len(list(days)) for has_any, days in groupby(known, bool) if not has_any]
    return DAY * (max(silent, default=0) + 1)


def weeks(daily: Sequence[int]) -> list[int]:
    """Sums of whole weeks, the newest first."""
    newest_first = list(daily)[::-1]
    whole = len(daily) // WEEK
    return [sum(newest_first[WEEK * week : WEEK * (week + 1)]) for week in range(whole)]
