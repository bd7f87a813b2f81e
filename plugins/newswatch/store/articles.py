"""From pending entries to articles: `news.entry` read, `news.article` and `news.page` written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ArticleId, EntryId, ExtractedArticle, FetchResult, RunId
from newswatch.store import rows
from newswatch.store.parked import Tries, held
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """An entry that waits for its article, with its outlet's facts."""

    entry_id: EntryId
    entry_key: str
    feed_url: str
    outlet: str
    country: str | None
    ports: tuple[int, ...]
    pages: bool  # whether its feed's pages are fetched
    user_agent: str | None
    url: str | None
    link: str | None
    guid: str | None
    title: str
    summary: str
    content_html: str | None
    authors: tuple[str, ...]
    language: str | None
    published_at: datetime | None
    outlet_since: datetime | None  # the date of its oldest entry in a first document
    first_seen_at: datetime
    attempts: int


PENDING_COLUMNS = """
    entry.entry_id, entry_key, feed.url as feed_url, feed.outlet, feed.country, feed.ports,
    feed.pages, feed.user_agent,
    entry.url, entry.link, entry.guid, entry.title, entry.summary, entry.content_html,
    entry.authors, coalesce(entry.language, feed.language) as language, entry.published_at,
    (select min(first_entry_at) from news.feed of_outlet where of_outlet.outlet = feed.outlet)
        as outlet_since,
    entry.first_seen_at, entry.attempts
"""  # of news.entry and news.feed: a PendingEntry


def pending_entries(
    connection: Connection, tries: Tries, shard: int, shards: int, limit: int
) -> list[PendingEntry]:
    """The shard's entries that wait, in an order that depends on what was published only."""
    return rows.read(
        connection,
        PendingEntry,
        f"""
        select {PENDING_COLUMNS}
        from news.entry join news.feed using (feed_id)
        where entry.status = 'pending' and entry.next_attempt_at <= %(now)s
          and entry.shard_key %% %(shards)s = %(shard)s and not {held("extract", "entry")}
        order by entry.first_seen_at, entry.published_at nulls last, entry.url, feed.url,
                 entry_key
        limit %(limit)s
        """,
        rows.parameters(tries, shard=shard, shards=shards, limit=limit),
    )


def count_attempt(connection: Connection, entry_id: EntryId) -> None:
    """Count an attempt before the work on the entry begins: an entry that ends its worker each time
    is known by its attempts."""
    connection.execute(
        "update news.entry set attempts = attempts + 1 where entry_id = %s", [entry_id]
    )


def article_at(connection: Connection, canonical_url: str) -> ArticleId | None:
    found: ArticleId | None = rows.first_value(
        connection,
        "select article_id from news.article where canonical_url = %s",
        [canonical_url],
    )
    return found


def shares_page(connection: Connection, entry_id: EntryId, article_id: ArticleId) -> bool:
    """Whether the article was made from another item of the entry's feed, of other words."""
    return bool(
        rows.first_value(
            connection,
            """
            select 1 from news.entry other join news.entry mine using (feed_id)
            where mine.entry_id = %s and other.article_id = %s
              and other.entry_id <> mine.entry_id and other.status = 'extracted'
              and other.content_hash <> mine.content_hash
            limit 1
            """,
            [entry_id, article_id],
        )
    )


_FACTS = rows.columns(ExtractedArticle, but=("url",))
_BESIDE = (
    "canonical_url",
    "host",
    "outlet",
    "country",
    "first_seen_at",
    "extracted_at",
    "revisit_at",
)
_INSERT = (
    rows.insert("news.article", (*_FACTS, *_BESIDE))
    + "on conflict (canonical_url) do nothing returning article_id"
)


def insert_article(
    connection: Connection,
    entry: PendingEntry,
    article: ExtractedArticle,
    host: str,
    now: datetime,
    revisit_at: datetime | None,
) -> ArticleId | None:
    """The new article's id, or None if there is one at its canonical URL."""
    found: ArticleId | None = rows.first_value(
        connection,
        _INSERT,
        rows.parameters(
            article,
            canonical_url=article.url,
            host=host,
            outlet=entry.outlet,
            country=entry.country,
            first_seen_at=entry.first_seen_at,
            extracted_at=now,
            revisit_at=revisit_at,
        ),
    )
    return found


def close_entry(
    connection: Connection,
    entry_id: EntryId,
    status: str,
    article_id: ArticleId | None,
    reason: str | None = None,
) -> None:
    """Note that the entry has its article, made from it (extracted) or there before (same-url)."""
    connection.execute(
        "update news.entry set status = %s, article_id = %s, reason = %s where entry_id = %s",
        [status, article_id, reason, entry_id],
    )


def postpone_entry(connection: Connection, entry_id: EntryId, until: datetime, reason: str) -> None:
    """Leave the entry pending until a later attempt."""
    connection.execute(
        "update news.entry set next_attempt_at = %s, reason = %s where entry_id = %s",
        [until, reason, entry_id],
    )


def begin_again(connection: Connection, entry_id: EntryId) -> None:
    """No attempt at it was begun yet."""
    connection.execute("update news.entry set attempts = 0 where entry_id = %s", [entry_id])


def insert_page(
    connection: Connection,
    entry_id: EntryId,
    run_id: RunId,
    result: FetchResult,
    kind: str | None,
    detail: str,
    now: datetime,
) -> None:
    """Log one fetch of an entry's page, with the page's body."""
    page: dict[str, object] = {
        "entry_id": entry_id,
        "run_id": run_id,
        "fetched_at": now,
        "url": result.request_url,
        "final_url": result.final_url,
        "outcome": result.outcome,
        "status": result.status,
        "kind": kind,
        "detail": detail,
        "bytes": len(result.body),
        "elapsed_ms": result.elapsed_ms,
        "etag": result.headers.get("etag"),
        "last_modified": result.headers.get("last-modified"),
    }
    connection.execute(
        rows.query(
            f"""
            with logged as ({rows.insert("news.page", tuple(page))} returning page_id, fetched_at)
            insert into news.page_body (page_id, fetched_at, body)
            select page_id, fetched_at, %(body)s::bytea from logged where %(body)s::bytea <> ''
            """
        ),
        page | {"body": result.body},
    )
