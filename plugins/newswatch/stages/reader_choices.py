"""What readers choose by the links of their brief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newswatch.digest.subscribers import Subscriber
from newswatch.models import ReaderId
from newswatch.stages.job import Work
from newswatch.store import reader_choices as store
from newswatch.store.reader_choices import ReaderChoice
from newswatch.store.server.database import Connection


def with_topics(connection: Connection, reader: Subscriber, reader_id: ReaderId) -> Subscriber:
    """The reader with the topics that they want of theirs; with all, where none of them is left in
    subscribers.yaml."""
    wanted = store.of_reader(connection, reader_id).topics
    kept = tuple(topic for topic in reader.topics if wanted is None or topic in wanted)
    return replace(reader, topics=kept or reader.topics)


def unsubscribe(work: Work, reader_id: ReaderId) -> None:
    """No brief is made for the reader any more; twice is once."""
    choice = store.of_reader(work.connection, reader_id)
    if choice.unsubscribed_at is None:
        store.save(work.connection, replace(choice, unsubscribed_at=work.now), work.now)


def choose(
    work: Work, reader_id: ReaderId, *, receives: bool, topics: Sequence[str] | None
) -> None:
    """What the reader wants from now on; `topics` None: all of theirs."""
    before = store.of_reader(work.connection, reader_id)
    since = None if receives else before.unsubscribed_at or work.now
    chosen = ReaderChoice(reader_id, since, tuple(topics) if topics is not None else None)
    store.save(work.connection, chosen, work.now)
