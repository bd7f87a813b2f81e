"""Which pages are looked at again: those that go on being written."""

from __future__ import annotations

from datetime import datetime, timedelta

from newswatch.models import PageKind

LIVE_EVERY = timedelta(hours=1)
LIVE_FOR = timedelta(days=1)


def next_visit(kind: PageKind, first_seen_at: datetime, now: datetime) -> datetime | None:
    """A live blog each hour of its first day; of other pages the feed says when they change."""
    if kind != "live-blog" or now + LIVE_EVERY > first_seen_at + LIVE_FOR:
        return None
    return now + LIVE_EVERY
