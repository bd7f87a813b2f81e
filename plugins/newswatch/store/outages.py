"""`news.outage`: when we were offline."""

from __future__ import annotations

from datetime import datetime

from newswatch.store import rows
from newswatch.store.server.database import Connection


def begin(connection: Connection, shard: int, now: datetime, *, polled: int, failed: int) -> None:
    """Note that the shard is offline; while an outage lasts, nothing changes."""
    connection.execute(
        """
        insert into news.outage (shard, began_at, hosts_polled, hosts_failed)
        values (%(shard)s, %(now)s, %(polled)s, %(failed)s)
        on conflict (shard) where ended_at is null do nothing
        """,
        {"shard": shard, "now": now, "polled": polled, "failed": failed},
    )


def end(connection: Connection, shard: int, now: datetime) -> datetime | None:
    """Note that the shard is online; the start of the outage that this ends, or None."""
    began_at: datetime | None = rows.first_value(
        connection,
        "update news.outage set ended_at = %s where shard = %s and ended_at is null"
        " returning began_at",
        [now, shard],
    )
    return began_at
