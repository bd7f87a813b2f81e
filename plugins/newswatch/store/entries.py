"""Writing `news.entry`: items as their feeds published them, each stored once."""

from __future__ import annotations

from collections.abc import Sequence
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
    feed_id: FeedId
    content_hash: bytes
    host: str  # what politeness counts by
    shard_key: int


@dataclass(frozen=True, slots=True)
class EntryIdentity:
    """By what an item of a feed may be known."""

    feed_id: FeedId
    key: str
    url: str | None
    content_hash: bytes | None  # None where its words alone do not tell


@dataclass(frozen=True, slots=True)
class _StoredEntry:
    feed_id: FeedId
    key: str
    url: str | None
    title: str
    content_hash: bytes


def known_entries(
    connection: Connection, sought: Sequence[EntryIdentity]
) -> dict[FeedId, dict[str, KnownEntry]]:
    """Each feed's stored entries that have one of the keys, canonical URLs or words, by key."""
    found: dict[FeedId, dict[str, KnownEntry]] = {item.feed_id: {} for item in sought}
    for known in rows.read(
        connection,
        _StoredEntry,
        f"""
        with sought as (
            select * from unnest(
                %(feed_id)s::bigint[], %(key)s::text[], %(url)s::text[], %(content_hash)s::bytea[]
            ) as item ({rows.listed(_SOUGHT)})
        )
        select distinct known.* from sought cross join lateral (
            select {_KNOWN} from news.entry
            where feed_id = sought.feed_id and entry_key = sought.key
            union all
            select {_KNOWN} from news.entry
            where feed_id = sought.feed_id and url = sought.url
            union all
            select {_KNOWN} from news.entry
            where feed_id = sought.feed_id and content_hash = sought.content_hash
        ) as known
        """,
        {name: [getattr(item, name) for item in sought] for name in _SOUGHT},
    ):
        found[known.feed_id][known.key] = KnownEntry(
            known.key, known.url, known.title, known.content_hash
        )
    return found


_SOUGHT = rows.columns(EntryIdentity)
_KNOWN = "feed_id, entry_key as key, url, title, content_hash"
_ENTRY = rows.columns(ParsedEntry, but=("key", "host"))
_PLACE = rows.columns(EntryRow, but=("entry",))
_BESIDE = ("entry_key", "first_seen_at", "next_attempt_at")


def insert_entries(connection: Connection, new: Sequence[EntryRow], now: datetime) -> None:
    """Store new entries, pending at once; one that is there already stays as it is."""
    rows.write(
        connection,
        rows.insert("news.entry", (*_ENTRY, *_PLACE, *_BESIDE))
        + "on conflict (feed_id, entry_key) do nothing",
        [_parameters(row) | {"first_seen_at": now, "next_attempt_at": now} for row in new],
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


def correct_entries(connection: Connection, corrected: Sequence[EntryRow], now: datetime) -> None:
    """Give stored entries their new wording; the newest `MOST_WORDINGS` before it are kept in
    `news.entry_version`. The page of an article that was made from one is to be looked at again: at
    once, unless that was done `DAILY_VISITS` times within a day, as where a feed changes its words
    at each poll.

    What a feed no longer says or cuts short stays as it was: a poorer wording replaces no richer.
    """
    rows.write(
        connection,
        _CORRECT,
        [_parameters(row) | {"now": now} | _LIMITS for row in corrected],
    )


def _parameters(row: EntryRow) -> dict[str, object]:
    return rows.parameters(row.entry) | rows.parameters(row, entry_key=row.entry.key)
