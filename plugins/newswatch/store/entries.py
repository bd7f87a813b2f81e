"""Writing `news.entry`: items as their feeds published them, each stored once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.models import FeedId, KnownEntry, ParsedEntry
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry with what its row holds beside what was published."""

    entry: ParsedEntry
    content_hash: bytes
    host: str  # what politeness counts by
    shard_key: int


def known_entries(
    connection: Connection, feed_id: FeedId, keys: Collection[str], urls: Collection[str]
) -> dict[str, KnownEntry]:
    """The feed's stored entries that have one of the keys or canonical URLs, by key."""
    rows = connection.execute(
        """
        select entry_key, url, title, content_hash from news.entry
        where feed_id = %(feed_id)s and entry_key = any(%(keys)s)
        union
        select entry_key, url, title, content_hash from news.entry
        where feed_id = %(feed_id)s and url = any(%(urls)s)
        """,
        {"feed_id": feed_id, "keys": list(keys), "urls": list(urls)},
    )
    return {key: KnownEntry(key, url, title, bytes(found)) for key, url, title, found in rows}


def insert_entries(
    connection: Connection, feed_id: FeedId, rows: Sequence[EntryRow], now: datetime
) -> None:
    """Store new entries, pending at once; one that is there already stays as it is."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into news.entry (
                feed_id, entry_key, guid, url, link, host, shard_key, title, summary, content_html,
                authors, language, published_at, published_raw, content_hash, first_seen_at,
                next_attempt_at
            ) values (
                %(feed_id)s, %(key)s, %(guid)s, %(url)s, %(link)s, %(host)s, %(shard_key)s,
                %(title)s, %(summary)s, %(content_html)s, %(authors)s, %(language)s,
                %(published_at)s, %(published_raw)s, %(content_hash)s, %(now)s, %(now)s
            )
            on conflict (feed_id, entry_key) do nothing
            """,
            [_parameters(row) | {"feed_id": feed_id, "now": now} for row in rows],
        )


def correct_entries(
    connection: Connection, feed_id: FeedId, rows: Sequence[EntryRow], now: datetime
) -> None:
    """Give stored entries their new wording; the earlier one is kept in `news.entry_version`. The
    page of an article that was made from one is to be looked at again."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            with earlier as (
                insert into news.entry_version (
                    entry_id, content_hash, title, summary, content_html, replaced_at
                )
                select entry_id, content_hash, title, summary, content_html, %(now)s
                from news.entry where feed_id = %(feed_id)s and entry_key = %(key)s
                on conflict (entry_id, content_hash) do nothing
            ),
            corrected as (
                update news.entry set
                    title = %(title)s, summary = %(summary)s, content_html = %(content_html)s,
                    content_hash = %(content_hash)s
                where feed_id = %(feed_id)s and entry_key = %(key)s
                returning article_id, status
            )
            update news.article set revisit_at = %(now)s
            from corrected
            where article.article_id = corrected.article_id and status = 'extracted'
            """,
            [_parameters(row) | {"feed_id": feed_id, "now": now} for row in rows],
        )


def _parameters(row: EntryRow) -> dict[str, object]:
    entry = row.entry
    return {
        "key": entry.key,
        "guid": entry.guid,
        "url": entry.url,
        "link": entry.link,
        "host": row.host,
        "shard_key": row.shard_key,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content_html,
        "authors": list(entry.authors),
        "language": entry.language,
        "published_at": entry.published_at,
        "published_raw": entry.published_raw,
        "content_hash": row.content_hash,
    }
