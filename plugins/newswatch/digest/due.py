"""When an edition is due: at a reader's time of day, on their days of the week, in their zone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# Whoever moves to another zone, or to another hour, gets the edition that is nearer to a day after
# their last one, whatever its date is called.
APART = timedelta(hours=12)
LOOK_BACK = 14  # days: a reader has one day of the week at least, and a zone may leave one out
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Due:
    """An edition's date where its reader lives, and the moment from which it is to be sent."""

    local_date: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Timetable:
    """`weekdays` count from Monday, 0."""

    timezone: ZoneInfo
    send_at: time
    weekdays: Collection[int] = EVERY_DAY

    def due_on(self, day: date) -> Due | None:
        """When the clock first shows `send_at` on that day. None for a day that the zone left out.

        A time that a change to summer time leaves out counts as reached at the change.
        """
        at = _first_moment(day, self.send_at, self.timezone)
        return Due(day, at) if at.astimezone(self.timezone).date() == day else None

    def latest(self, now: datetime) -> Due | None:
        """The last edition whose time has come, however long ago."""
        today = now.astimezone(self.timezone).date()
        for days in range(LOOK_BACK):
            day = today - timedelta(days=days)
            due = self.due_on(day) if day.weekday() in self.weekdays else None
            if due is not None and due.at <= now:
                return due
        return None

    def next_edition(self, now: datetime, since: datetime, last: datetime | None) -> Due | None:
        """The edition that is to be made now; None if there is none.

        `since`: when the reader came; who comes after `send_at` gets that day's edition all the
        same, but none of an earlier day. `last`: when their last edition was due.
        """
        due = self.latest(now)
        if due is None or (last is not None and due.at - last < APART):
            return None
        is_of_today = due.local_date == now.astimezone(self.timezone).date()
        return due if is_of_today or due.at > since else None


def _first_moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    wanted = datetime.combine(day, clock)
    moment = wanted.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wanted:
        return moment
    # The clock jumps over it: between these two it changes.
    before, after = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC), moment
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)
