"""From pending entries to articles: `news.entry` read, `news.article` and `news.page` written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from newswatch.models import ArticleId, EntryId, ExtractedArticle, FetchResult, RunId
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """An entry that waits for its article, with its outlet's facts."""

    entry_id: EntryId
    entry_key: str
    feed_url: str
    outlet: str
    country: str | None
    ports: list[int]
    url: str | None
    link: str | None
    guid: str | None
    title: str
    summary: str
    content_html: str | None
    authors: list[str]
    language: str | None
    published_at: datetime | None
    outlet_since: datetime | None  # the date of its oldest entry in a first document
    first_seen_at: datetime
    attempts: int


PENDING_COLUMNS = """
    entry.entry_id, entry_key, feed.url as feed_url, feed.outlet, feed.country, feed.ports,
    entry.url, entry.link, entry.guid, entry.title, entry.summary, entry.content_html,
    entry.authors, coalesce(entry.language, feed.language) as language, entry.published_at,
    (select min(first_entry_at) from news.feed of_outlet where of_outlet.outlet = feed.outlet)
        as outlet_since,
    entry.first_seen_at, entry.attempts
"""  # of news.entry and news.feed: a PendingEntry


def pending_entries(
    connection: Connection, now: datetime, shard: int, shards: int, limit: int
) -> list[PendingEntry]:
    """What waits in a shard, in an order that depends on what was published only."""
    with connection.cursor(row_factory=class_row(PendingEntry)) as cursor:
        return cursor.execute(
            f"""
            select {PENDING_COLUMNS}
            from news.entry join news.feed using (feed_id)
            where entry.status = 'pending' and entry.next_attempt_at <= %(now)s
              and entry.shard_key %% %(shards)s = %(shard)s
            order by entry.first_seen_at, entry.published_at nulls last, entry.url, feed.url,
                     entry_key
            limit %(limit)s
            """.encode(),
            {"now": now, "shard": shard, "shards": shards, "limit": limit},
        ).fetchall()


def count_attempt(connection: Connection, entry_ids: Sequence[EntryId]) -> None:
    """Before the I/O: an entry that kills its worker each time is known by this."""
    connection.execute(
        "update news.entry set attempts = attempts + 1 where entry_id = any(%s)", [list(entry_ids)]
    )


def article_at(connection: Connection, canonical_url: str) -> ArticleId | None:
    row = connection.execute(
        "select article_id from news.article where canonical_url = %s", [canonical_url]
    ).fetchone()
    return None if row is None else ArticleId(row[0])


def insert_article(
    connection: Connection,
    entry: PendingEntry,
    article: ExtractedArticle,
    host: str,
    now: datetime,
    revisit_at: datetime | None,
) -> ArticleId | None:
    """The new article's id, or None if there is one at its canonical URL."""
    facts = {field.name: getattr(article, field.name) for field in fields(article)}
    row = connection.execute(
        """
        insert into news.article (
            canonical_url, host, outlet, country, title, text, summary, language, authors,
            published_at, body_source, page_kind, no_page_reason, word_count, first_seen_at,
            extracted_at, revisit_at, subtitle, claimed_language, organisations, agency, dateline,
            modified_at, site_name, section, keywords, lead_image, paywalled, extraction_method,
            extraction_confidence, boilerplate, fact_sources
        ) values (
            %(url)s, %(host)s, %(outlet)s, %(country)s, %(title)s, %(text)s, %(summary)s,
            %(language)s, %(authors)s, %(published_at)s, %(body_source)s, %(page_kind)s,
            %(no_page_reason)s, %(word_count)s, %(first_seen_at)s, %(now)s, %(revisit_at)s,
            %(subtitle)s, %(claimed_language)s, %(organisations)s, %(agency)s, %(dateline)s,
            %(modified_at)s, %(site_name)s, %(section)s, %(keywords)s, %(lead_image)s,
            %(paywalled)s, %(extraction_method)s, %(extraction_confidence)s, %(boilerplate)s,
            %(fact_sources)s
        )
        on conflict (canonical_url) do nothing returning article_id
        """,
        facts
        | {
            "authors": list(article.authors),
            "organisations": list(article.organisations),
            "keywords": list(article.keywords),
            "boilerplate": list(article.boilerplate),
            "fact_sources": Jsonb(dict(article.fact_sources)),
            "host": host,
            "outlet": entry.outlet,
            "country": entry.country,
            "first_seen_at": entry.first_seen_at,
            "now": now,
            "revisit_at": revisit_at,
        },
    ).fetchone()
    return None if row is None else ArticleId(row[0])


def close_entry(
    connection: Connection,
    entry_id: EntryId,
    status: str,
    article_id: ArticleId | None,
    reason: str | None = None,
) -> None:
    """The entry has its article, made from it (extracted) or there already (same-url)."""
    connection.execute(
        "update news.entry set status = %s, article_id = %s, reason = %s where entry_id = %s",
        [status, article_id, reason, entry_id],
    )


def postpone_entry(
    connection: Connection, entry_id: EntryId, status: str, until: datetime, reason: str
) -> None:
    """Pending until a later attempt, or parked until `maintain` retries it."""
    connection.execute(
        "update news.entry set status = %s, next_attempt_at = %s, reason = %s where entry_id = %s",
        [status, until, reason, entry_id],
    )


def insert_page(
    connection: Connection,
    entry_id: EntryId,
    run_id: RunId,
    result: FetchResult,
    kind: str | None,
    detail: str,
    now: datetime,
) -> None:
    """The log of one fetch of a page, with its body."""
    connection.execute(
        """
        insert into news.page (
            entry_id, run_id, fetched_at, url, final_url, outcome, status, kind, detail, bytes,
            elapsed_ms, body, etag, last_modified
        ) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            entry_id,
            run_id,
            now,
            result.request_url,
            result.final_url,
            result.outcome,
            result.status,
            kind,
            detail,
            len(result.body),
            result.elapsed_ms,
            result.body or None,
            result.headers.get("etag"),
            result.headers.get("last-modified"),
        ],
    )
