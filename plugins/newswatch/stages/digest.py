"""The brief: build each edition that is due once, and send each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from newswatch.digest.due import Due
from newswatch.digest.lifetime import MOST_REFUSALS
from newswatch.digest.subscribers import Subscriber
from newswatch.errors import InputError
from newswatch.models import Rhythm
from newswatch.stages import deliveries, issues
from newswatch.stages.editions import Preview, build
from newswatch.stages.issues import OF_DIGEST, Issue
from newswatch.stages.job import Job, Work
from newswatch.stages.parking import Parking, park_wrong
from newswatch.stages.reader_choices import with_topics
from newswatch.stages.readers import chosen, expected, keep_up, load_readers, reader_of, tell_wrong
from newswatch.store import digests, outbox
from newswatch.store.parked import Subject
from newswatch.store.publication import newest_publication
from newswatch.store.readers import KnownReader

STALE = timedelta(days=2)  # an edition that is asked for of a day so long past is not sent


def send_digests(
    job: Job, *, day: date | None = None, subscriber: str | None = None
) -> dict[str, int]:
    """Build the editions that are due, and send what waits.

    Due is a subscriber whose local `send_at` has passed; with `day`, that local date for all. An
    edition tells what its reader was not told yet, whatever became of earlier ones, and is handed
    over once. `given_up` counts the deliveries that a person has to know of.
    Raises `InputError` for a `day` that has begun for none of them.
    """
    counts: Counter[str] = Counter(editions=0, sent=0)
    counts.update(deliveries.give_up_interrupted(job, OF_DIGEST))
    try:
        counts.update(_make_due(job, day, subscriber))
    except InputError:  # what was made before is sent, whatever was asked for
        deliveries.deliver_waiting(job, OF_DIGEST)
        raise
    counts.update(deliveries.deliver_waiting(job, OF_DIGEST))
    return dict(counts)


def resend(
    job: Job, subscriber: str, day: date | None = None, rhythm: Rhythm = "daily"
) -> dict[str, int]:
    """Send a stored edition again, as it is; and what waits besides, but that an alert waits for
    the next run of `send_alerts`. The newest without a day."""
    counts: Counter[str] = Counter(sent=0)
    counts.update(deliveries.give_up_interrupted(job, OF_DIGEST))
    keep_up(job, load_readers(job.settings), subscriber)
    deliveries.send_again(job, subscriber, rhythm, day)
    counts.update(deliveries.deliver_waiting(job, OF_DIGEST))
    return dict(counts)


def preview(
    work: Work, subscriber: str, day: date | None = None, rhythm: Rhythm = "daily"
) -> Preview:
    """What would be sent if the edition of that local date (today's without one) were due at `now`;
    nothing is stored.

    Raises `InputError` if that edition is stored already, or its day has not begun.
    """
    reader = reader_of(work.settings, subscriber)
    known = expected(work, reader)
    today = work.now.astimezone(reader.timezone).date()
    if day is not None and day > today:
        raise _not_begun(day)
    if day is not None and digests.has_edition(work.connection, known.reader_id, rhythm, day):
        raise InputError(
            f"the {rhythm} edition of {day} for {subscriber!r} is made",
            mend=f"`newswatch digest show --subscriber {subscriber} --rhythm {rhythm} --date {day}`"
            " shows it",
        )
    if rhythm == "alert" and reader.alerts is None:
        raise InputError(
            f"{subscriber!r} has no alerts", mend="name their marks in subscribers.yaml: `alerts:`"
        )
    reader = with_topics(work.connection, reader, known.reader_id)
    return build(work, reader, known, day or today, newest_publication(work.connection), rhythm)


def _make_due(job: Job, day: date | None, asked_for: str | None) -> Counter[str]:
    loaded = load_readers(job.settings)
    counts = tell_wrong(loaded)
    park_wrong(job, "send_digest", "subscribers.yaml", loaded.errors)
    readers = chosen(loaded, asked_for)
    if day is not None:
        begun = [reader for reader in readers if _has_begun(job, reader, day)]
        if readers and not begun:
            raise _not_begun(day)
        readers = begun
    known = keep_up(job, loaded, asked_for)
    counts.update(_make_all(job, readers, known, day, is_asked_for=asked_for is not None))
    return counts


def _make_all(
    job: Job,
    readers: Sequence[Subscriber],
    known: Mapping[str, KnownReader],
    day: date | None,
    *,
    is_asked_for: bool,
) -> Counter[str]:
    """A subscriber whose edition cannot be built is parked, and the others get theirs. Raises what
    is no fault of an edition: the database is away."""
    parking = Parking(job, "send_digest")
    counts: Counter[str] = Counter()
    for reader in readers:
        subject = Subject(reader.name, name=reader.name)
        if reader.name not in known or (parking.is_held(subject) and not is_asked_for):
            continue
        if is_withheld(job, reader, known[reader.name]):
            counts["withheld"] += 1
            continue
        wanted = with_topics(job.connection, reader, known[reader.name].reader_id)
        for rhythm in reader.rhythms if day is None else ("daily",):
            try:
                made = _made(job, wanted, known[reader.name], rhythm, day)
            except Exception as error:
                parking.park_for(subject, error)
                break
            counts.update(parking.apply_to(subject, partial(issues.store, job, made)) or {})
    return Counter(parking.counted(counts))


def _made(
    job: Job, reader: Subscriber, known: KnownReader, rhythm: Rhythm, day: date | None
) -> Issue | None:
    """The edition that is due, if there is one."""
    due = due_now(job, reader, known, rhythm) if day is None else _due_on(job, reader, known, day)
    if due is None:
        return None
    today = job.now.astimezone(reader.timezone).date()
    is_stale = day is not None and today - day >= STALE
    return issues.issue(job, reader, known, due, rhythm, "skipped" if is_stale else "pending")


def is_withheld(job: Job, reader: Subscriber, known: KnownReader) -> bool:
    """Whether the address refused so many editions that no more are made for it."""
    refused = outbox.refusals(job.connection, known.reader_id, reader.email, MOST_REFUSALS)
    return refused == MOST_REFUSALS


def due_now(job: Job, reader: Subscriber, known: KnownReader, rhythm: Rhythm) -> Due | None:
    """The edition of a rhythm that is to be made now. Who has had no review gets the first on its
    own day, not one of a day before they asked for it."""
    if rhythm not in reader.rhythms:
        return None
    last = digests.last_due(job.connection, known.reader_id, rhythm)
    since = job.now if rhythm == "weekly" and last is None else known.since_at
    return reader.timetable(rhythm).next_edition(job.now, since, last)


def _due_on(job: Job, reader: Subscriber, known: KnownReader, day: date) -> Due | None:
    if digests.has_edition(job.connection, known.reader_id, "daily", day):
        return None
    return reader.timetable("daily").due_on(day)


def _has_begun(job: Job, reader: Subscriber, day: date) -> bool:
    return day <= job.now.astimezone(reader.timezone).date()


def _not_begun(day: date) -> InputError:
    return InputError(
        f"{day} has not begun", mend="an edition tells what there is: name today or an earlier day"
    )
