"""The daily digest: build each due edition once, and send each once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never
from urllib.parse import quote

from newswatch.delivery.channel import Message, Refused, Sent, Uncertain
from newswatch.digest.build import Edition, FlaggedItem, Material, StoryFacts, build_edition
from newswatch.digest.render import RenderedEdition, render
from newswatch.digest.subscribers import Subscriber, load_subscribers
from newswatch.errors import InputError
from newswatch.stages.deliver import deliver
from newswatch.stages.job import Job
from newswatch.store import digests

FIRST_EDITION = timedelta(hours=24)  # how far back it looks
STALE = timedelta(days=2)  # an edition of a day so long past is stored, not sent
MOST_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """An edition as it would be sent."""

    edition: Edition
    rendered: RenderedEdition
    unsubscribe: str


def send_digests(
    job: Job, *, day: date | None = None, subscriber: str | None = None
) -> dict[str, int]:
    """Build the editions that are due, and send what waits.

    Due is a subscriber whose local `send_at` has passed; with `day`, that local date for all. An
    edition is made once per subscriber and date, and sent once: what a killed process left between
    hand-over and answer becomes `unknown`, and is not sent again.
    """
    counts: Counter[str] = Counter(editions=0, sent=0, failed=0, unknown=0, skipped=0)
    for reader in readers(job, subscriber):
        local_date = day or reader.due_date(job.now)
        if local_date is not None and (reader.active or subscriber):
            counts.update(_make(job, reader, local_date))
    counts["unknown"] += digests.give_up_interrupted(job.connection, job.now)
    counts.update(_deliver(job))
    return dict(counts)


def preview(job: Job, subscriber: str, day: date) -> Preview:
    """The edition of a subscriber and local date as it would be built now; nothing is stored."""
    return _build(job, readers(job, subscriber)[0], day)[0]


def readers(job: Job, name: str | None = None) -> list[Subscriber]:
    """All subscribers, or the one. Raises `InputError` for a wrong file or an unknown name."""
    path = job.settings.watchlist / "subscribers.yaml"
    found = load_subscribers(path)
    chosen = [reader for reader in found if name is None or reader.name == name]
    if name is not None and not chosen:
        known = ", ".join(reader.name for reader in found)
        raise InputError(f"no subscriber {name!r}", file=path, mend=f"known: {known}")
    return chosen


def _make(job: Job, reader: Subscriber, local_date: date) -> dict[str, int]:
    if digests.has_edition(job.connection, reader.name, local_date):
        return {}
    built, covers = _build(job, reader, local_date)
    today = job.now.astimezone(reader.timezone).date()
    stale = today - local_date >= STALE
    saved = digests.save_edition(
        job.connection,
        subscriber=reader.name,
        local_date=local_date,
        email=reader.email,
        covers=covers,
        built_at=job.now,
        subject=built.rendered.subject,
        body_text=built.rendered.text,
        body_html=built.rendered.html,
        stories=[
            (section.topic, story.story_id, story.article_id)
            for section in built.edition.sections
            for story in section.stories
        ],
        message_id=_message_id(job, reader, local_date),
        state="skipped" if stale else "pending",
    )
    if not saved:
        return {}
    return {"editions": 1, "stories": built.edition.stories, "skipped": int(stale)}


def _build(
    job: Job, reader: Subscriber, local_date: date
) -> tuple[Preview, tuple[datetime, datetime]]:
    last = digests.last_edition(job.connection, reader.name, local_date)
    since = last[1] if last else job.now - FIRST_EDITION
    material = _material(job, reader, local_date, since, last[0] if last else None)
    edition = build_edition(reader.name, reader.topics, str(reader.timezone), local_date, material)
    unsubscribe = unsubscribe_address(job, reader.name)
    return Preview(edition, render(edition, unsubscribe), unsubscribe), (since, job.now)


def _material(
    job: Job, reader: Subscriber, local_date: date, since: datetime, last: int | None
) -> Material:
    connection = job.connection
    rows = digests.flagged_items(connection, reader.topics, reader.min_score, since, job.now)
    items = [FlaggedItem(*row) for row in rows]
    story_ids = sorted({item.story_id for item in items})
    facts = digests.story_facts(connection, story_ids, job.now)
    articles, outlets, failing = digests.reading(connection, since, job.now)
    return Material(
        items=items,
        stories=[StoryFacts(row[0], row[1], tuple(row[2]), *row[3:]) for row in facts],
        known=frozenset(digests.told_before(connection, reader.name, local_date)),
        outlets_before=digests.outlets_by(connection, story_ids, since),
        unchanged=_unchanged(job, last, items),
        topic_names=digests.topic_names(connection),
        articles_read=articles,
        outlets_read=outlets,
        feeds_failing=failing,
    )


def _unchanged(job: Job, last: int | None, items: Sequence[FlaggedItem]) -> dict[str, int]:
    """Per topic how many stories of the last edition have nothing new."""
    if last is None:
        return {}
    fresh = {(item.topic, item.story_id) for item in items}
    told = digests.stories_of(job.connection, last)
    return Counter(topic for topic, story_id in told if (topic, story_id) not in fresh)


def _deliver(job: Job) -> Counter[str]:
    counts: Counter[str] = Counter()
    delivery = digests.take_delivery(job.connection, job.now, MOST_ATTEMPTS)
    while delivery is not None:
        state, error = _send(job, delivery)
        digests.record_delivery(job.connection, delivery.edition_id, state, job.now, error)
        counts[state] += 1
        delivery = digests.take_delivery(job.connection, job.now, MOST_ATTEMPTS)
    return counts


def _send(job: Job, delivery: digests.Delivery) -> tuple[str, str | None]:
    """The state that the delivery comes to, and what the server said."""
    message = Message(
        to=delivery.email,
        subject=delivery.subject,
        text=delivery.body_text,
        html=delivery.body_html,
        sent_at=job.now,
        message_id=delivery.message_id,
        unsubscribe=unsubscribe_address(job, delivery.subscriber),
    )
    outcome = deliver(job.settings, message)
    match outcome:
        case Sent():
            return "sent", None
        case Refused(reason):
            return "failed", reason
        case Uncertain(reason):
            return "unknown", reason
        case _:
            assert_never(outcome)


def unsubscribe_address(job: Job, subscriber: str) -> str:
    """A mail to the sender that names the subscriber: whoever keeps subscribers.yaml reads it."""
    sender = job.settings.mail_from.rpartition("<")[2].rstrip(">")
    return f"mailto:{sender}?subject=unsubscribe%20{quote(subscriber)}"


def _message_id(job: Job, reader: Subscriber, local_date: date) -> str:
    """The same for the same edition, so that a mail program shows a second copy as the first."""
    key = f"{reader.name} {local_date}".encode()
    host = job.settings.mail_from.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{hashlib.sha256(key).hexdigest()[:24]}.{local_date}@{host}>"
