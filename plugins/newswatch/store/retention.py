"""What `maintain` removes, and what it gives another chance."""

from __future__ import annotations

from datetime import datetime, timedelta

from newswatch.store.server.database import Connection

RETRY_PARKED_FOR = timedelta(days=14)


def drop_page_bodies(connection: Connection, before: datetime) -> int:
    """Forget the raw pages fetched before that time; the log of the fetch stays."""
    return connection.execute(
        "update news.page set body = null where body is not null and fetched_at < %s", [before]
    ).rowcount


def delete_page_log(connection: Connection, before: datetime) -> int:
    return connection.execute("delete from news.page where fetched_at < %s", [before]).rowcount


def delete_feed_log(connection: Connection, before: datetime) -> int:
    return connection.execute(
        "delete from news.feed_fetch where fetched_at < %s", [before]
    ).rowcount


def delete_wordings(connection: Connection, before: datetime) -> int:
    """Delete the wordings of entries that were replaced before that time."""
    return connection.execute(
        "delete from news.entry_version where replaced_at < %s", [before]
    ).rowcount


def retry_parked(connection: Connection, now: datetime) -> int:
    """Let extract try parked entries again, while they are younger than `RETRY_PARKED_FOR`."""
    return connection.execute(
        """
        update news.entry set status = 'pending', attempts = 0, next_attempt_at = %(now)s
        where status = 'parked' and next_attempt_at <= %(now)s and first_seen_at >= %(since)s
        """,
        {"now": now, "since": now - RETRY_PARKED_FOR},
    ).rowcount
