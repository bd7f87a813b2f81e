"""Writing `news.entry`: items as their feeds published them, each stored once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from newswatch.models import FeedId, KnownEntry, ParsedEntry
from newswatch.store import rows
from newswatch.store.revisions import DAILY_VISITS, SOONER
from newswatch.store.server.database import Connection

MOST_WORDINGS = 20  # that are kept of one entry: some feeds have another at each poll
_LIMITS = {"wordings": MOST_WORDINGS, "visits": DAILY_VISITS}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry with what its row holds beside what was published."""

    entry: ParsedEntry
    content_hash: bytes
    host: str  # what politeness counts by
    shard_key: int


def known_entries(
    connection: Connection,
    feed_id: FeedId,
    keys: Collection[str],
    urls: Collection[str],
    hashes: Collection[bytes],
) -> dict[str, KnownEntry]:
    """The feed's stored entries that have one of the keys, canonical URLs or words, by key."""
    known = rows.read(
        connection,
        KnownEntry,
        """
        select entry_key as key, url, title, content_hash from news.entry
        where feed_id = %(feed_id)s and entry_key = any(%(keys)s)
        union
        select entry_key, url, title, content_hash from news.entry
        where feed_id = %(feed_id)s and url = any(%(urls)s)
        union
        select entry_key, url, title, content_hash from news.entry
        where feed_id = %(feed_id)s and content_hash = any(%(hashes)s)
        """,
        {"feed_id": feed_id, "keys": list(keys), "urls": list(urls), "hashes": list(hashes)},
    )
    return {entry.key: entry for entry in known}


_ENTRY = rows.columns(ParsedEntry, but=("key",))
_PLACE = rows.columns(EntryRow, but=("entry",))
_BESIDE = ("feed_id", "entry_key", "first_seen_at", "next_attempt_at")


def insert_entries(
    connection: Connection, feed_id: FeedId, new: Sequence[EntryRow], now: datetime
) -> None:
    """Store new entries, pending at once; one that is there already stays as it is."""
    rows.write(
        connection,
        rows.insert("news.entry", (*_ENTRY, *_PLACE, *_BESIDE))
        + "on conflict (feed_id, entry_key) do nothing",
        [_parameters(feed_id, row) | {"first_seen_at": now, "next_attempt_at": now} for row in new],
    )


_CORRECT = f"""
with stored as (
    select entry_id, content_hash, title, summary, content_html,
        coalesce(nullif(%(title)s, ''), title) as new_title,
        case when length(%(summary)s) < length(summary)
                  and starts_with(summary, rtrim(%(summary)s, ' .…'))
             then summary else %(summary)s end as new_summary,
        coalesce(%(content_html)s::text, content_html) as new_content_html
    from news.entry where feed_id = %(feed_id)s and entry_key = %(entry_key)s
),
other as (
    select * from stored where (title, summary, content_html)
        is distinct from (new_title, new_summary, new_content_html)
),
earlier as (
    insert into news.entry_version (
        entry_id, content_hash, title, summary, content_html, replaced_at
    )
    select entry_id, content_hash, title, summary, content_html, %(now)s from other
    on conflict (entry_id, content_hash) do nothing
),
forgotten as (
    delete from news.entry_version using (
        select version.entry_id, version.content_hash
        from other cross join lateral (
            select entry_id, content_hash from news.entry_version
            where entry_version.entry_id = other.entry_id
              and entry_version.content_hash <> other.content_hash
            order by replaced_at desc, content_hash offset %(wordings)s - 1
        ) as version
    ) as old
    where (entry_version.entry_id, entry_version.content_hash)
          = (old.entry_id, old.content_hash)
),
corrected as (
    update news.entry set
        title = new_title, summary = new_summary, content_html = new_content_html,
        content_hash = %(content_hash)s
    from stored
    where entry.entry_id = stored.entry_id
    returning entry.entry_id, entry.article_id, entry.status
)
update news.article set revisit_at = {SOONER}
from corrected as read join other using (entry_id)
where article.article_id = read.article_id and read.status = 'extracted'
"""


def correct_entries(
    connection: Connection, feed_id: FeedId, corrected: Sequence[EntryRow], now: datetime
) -> None:
    """Give stored entries their new wording; the newest `MOST_WORDINGS` before it are kept in
    `news.entry_version`. The page of an article that was made from one is to be looked at again: at
    once, unless that was done `DAILY_VISITS` times within a day, as where a feed changes its words
    at each poll.

    What a feed no longer says or cuts short stays as it was: a poorer wording replaces no richer.
    """
    rows.write(
        connection,
        _CORRECT,
        [_parameters(feed_id, row) | {"now": now} | _LIMITS for row in corrected],
    )


def _parameters(feed_id: FeedId, row: EntryRow) -> dict[str, object]:
    place = rows.parameters(row, feed_id=feed_id, entry_key=row.entry.key)
    return rows.parameters(row.entry) | place
