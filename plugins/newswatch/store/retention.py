"""What `maintain` removes row by row, a batch at a time; each batch commits by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from newswatch.models import DocumentId
from newswatch.store import partitions, rows
from newswatch.store.server.database import Connection

BATCH = 2_000  # rows of one statement
Kept = Literal["logs", "runs", "history", "editions", "documents"]

_AGED: Mapping[str, tuple[str, Kept, str]] = {
    "page_fetches_deleted": ("page", "logs", "fetched_at < %(before)s"),
    "near_misses_deleted": ("near_miss", "logs", "looked_at < %(before)s"),
    "wordings_deleted": ("entry_version", "logs", "replaced_at < %(before)s"),
    "lines_deleted": ("host_line", "logs", "met_on < %(before)s and learnt_at is null"),
    "stage_runs_deleted": ("stage_run", "runs", "started_at < %(before)s"),
    "runs_deleted": (
        "run",
        "runs",
        "started_at < %(before)s"
        " and not exists (select from news.stage_run where stage_run.run_id = aged.run_id)",
    ),
    "outages_deleted": ("outage", "runs", "ended_at < %(before)s"),
    "alerts_deleted": ("alert", "runs", "ended_at < %(before)s"),
    "run_failures_deleted": ("run_failure", "runs", "mended_at < %(before)s"),
    "flags_deleted": ("flag", "history", "superseded_at < %(before)s"),
    # A superseded flag has its spans in the wording of its time.
    "article_versions_deleted": (
        "article_version",
        "history",
        "replaced_at < %(before)s and not exists (select from news.flag"
        " where flag.article_id = aged.article_id and superseded_at is not null)",
    ),
    # The last one that a reader was told says up to what.
    "editions_deleted": (
        "edition",
        "editions",
        "built_at < %(before)s and edition_id < ("
        " select newer.edition_id from news.edition as newer"
        " where newer.reader_id = aged.reader_id and exists ("
        " select from news.outbox where edition_id = newer.edition_id and told_at is not null)"
        " order by newer.edition_id desc limit 1)",
    ),
    "embeddings_deleted": ("embedding", "documents", "embedded_at < %(before)s"),
}
"""Of each count the table, how long its rows are kept, and which of them, `aged`, are too old."""


def aged() -> Mapping[str, Kept]:
    """What can be deleted by age, in the order in which it has to be: its count, how long kept."""
    return {name: kept for name, (_, kept, _) in _AGED.items()}


def delete_aged(connection: Connection, name: str, before: datetime) -> int:
    """Delete a batch of what is too old; how many rows."""
    table, _, condition = _AGED[name]
    return connection.execute(
        rows.query(
            f"delete from news.{table} where ctid = any (array("
            f"select ctid from news.{table} as aged where {condition} limit {BATCH}))"
        ),
        {"before": before},
    ).rowcount


def delete_rest(connection: Connection, table: partitions.Log, before: datetime) -> int:
    """Delete a batch of what is too old, in partitions with what is kept; how many rows."""
    for part in partitions.partly_old(connection, table, before):
        deleted = connection.execute(
            rows.query(
                f"delete from {part} where ctid = any (array("
                f"select ctid from {part} where fetched_at < %s limit {BATCH}))"
            ),
            [before],
        ).rowcount
        if deleted:
            return deleted
    return 0


def oldest_documents(connection: Connection, before: datetime) -> list[DocumentId]:
    """Of the batch of articles' documents that came first, those of articles seen before that."""
    return rows.values(
        connection,
        f"""
        with oldest as (
            select document_id, article_id from news.fingerprint where article_id is not null
            order by document_id limit {BATCH}
        )
        select document_id from oldest join news.article using (article_id)
        where first_seen_at < %s order by document_id
        """,
        [before],
    )


def forget_terms(connection: Connection, before: datetime) -> int:
    """Drop what articles join a batch of stories by, that nobody told of since that time; the
    stories stay, with their articles."""
    return connection.execute(
        rows.query(
            f"""
            with old as (
                select story_id from news.story
                where last_seen_at < %s and strands <> '{{}}' limit {BATCH}
            ),
            gone as (
                delete from news.story_term using old where story_term.story_id = old.story_id
            )
            update news.story set strands = '{{}}' from old where story.story_id = old.story_id
            """
        ),
        [before],
    ).rowcount
