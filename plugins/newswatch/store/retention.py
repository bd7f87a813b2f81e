"""What `maintain` removes."""

from __future__ import annotations

from datetime import datetime

from newswatch.store.server.database import Connection


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
