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
from newswatch.digest.build import Edition, Material, build_edition
from newswatch.digest.render import RenderedEdition, render
from newswatch.digest.subscribers import Subscriber, load_subscribers
from newswatch.errors import InputError
from newswatch.models import EditionId, FlaggedArticle, TopicStory
from newswatch.stages.deliver import deliver
from newswatch.stages.job import Job, Work
from newswatch.store import digests
from newswatch.store.digests import EditionStory, NewEdition
from newswatch.store.server.database import Connection

FIRST_EDITION = timedelta(hours=24)  # how far back it looks
STALE = timedelta(days=2)  # an edition of a day so long past is stored, not sent
MOST_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """An edition as it would be sent."""

    edition: Edition
    rendered: RenderedEdition
    unsubscribe: str
    covers_from: datetime


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


def preview(work: Work, subscriber: str, day: date) -> Preview:
    """The edition of a subscriber and local date as it would be built now; nothing is stored."""
    return _build(work, readers(work, subscriber)[0], day)


def readers(work: Work, name: str | None = None) -> list[Subscriber]:
    """All subscribers, or the one. Raises `InputError` for a wrong file or an unknown name."""
    path = work.settings.watchlist / "subscribers.yaml"
    found = load_subscribers(path)
    chosen = [reader for reader in found if name is None or reader.name == name]
    if name is not None and not chosen:
        known = ", ".join(reader.name for reader in found)
        raise InputError(f"no subscriber {name!r}", file=path, mend=f"known: {known}")
    return chosen


def _make(job: Job, reader: Subscriber, local_date: date) -> dict[str, int]:
    if digests.has_edition(job.connection, reader.name, local_date):
        return {}
    built = _build(job, reader, local_date)
    today = job.now.astimezone(reader.timezone).date()
    stale = today - local_date >= STALE
    saved = digests.save_edition(
        job.connection,
        NewEdition(
            subscriber=reader.name,
            local_date=local_date,
            email=reader.email,
            covers_from=built.covers_from,
            covers_to=job.now,
            built_at=job.now,
            subject=built.rendered.subject,
            body_text=built.rendered.text,
            body_html=built.rendered.html,
        ),
        [
            EditionStory(section.topic, story.story_id, story.article_id)
            for section in built.edition.sections
            for story in section.stories
        ],
        message_id=_message_id(job, reader, local_date),
        state="skipped" if stale else "pending",
    )
    if not saved:
        return {}
    return {"editions": 1, "stories": built.edition.stories, "skipped": int(stale)}


def _build(work: Work, reader: Subscriber, local_date: date) -> Preview:
    last = digests.last_edition(work.connection, reader.name, local_date)
    since = last.covers_to if last else work.now - FIRST_EDITION
    material = _material(work, reader, local_date, since, last.edition_id if last else None)
    edition = build_edition(reader.name, reader.topics, str(reader.timezone), local_date, material)
    unsubscribe = unsubscribe_address(work, reader.name)
    return Preview(edition, render(edition, unsubscribe), unsubscribe, since)


def _material(
    work: Work, reader: Subscriber, local_date: date, since: datetime, last: EditionId | None
) -> Material:
    connection, until = work.connection, work.now
    articles = digests.flagged_articles(connection, reader.topics, reader.min_score, since, until)
    story_ids = sorted({article.story_id for article in articles})
    return Material(
        articles=articles,
        stories=digests.story_facts(connection, story_ids, until),
        known=frozenset(digests.told_before(connection, reader.name, local_date)),
        outlets_before=digests.outlets_by(connection, story_ids, since),
        unchanged=_unchanged(connection, last, articles),
        topic_names=digests.topic_names(connection),
        reading=digests.reading(connection, since, until),
    )


def _unchanged(
    connection: Connection, last: EditionId | None, articles: Sequence[FlaggedArticle]
) -> Counter[str]:
    """Per topic, the stories of the last edition that brought nothing since."""
    if last is None:
        return Counter()
    fresh = {TopicStory(article.topic, article.story_id) for article in articles}
    return Counter(
        story.topic for story in digests.stories_of(connection, last) if story not in fresh
    )


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


def unsubscribe_address(work: Work, subscriber: str) -> str:
    """A mail to the sender that names the subscriber: whoever keeps subscribers.yaml reads it."""
    sender = work.settings.mail_from.rpartition("<")[2].rstrip(">")
    return f"mailto:{sender}?subject=unsubscribe%20{quote(subscriber)}"


def _message_id(job: Job, reader: Subscriber, local_date: date) -> str:
    """The same for the same edition, so that a mail program shows a second copy as the first."""
    key = f"{reader.name} {local_date}".encode()
    host = job.settings.mail_from.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{hashlib.sha256(key).hexdigest()[:24]}.{local_date}@{host}>"
