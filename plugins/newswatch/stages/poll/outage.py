"""When most hosts fail at once it is we who are offline: noted, and told to a person once."""

from __future__ import annotations

import logging

from newswatch.delivery.channel import Message, Refused
from newswatch.stages.deliver import deliver
from newswatch.stages.job import Job
from newswatch.store import outages

HOSTS = 5  # of fewer hosts no conclusion is drawn

log = logging.getLogger(__name__)


def is_offline(job: Job, polled: int, failed: int) -> bool:
    """Whether so many of the hosts failed that the fault is ours."""
    return polled >= HOSTS and failed > job.settings.offline_share * polled


def note(job: Job, shard: int, polled: int, failed: int) -> None:
    """Keep the book of outages after a shard was polled; an alert goes out at the first poll of one
    only, whichever shard it is."""
    if is_offline(job, polled, failed):
        outages.begin(job.connection, shard, job.now, polled=polled, failed=failed)
        text = f"{failed} of {polled} hosts could not be reached: we seem to be offline"
        log.error("newswatch: %s; no feed's state was changed", text)
        if not outages.was_told(job.connection) and _told(job, text):
            outages.set_told(job.connection, shard, job.now)
    elif polled >= HOSTS and (began := outages.end(job.connection, shard, job.now)):
        log.warning("newswatch: online again; we were offline from %s", began.isoformat())


def _told(job: Job, text: str) -> bool:
    """Tell whoever is to be alerted; what could not be sent is tried again at the next poll."""
    if not job.settings.alert_to:
        return False
    message = Message(
        to=job.settings.alert_to,
        subject="newswatch is offline",
        text=f"{job.now:%d %B %Y, %H:%M} UTC: {text}.\n\n"
        "No feed's state was changed, and the next polls are spread over the coming minutes:"
        " nothing has to be repaired here once the network is back. No further mail follows on"
        " this outage; see ops.outage.\n",
        sent_at=job.now,
    )
    return not isinstance(deliver(job.settings, message), Refused)
