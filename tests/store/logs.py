"""What tests of partitions write to the logs, and read of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import rows
from newswatch.settings import Settings
from newswatch.stages.maintain import maintain
from newswatch.store.partitions import Log, drop_old
from newswatch.store.server.database import Connection

NOW = datetime(2026, 1, 14, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SETTINGS = Settings(embedder="none", keep_fetches_days=40, keep_pages_days=5)
LOGS: tuple[Log, ...] = get_args(Log)
FAR = datetime(2400, 1, 1, tzinfo=UTC)


def without_partitions(connection: Connection) -> None:
    """Empty logs that have a partition for the rest, and no other."""
    for table in LOGS:
        drop_old(connection, table, FAR)
        connection.execute(f"delete from news.{table}".encode())


def poll(connection: Connection, at: datetime) -> None:
    """A row of each log."""
    connection.execute(
        "insert into news.feed_fetch (feed_id, fetched_at, outcome, final_url, bytes, elapsed_ms)"
        " values (1, %s, 'ok', '', 1, 1)",
        [at],
    )
    connection.execute(
        "insert into news.page_body values (nextval('news.page_page_id_seq'), %s, 'x')", [at]
    )


def times(connection: Connection, table: str) -> list[datetime]:
    found = connection.execute(
        f"select fetched_at from {table} order by fetched_at".encode()
    ).fetchall()
    return [at for (at,) in found]


def maintain_at(connection: Connection, now: datetime) -> dict[str, int]:
    """Of a product that keeps polls for 40 days and pages for 5."""
    return maintain(replace(rows.job(connection, SETTINGS, now), settings=SETTINGS))
