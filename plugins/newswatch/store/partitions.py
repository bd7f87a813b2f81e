"""Logs that lie in partitions by `fetched_at`: made ahead, and dropped whole when they are too old.

What has no partition of its own lies in one for the rest, so no insertion fails for want of one.
Tables are the owner's business: functions of the database do what the program's role may not.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import psycopg

from newswatch.store import rows
from newswatch.store.server.database import Connection

Log = Literal["feed_fetch", "page_body"]
WIDTHS: Mapping[Log, timedelta] = {"feed_fetch": timedelta(days=7), "page_body": timedelta(days=1)}
ORIGIN = datetime(2024, 1, 1, tzinfo=UTC)  # a Monday: partitions begin so many widths from it
AHEAD = 7  # partitions, that of the present included

# A lock that is not free within the two seconds for which the functions wait is asked for again; no
# session of an analyst stands in the way for longer than six minutes.
PATIENCE, PAUSE = 420.0, 10.0  # seconds

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Partition:
    """A partition and the times that belong in it, `until` not included; without any it has the
    rest."""

    part: str
    since: datetime | None
    until: datetime | None


def beginning(table: Log, moment: datetime) -> datetime:
    """When the partition begins that the moment lies in."""
    return moment - (moment - ORIGIN) % WIDTHS[table]


def parts(connection: Connection, table: Log) -> list[Partition]:
    """The partitions by time; that of the rest is the last."""
    return rows.read(
        connection,
        Partition,
        "select part::text, since, until from news.parts_of(format('news.%%I', %s::text)::regclass)"
        " order by until nulls last",
        [table],
    )


def make_ahead(connection: Connection, table: Log, now: datetime) -> int:
    """Make the partitions that the table lacks, from the present one on; how many."""
    made: int | None = _patiently(
        connection,
        "select news.make_parts(format('news.%%I', %s::text)::regclass, %s, %s, %s)",
        [table, WIDTHS[table], now, AHEAD],
        f"partitions of {table} are not made",
    )
    return made or 0


def drop_old(connection: Connection, table: Log, before: datetime) -> int:
    """Drop the partitions in which all is older; how many. One that is in use for long stays until
    the next time."""
    dropped = 0
    while _patiently(
        connection,
        "select news.drop_part(format('news.%%I', %s::text)::regclass, %s)",
        [table, before],
        f"a partition of {table} is not dropped",
    ):
        dropped += 1
    return dropped


def partly_old(connection: Connection, table: Log, before: datetime) -> list[str]:
    """The partitions that may hold something older beside what is kept."""
    return [
        known.part
        for known in parts(connection, table)
        if (known.since is None or known.since < before)
        and (known.until is None or known.until > before)
    ]


def _patiently(connection: Connection, sql: str, parameters: list[object], failed: str) -> Any:
    """What the function gives, asked until its lock is free; None if that takes longer."""
    began = time.monotonic()
    while True:
        try:
            return rows.first_value(connection, sql, parameters)
        except psycopg.errors.LockNotAvailable:
            if time.monotonic() - began + PAUSE > PATIENCE:
                log.warning("newswatch: %s: others hold it; the next maintain tries again", failed)
                return None
        time.sleep(PAUSE)
