"""How often a delivery is tried: with growing pauses, until the next edition is due."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=10), timedelta(hours=1)
# After so many editions, one after the other, that an address refused for good, no more are made
# for it until a person has changed it, or has asked for the last one to be sent again.
MOST_REFUSALS = 5


def next_try(attempts: int, now: datetime) -> datetime:
    """When to try again what was not taken `attempts` times: each pause is twice as long."""
    doublings = min(attempts - 1, 10)
    return now + min(LONGEST_PAUSE, FIRST_PAUSE * (1 << doublings))
