"""maintain: retention, what is counted once a day, and what is drawn for people to judge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from newswatch.copies.candidates import posted
from newswatch.stages.deduplicate.documents import fingerprint_of
from newswatch.stages.job import Job
from newswatch.stages.recall import draw_sample
from newswatch.store import fingerprints, health, parked, partitions, retention


def maintain(job: Job) -> dict[str, int]:
    """Forget what was kept for its time, count each feed's entries of each day, and draw the sample
    by which recall is estimated.

    In batches that commit by themselves: it may be stopped, and run again.
    """
    settings = job.settings
    documents = max(settings.keep_documents_days, settings.dedupe_window_days)
    days: dict[retention.Kept, int] = {
        "logs": settings.keep_fetches_days,
        "runs": settings.keep_runs_days,
        "history": settings.keep_history_days,
        "editions": settings.keep_editions_days,
        "documents": documents,
    }
    before = {kept: job.now - timedelta(days=number) for kept, number in days.items()}
    pages_before = job.now - timedelta(days=settings.keep_pages_days)
    connection = job.connection
    counts = {
        **_keep_log(job, "feed_fetch", "feed_fetches", before["logs"]),
        **_keep_log(job, "page_body", "page_bodies", pages_before),
        "documents_deleted": _all(partial(_delete_documents, job, before["documents"])),
        "stories_closed": _all(partial(retention.forget_terms, connection, before["documents"])),
    }
    for name, kept in retention.aged().items():
        counts[name] = _all(partial(retention.delete_aged, connection, name, before[kept]))
    counts["parked_forgotten"] = parked.forget(connection, before["logs"])
    counts["feed_days_counted"] = health.count_volumes(connection, job.now)
    return counts | draw_sample(job)


def _keep_log(job: Job, table: partitions.Log, name: str, before: datetime) -> dict[str, int]:
    """Make a log's partitions ahead, and end what is older: partitions as a whole, row by row only
    what lies in one with what is kept. It is kept by whole partitions."""
    connection = job.connection
    since = partitions.beginning(table, before)
    return {
        f"{name}_partitions_made": partitions.make_ahead(connection, table, job.now),
        f"{name}_partitions_dropped": partitions.drop_old(connection, table, since),
        f"{name}_deleted": _all(partial(retention.delete_rest, connection, table, since)),
    }


def _all(delete_batch: Callable[[], int]) -> int:
    total = 0
    while deleted := delete_batch():
        total += deleted
    return total


def _delete_documents(job: Job, before: datetime) -> int:
    """A batch of fingerprints with the postings that they are found by; the articles stay."""
    with job.connection.transaction():
        fingerprints.lock_decisions(job.connection)
        old = retention.oldest_documents(job.connection, before)
        found = fingerprints.load(job.connection, old) if old else []
        hashes = {row.document_id: posted(fingerprint_of(row)) for row in found}
        fingerprints.remove(job.connection, hashes)
    return len(hashes)
