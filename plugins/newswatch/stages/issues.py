"""An edition that is due, made and stored once, with its delivery."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from newswatch.digest.due import Due
from newswatch.digest.subscribers import Subscriber
from newswatch.models import DeliveryState, Rhythm
from newswatch.stages import edition_entries
from newswatch.stages.approval import send_at_the_latest
from newswatch.stages.editions import Preview, build
from newswatch.stages.job import Job
from newswatch.store import digests
from newswatch.store.digests import NewEdition
from newswatch.store.publication import newest_publication
from newswatch.store.readers import KnownReader

# Who sends them: each has its claim, so that an alert waits for no long round of briefs.
OF_DIGEST: Sequence[Rhythm] = ("daily", "weekly")
OF_ALERTS: Sequence[Rhythm] = ("alert",)


@dataclass(frozen=True, slots=True)
class Issue:
    """An edition that is to be stored, the state that its delivery begins in, and until when it
    waits for the editor."""

    edition: NewEdition
    built: Preview
    state: DeliveryState
    held_until: datetime | None


def issue(
    job: Job,
    reader: Subscriber,
    known: KnownReader,
    due: Due,
    rhythm: Rhythm,
    state: DeliveryState = "pending",
) -> Issue:
    """Call it outside of a transaction: it may take long, and ask other machines."""
    until = newest_publication(job.connection)
    built = build(job, reader, known, due.local_date, until, rhythm)
    edition = NewEdition(
        reader_id=known.reader_id,
        subscriber=reader.name,
        rhythm=rhythm,
        local_date=due.local_date,
        due_at=due.at,
        email=reader.email,
        covers_after=built.covers_after,
        covers_up_to=built.covers_up_to,
        built_at=job.now,
        subject=built.rendered.subject,
        body_text=built.rendered.text,
        body_html=built.rendered.html,
        page_html=built.page,
        grouped_by=built.grouped.grouped_by,
        stories=built.edition.stories,
    )
    is_held = state == "pending" and rhythm in OF_DIGEST  # an alert is of no use later
    held_until = send_at_the_latest(job.settings, job.now) if is_held else None
    return Issue(edition, built, state, held_until)


def store(job: Job, made: Issue | None) -> dict[str, int]:
    """Its counts; none where there is no edition, or one was stored for that moment already."""
    if made is None:
        return {}
    edition_id = digests.save_edition(
        job.connection,
        made.edition,
        made.built.carried,
        message_id=_message_id(job, made.edition.local_date),
        state=made.state,
        next_try_at=made.held_until,
    )
    if edition_id is None:
        return {}
    edition_entries.save(job, edition_id, made.built.grouped.entries)
    counts = {"editions": 1, "stories": made.edition.stories}
    if made.held_until is not None:
        counts["held"] = 1
    return counts | ({"skipped": 1} if made.state == "skipped" else {})


def _message_id(job: Job, local_date: date) -> str:
    """Stored with the edition, so that a mail program shows a second copy as the first."""
    host = job.settings.mail_from.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{secrets.token_hex(12)}.{local_date}@{host}>"
