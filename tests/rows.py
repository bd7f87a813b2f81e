"""The one place that makes rows for tests: what a column must have is written down here once.

Each function takes the columns that its test is about by name, gives the others what any row may
have, and answers with the row's id.
"""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from newswatch.models import ArticleId, EditionId, EntryId, FeedId, FlagId, ReaderId, RunId, StoryId
from newswatch.settings import Settings
from newswatch.stages.job import Job
from newswatch.store import rows, totals
from newswatch.store.runs import ensure_run
from newswatch.store.server.database import Connection, scalar

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def job(connection: Connection, settings: Settings | None = None, now: datetime = NOON) -> Job:
    """A stage's job, in a run of its own."""
    return Job(connection, settings or Settings(embedder="none"), now, run(connection, now=now))


def run(connection: Connection, *, trigger: str = "cli", now: datetime = NOON) -> RunId:
    return ensure_run(connection, trigger, now).run_id


def feed(connection: Connection, *, at: datetime = NOON, **columns: Any) -> FeedId:
    url = columns.get("url", f"https://paper.example/feed/{next(_numbers)}")
    usual = {
        "url": url,
        "outlet": "The Paper",
        "host": "paper.example",
        "shard_key": 0,
        "fetch_url": url,
        "state_since": at,
        "next_poll_at": at,
        "created_at": at,
        "origin": "import",
    }
    return FeedId(_put(connection, "news.feed", "feed_id", usual | columns))


def entry(
    connection: Connection, feed_id: FeedId, *, at: datetime = NOON, **columns: Any
) -> EntryId:
    """An item that was first seen, and is due, at that time."""
    usual = {
        "feed_id": feed_id,
        "entry_key": str(next(_numbers)),
        "host": "paper.example",
        "shard_key": 0,
        "title": "Envoy lands",
        "summary": "",
        "content_hash": b"",
        "first_seen_at": at,
        "next_attempt_at": at,
    }
    return EntryId(_put(connection, "news.entry", "entry_id", usual | columns))


def page(
    connection: Connection,
    entry_id: EntryId,
    *,
    at: datetime = NOON,
    body: bytes = b"x",
    **columns: Any,
) -> int:
    """A fetch with its body."""
    usual = {
        "entry_id": entry_id,
        "fetched_at": at,
        "url": "https://paper.example/page",
        "final_url": "https://paper.example/page",
        "outcome": "ok",
        "bytes": 1,
        "elapsed_ms": 1,
    }
    page_id = _put(connection, "news.page", "page_id", usual | columns)
    fetched = {"page_id": page_id, "fetched_at": at, "body": body}
    _put(connection, "news.page_body", "page_id", fetched)
    return page_id


def article(connection: Connection, *, at: datetime = NOON, **columns: Any) -> ArticleId:
    """An article that was seen and extracted at that time, and waits to be decided on."""
    usual = {
        "canonical_url": f"https://paper.example/{next(_numbers)}",
        "host": "paper.example",
        "outlet": "The Paper",
        "title": "Envoy lands",
        "text": "Mr Witkoff landed.",
        "body_source": "page",
        "page_kind": "article",
        "word_count": 3,
        "first_seen_at": at,
        "extracted_at": at,
    }
    if columns.get("loaded_at") and "publication" not in columns:
        columns["publication"] = scalar(connection, "select nextval('news.publication_number')")
    return ArticleId(_put(connection, "news.article", "article_id", usual | columns))


def story(connection: Connection, *, at: datetime = NOON, **columns: Any) -> StoryId:
    usual = {
        "headline": "Envoy lands",
        "first_seen_at": at,
        "last_seen_at": at,
        "article_count": 1,
    }
    return StoryId(_put(connection, "news.story", "story_id", usual | columns))


def decision(
    connection: Connection, article_id: ArticleId, *, at: datetime = NOON, **columns: Any
) -> None:
    """The decision on the article, which then waits to be flagged; if it is published, it is
    counted."""
    usual = {"article_id": article_id, "reason": "", "algorithm_version": 1, "decided_at": at}
    _put(connection, "news.decision", "article_id", usual | columns)
    connection.execute(
        "update news.article set deduplicated_at = %s where article_id = %s", [at, article_id]
    )
    totals.count_in(connection, [article_id])
    totals.count_stories_of(connection, [article_id])


def flag(
    connection: Connection,
    article_id: ArticleId,
    mention_columns: dict[str, Any] | None = None,
    /,
    **columns: Any,
) -> FlagId:
    """A flag with one mention, of the word `Witkoff` in `Mr Witkoff landed.`; the article is not
    marked as flagged."""
    flag_columns = {
        "article_id": article_id,
        "topic": "witkoff",
        "version": "v1",
        "score": 0.8,
        "salience": "lead",
        "rule": "named",
        "reason": "Names the envoy.",
        "flagged_at": NOON,
    } | columns
    connection.execute(
        "insert into news.topic_version (topic, version, name, definition, first_used_at)"
        " values (%s, %s, 'Steve Witkoff', '', %s) on conflict do nothing",
        [flag_columns["topic"], flag_columns["version"], NOON],
    )
    flag_id = FlagId(_put(connection, "news.flag", "flag_id", flag_columns))
    mention = {
        "flag_id": flag_id,
        "field": "text",
        "char_start": 3,
        "char_end": 10,
        "matched": "Witkoff",
        "sentence": "Mr Witkoff landed.",
        "alias": "name",
        "part": "subject",
    } | (mention_columns or {})
    _put(connection, "news.mention", "mention_id", mention)
    return flag_id


def reader(connection: Connection, *, at: datetime = NOON, **columns: Any) -> ReaderId:
    usual = {
        "name": f"reader-{next(_numbers)}",
        "email": "desk@paper.example",
        "since_at": at,
        "starts_after": 0,
    }
    return ReaderId(_put(connection, "news.reader", "reader_id", usual | columns))


def edition(connection: Connection, *, at: datetime = NOON, **columns: Any) -> EditionId:
    """An edition; without a `reader_id`, for a reader of its own."""
    usual = {
        "reader_id": columns.get("reader_id") or reader(connection, at=at),
        "subscriber": "desk",
        "rhythm": "daily",
        "local_date": at.date(),
        "due_at": at,
        "email": "desk@paper.example",
        "covers_after": 0,
        "covers_up_to": 0,
        "built_at": at,
        "subject": "",
        "body_text": "",
        "body_html": "",
        "page_html": None,
        "grouped_by": "words",
        "stories": 0,
    }
    return EditionId(_put(connection, "news.edition", "edition_id", usual | columns))


def edition_story(
    connection: Connection,
    edition_id: EditionId,
    topic: str,
    story_id: int,
    article_id: int,
    headline: str = "Envoy lands",
) -> None:
    carried = {
        "edition_id": edition_id,
        "topic": topic,
        "story_id": story_id,
        "article_id": article_id,
        "headline": headline,
        "is_told": True,
    }
    _put(connection, "news.edition_story", "edition_id", carried)


def _put(connection: Connection, table: str, key: str, columns: dict[str, Any]) -> int:
    statement = rows.insert(table, tuple(columns)) + f"returning {key}"
    return int(rows.first_value(connection, statement, columns))
