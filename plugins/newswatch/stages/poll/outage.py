"""When most hosts fail at once it is we who are offline: noted, for the watchdog to tell."""

from __future__ import annotations

import logging

from newswatch.stages.job import Job
from newswatch.store import outages

HOSTS = 5  # of fewer hosts no conclusion is drawn

log = logging.getLogger(__name__)


def is_offline(job: Job, polled: int, failed: int) -> bool:
    """Whether so many of the hosts failed that the fault is ours."""
    return polled >= HOSTS and failed > job.settings.offline_share * polled


def note(job: Job, shard: int, polled: int, failed: int) -> None:
    """Keep the book of outages after a shard was polled."""
    if is_offline(job, polled, failed):
        outages.begin(job.connection, shard, job.now, polled=polled, failed=failed)
        text = f"{failed} of {polled} hosts could not be reached: we seem to be offline"
        log.error("newswatch: %s; no feed's state was changed", text)
    elif polled >= HOSTS and (began := outages.end(job.connection, shard, job.now)):
        log.warning("newswatch: online again; we were offline from %s", began.isoformat())
