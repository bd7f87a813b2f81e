"""maintain: retention, and what is counted once a day."""

from __future__ import annotations

from datetime import timedelta

from newswatch.stages.job import Job
from newswatch.store import health, parked, retention


def maintain(job: Job) -> dict[str, int]:
    """Drop raw pages and logs that are too old, and count each feed's entries by day. Safe to run
    again."""
    pages_before = job.now - timedelta(days=job.settings.keep_pages_days)
    log_before = job.now - timedelta(days=job.settings.keep_fetches_days)
    with job.connection.transaction():
        return {
            "pages_dropped": retention.drop_page_bodies(job.connection, pages_before),
            "page_fetches_deleted": retention.delete_page_log(job.connection, log_before),
            "feed_fetches_deleted": retention.delete_feed_log(job.connection, log_before),
            "wordings_deleted": retention.delete_wordings(job.connection, log_before),
            "feeds_counted": health.count_volumes(job.connection, job.now),
            "parked_forgotten": parked.forget(job.connection, log_before),
        }
