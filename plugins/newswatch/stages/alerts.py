"""Alerts: readers are told at once of new stories that reach their marks.

A story is in one alert of a reader, whatever became of that; what it tells is not told by it as far
as the brief goes, which has the whole story and says when it was alerted. At quiet hours, and while
a brief is due, none is made: afterwards what is still new is told, or the brief has told it.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

from newswatch.digest.due import Due
from newswatch.digest.subscribers import Subscriber
from newswatch.stages import deliveries, issues
from newswatch.stages.digest import due_now, is_withheld
from newswatch.stages.issues import OF_ALERTS, Issue
from newswatch.stages.job import Job
from newswatch.stages.parking import Parking
from newswatch.stages.reader_choices import with_topics
from newswatch.stages.readers import load_readers, tell_wrong
from newswatch.store import reader_choices, readers
from newswatch.store.parked import Subject
from newswatch.store.readers import KnownReader


def send_alerts(job: Job) -> dict[str, int]:
    """Make the alerts that there is reason for, and send what waits of them."""
    counts: Counter[str] = Counter(editions=0, sent=0)
    counts.update(deliveries.give_up_interrupted(job, OF_ALERTS))
    counts.update(_make_all(job))
    counts.update(deliveries.deliver_waiting(job, OF_ALERTS))
    return dict(counts)


def _make_all(job: Job) -> Counter[str]:
    """Of the readers that `send_digests` knows; it parks wrong rows, too."""
    parking = Parking(job, "send_alerts")
    unsubscribed = reader_choices.unsubscribed(job.connection)
    known = {
        reader.name: reader
        for reader in readers.known(job.connection)
        if reader.left_at is None and reader.reader_id not in unsubscribed
    }
    loaded = load_readers(job.settings)
    counts = tell_wrong(loaded)
    for reader in loaded.readers:
        subject = Subject(reader.name, name=reader.name)
        if reader.alerts is None or reader.name not in known or parking.is_held(subject):
            continue
        wanted = with_topics(job.connection, reader, known[reader.name].reader_id)
        try:
            made = _made(job, wanted, known[reader.name])
        except Exception as error:
            parking.park_for(subject, error)
            continue
        counts.update(parking.apply_to(subject, partial(issues.store, job, made)) or {})
    return Counter(parking.counted(counts))


def _made(job: Job, reader: Subscriber, known: KnownReader) -> Issue | None:
    if reader.alerts is None or reader.alerts.are_quiet(job.now, reader.timezone):
        return None
    if due_now(job, reader, known, "daily") or is_withheld(job, reader, known):
        return None
    due = Due(job.now.astimezone(reader.timezone).date(), job.now)
    made = issues.issue(job, reader, known, due, "alert")
    return made if made.edition.stories else None
