"""The daily digest: build each due edition once, and send each once."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import assert_never
from urllib.parse import quote

from newswatch.delivery.channel import Message, Refused, Sent, Uncertain
from newswatch.digest import links
from newswatch.digest.compose import compose
from newswatch.digest.edition import Edition, EventReports, Material
from newswatch.digest.links import Link
from newswatch.digest.render import ReaderLinks, RenderedEdition
from newswatch.digest.subscribers import LoadedSubscribers, Subscriber, load_subscribers
from newswatch.errors import InputError
from newswatch.models import EditionId, EntryNumber, FlaggedArticle, StoryId
from newswatch.settings import Settings
from newswatch.stages import edition_entries
from newswatch.stages.deliver import deliver
from newswatch.stages.edition_entries import Grouped
from newswatch.stages.job import Job, Work
from newswatch.stages.parking import Parking, fault_of, park_wrong
from newswatch.store import digests
from newswatch.store import edition_entries as store_entries
from newswatch.store.digests import EditionStory, NewEdition
from newswatch.store.parked import Subject
from newswatch.store.server.database import Connection
from newswatch.text.invisible import shown

log = logging.getLogger(__name__)
FIRST_EDITION = timedelta(hours=24)  # how far back it looks
STALE = timedelta(days=2)  # an edition of a day so long past is stored, not sent
MOST_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """An edition as it would be sent."""

    edition: Edition
    rendered: RenderedEdition
    links: ReaderLinks
    covers_after: int  # publications after this number
    covers_up_to: int  # ... and up to this one
    grouped: Grouped


def send_digests(
    job: Job, *, day: date | None = None, subscriber: str | None = None
) -> dict[str, int]:
    """Build the editions that are due, and send what waits.

    Due is a subscriber whose local `send_at` has passed; with `day`, that local date for all. An
    edition is made once per subscriber and date, and sent once: what a killed process left between
    hand-over and answer becomes `unknown`, and is not sent again.
    """
    counts: Counter[str] = Counter(editions=0, sent=0, failed=0, unknown=0, skipped=0)
    loaded = load_readers(job.settings)
    for error in loaded.errors:
        log.error("newswatch: a subscriber is left out: %s", shown(str(error)))
    if loaded.errors:
        counts["subscribers_wrong"] = len(loaded.errors)
    park_wrong(job, "send_digest", "subscribers.yaml", loaded.errors)
    readers = _chosen(loaded, subscriber)
    counts.update(_make_all(job, readers, day, asked_for=subscriber is not None))
    counts["unknown"] += digests.give_up_interrupted(job.connection, job.now)
    counts.update(_deliver(job))
    return dict(counts)


def preview(work: Work, subscriber: str, day: date) -> Preview:
    """The edition of a subscriber and local date as it would have been built at `now`; nothing is
    stored."""
    until = digests.newest_publication(work.connection, work.now)
    return _build(work, reader_of(work.settings, subscriber), day, until)


def load_readers(settings: Settings) -> LoadedSubscribers:
    """What subscribers.yaml says. Raises `InputError` for a file that holds no list of them."""
    topics = {path.stem for path in (settings.watchlist / "topics").glob("*.yaml")}
    return load_subscribers(settings.watchlist / "subscribers.yaml", topics)


def reader_of(settings: Settings, name: str) -> Subscriber:
    """The subscriber of a name. Raises `InputError` if there is none, or their row is wrong."""
    (reader,) = _chosen(load_readers(settings), name)
    return reader


def _chosen(loaded: LoadedSubscribers, name: str | None) -> Sequence[Subscriber]:
    """All, or the one of that name. Raises `InputError` for a name that nobody has."""
    if name is None:
        return loaded.readers
    for reader in loaded.readers:
        if reader.name == name:
            return [reader]
    if loaded.errors:  # it may be theirs
        raise loaded.errors[0]
    known = ", ".join(reader.name for reader in loaded.readers)
    raise InputError(f"no subscriber {name!r} in subscribers.yaml", mend=f"known: {known}")


def _make_all(
    job: Job, readers: Sequence[Subscriber], day: date | None, *, asked_for: bool
) -> Counter[str]:
    """A subscriber whose edition cannot be built is parked, and the others get theirs. Raises what
    is no fault of an edition: the database is away."""
    parking = Parking(job, "send_digest")
    counts: Counter[str] = Counter()
    for reader in readers:
        local_date = day or reader.due_date(job.now)
        subject = Subject(reader.name, name=reader.name)
        if local_date is None or not (reader.active or asked_for):
            continue
        if asked_for or not parking.is_held(subject):
            make = partial(_make, job, reader, local_date)
            counts.update(parking.apply_to(subject, make) or {})
    return Counter(parking.counted(counts))


def _make(job: Job, reader: Subscriber, local_date: date) -> dict[str, int]:
    if digests.has_edition(job.connection, reader.name, local_date):
        return {}
    built = _build(job, reader, local_date, digests.newest_publication(job.connection))
    today = job.now.astimezone(reader.timezone).date()
    stale = today - local_date >= STALE
    with job.connection.transaction():
        edition_id = _saved(job, reader, local_date, built, skipped=stale)
        if edition_id is None:
            return {}
        edition_entries.save(job, edition_id, built.grouped.entries)
    return {"editions": 1, "stories": built.edition.stories, "skipped": int(stale)}


def _saved(
    job: Job, reader: Subscriber, local_date: date, built: Preview, *, skipped: bool
) -> EditionId | None:
    return digests.save_edition(
        job.connection,
        NewEdition(
            subscriber=reader.name,
            local_date=local_date,
            email=reader.email,
            covers_after=built.covers_after,
            covers_up_to=built.covers_up_to,
            built_at=job.now,
            subject=built.rendered.subject,
            body_text=built.rendered.text,
            body_html=built.rendered.html,
            grouped_by=built.grouped.grouped_by,
            stories=built.edition.stories,
        ),
        [
            EditionStory(carried.topic, carried.story_id, carried.article_id, story.title)
            for story in built.edition.shown
            for carried in story.carried
        ],
        message_id=_message_id(job, reader, local_date),
        state="skipped" if skipped else "pending",
    )


def _build(work: Work, reader: Subscriber, local_date: date, until: int) -> Preview:
    """Of the publications up to `until`, those that no edition before it covers: what was decided
    before the last edition and published after it is in this one."""
    connection = work.connection
    last = digests.last_edition(connection, reader.name, local_date)
    since = (
        last.covers_up_to
        if last
        else digests.newest_publication(connection, work.now - FIRST_EDITION)
    )
    last_id = last.edition_id if last else None
    grouped = edition_entries.group(work, reader.topics, reader.min_score, (since, until), last_id)
    material = _material(connection, reader, local_date, (since, until), last_id, grouped)
    own = links_of(work.settings, reader.name, local_date)
    composed = compose(reader, local_date, material, own)
    return Preview(composed.edition, composed.rendered, own, since, until, grouped)


def _material(
    connection: Connection,
    reader: Subscriber,
    local_date: date,
    covers: tuple[int, int],
    last: EditionId | None,
    grouped: Grouped,
) -> Material:
    since, until = covers
    articles = digests.flagged_articles(connection, reader.topics, reader.min_score, since, until)
    told = {article.article_id for article in articles}
    events = [event for event in _events(grouped) if event.article_ids & told]
    story_ids = sorted({article.story_id for article in articles})
    of_events = sorted({*story_ids}.union(*(event.story_ids for event in events)))
    return Material(
        articles=articles,
        stories=digests.story_facts(connection, story_ids, until),
        known=frozenset(digests.told_before(connection, reader.name, local_date)),
        called=digests.called_before(connection, reader.name, local_date, of_events),
        events=events,
        outlets_before=digests.outlets_by(connection, of_events, since),
        unchanged=_unchanged(connection, last, articles, events),
        topic_names=digests.topic_names(connection),
        reading=digests.reading(connection, since, until),
    )


def _events(grouped: Grouped) -> Iterator[EventReports]:
    for entry in grouped.entries:
        stories = frozenset(grouped.story_of[article_id] for article_id in entry.article_ids)
        yield EventReports(frozenset(entry.article_ids), stories)


def _unchanged(
    connection: Connection,
    last: EditionId | None,
    articles: Sequence[FlaggedArticle],
    events: Sequence[EventReports],
) -> int:
    """How many stories the last edition showed of which this one tells nothing new: neither a story
    nor an event of it has anything since."""
    if last is None:
        return 0
    fresh = {article.story_id for article in articles}
    retold = {
        article_id
        for article in articles
        for event in events
        if article.article_id in event.article_ids
        for article_id in event.article_ids
    }
    number_of = store_entries.numbers_in(connection, last)
    has_something: dict[tuple[EntryNumber | None, StoryId | None], bool] = {}
    for story in digests.stories_of(connection, last):
        number = number_of.get(story.article_id)
        key = number, story.story_id if number is None else None
        is_told = story.story_id in fresh or story.article_id in retold
        has_something[key] = has_something.get(key, False) or is_told
    return sum(not new for new in has_something.values())


def _deliver(job: Job) -> Counter[str]:
    counts: Counter[str] = Counter()
    delivery = digests.take_delivery(job.connection, job.now, MOST_ATTEMPTS)
    while delivery is not None:
        state, error = _sent(job, delivery)
        digests.record_delivery(job.connection, delivery.edition_id, state, job.now, error)
        counts[state] += 1
        delivery = digests.take_delivery(job.connection, job.now, MOST_ATTEMPTS)
    return counts


def _sent(job: Job, delivery: digests.Delivery) -> tuple[str, str | None]:
    """The state that the delivery comes to, and what the server said; a message that cannot be
    made is a failure of that delivery."""
    try:
        return _send(job, delivery)
    except Exception as error:
        fault = fault_of(error)
        if fault is None:
            raise
        log.error(
            "newswatch: the edition of %s cannot be sent: %s", delivery.subscriber, fault.error
        )
        return "failed", fault.error


def _send(job: Job, delivery: digests.Delivery) -> tuple[str, str | None]:
    message = Message(
        to=delivery.email,
        subject=delivery.subject,
        text=delivery.body_text,
        html=delivery.body_html,
        sent_at=job.now,
        message_id=delivery.message_id,
        unsubscribe=links_of(job.settings, delivery.subscriber, delivery.local_date).unsubscribe,
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


def links_of(settings: Settings, subscriber: str, local_date: date) -> ReaderLinks:
    """Signed addresses of the product's pages; without those a mail to the sender that names the
    subscriber: whoever keeps subscribers.yaml reads it."""
    if not (settings.public_url and settings.link_secret):
        sender = settings.mail_from.rpartition("<")[2].rstrip(">")
        return ReaderLinks(f"mailto:{sender}?subject=unsubscribe%20{quote(subscriber)}")

    def signed(purpose: links.Purpose) -> str:
        link = Link(subscriber, purpose, local_date)
        return links.address(settings.public_url, link, settings.link_secret)

    return ReaderLinks(signed("unsubscribe"), signed("edition"), signed("preferences"))


def _message_id(job: Job, reader: Subscriber, local_date: date) -> str:
    """The same for the same edition, so that a mail program shows a second copy as the first."""
    key = f"{reader.name} {local_date}".encode()
    host = job.settings.mail_from.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{hashlib.sha256(key).hexdigest()[:24]}.{local_date}@{host}>"
