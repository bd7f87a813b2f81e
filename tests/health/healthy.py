"""A product that is well: tests spoil one part of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from newswatch.models.health import (
    ComponentHealth,
    DatabaseHealth,
    DiskHealth,
    FeedHealth,
    FlagsHealth,
    HealthLimits,
    JobHealth,
    Measurements,
    StageHealth,
)

NOW = datetime(2026, 1, 14, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LIMITS = HealthLimits(run_late=2_700, disk_free=0.1)


def feed(**parts: Any) -> FeedHealth:
    usual = {
        "url": "https://paper.example/rss",
        "outlet": "The Paper",
        "state": "active",
        "state_reason": None,
        "last_success_at": NOW,
        "last_entry_at": NOW - HOUR,
        "daily": (12, 9, 14, 11, 10, 3, 4) * 4,
        "counted_at": NOW - 8 * HOUR,
    }
    return FeedHealth(**{**usual, **parts})


def database(**parts: Any) -> DatabaseHealth:
    usual = {
        "skew": 0.1,
        "last_end": NOW - MINUTE,
        "jobs": tuple(
            JobHealth(job, NOW - 30 * DAY, NOW - 5 * MINUTE)
            for job in ("load", "send_digest", "maintain")
        ),
        "stages": (StageHealth("poll", 31.0, 30.0, 600),),
        "feeds": tuple(feed(url=f"https://paper.example/{n}") for n in range(10)),
        "backlog": (),
        "parked": (),
        "wrong": (),
        "editions": (),
        "failures": (),
        "flags": FlagsHealth(20, (22, 19, 25, 21)),
        "offline_since": None,
    }
    return DatabaseHealth(**{**usual, **parts})


def measured(**parts: Any) -> Measurements:
    usual = {
        "at": NOW,
        "database": database(),
        "disks": (DiskHealth("/var", 40_000_000_000, 100_000_000_000),),
        "components": (ComponentHealth("scheduler", True, ""),),
        "mail_is_set": True,
        "has_subscribers": True,
        "subscribers_wrong": (),
        "somebody_is_told": True,
    }
    return Measurements(**{**usual, **parts})
