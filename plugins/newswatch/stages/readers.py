"""Who gets the brief: what subscribers.yaml says, and what is known of each reader."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from newswatch.delivery.push import place_of
from newswatch.digest.subscribers import LoadedSubscribers, Subscriber, load_subscribers
from newswatch.errors import InputError
from newswatch.models import ReaderId
from newswatch.settings import Settings
from newswatch.stages.job import Job, Work
from newswatch.store import reader_choices, readers
from newswatch.store.publication import last_publication_before
from newswatch.store.readers import KnownReader
from newswatch.text.invisible import shown

log = logging.getLogger(__name__)
# Who is new is told what was published in the day before as well; who was away for no longer than
# that has missed nothing, who was away for longer begins as one who is new.
FIRST_EDITION = timedelta(hours=24)


def load_readers(settings: Settings) -> LoadedSubscribers:
    """What subscribers.yaml says. A file that is away, or holds no list of them, is its one error:
    any row may have been in it, so nobody has left. What is made for them is mailed; to services it
    goes once their addresses can be read again."""
    topics = {path.stem for path in (settings.watchlist / "topics").glob("*.yaml")}
    try:
        return load_subscribers(settings.watchlist / "subscribers.yaml", topics, place_of)
    except InputError as error:
        return LoadedSubscribers((), (error,), frozenset((None,)))


def tell_wrong(loaded: LoadedSubscribers) -> Counter[str]:
    """Log what is wrong in the file; how much that is, as jobs count it."""
    for error in loaded.errors:
        log.error("newswatch: a subscriber is left out: %s", shown(str(error)))
    return Counter(subscribers_wrong=len(loaded.errors)) if loaded.errors else Counter()


def reader_of(settings: Settings, name: str) -> Subscriber:
    """The subscriber of a name. Raises `InputError` if there is none, or their row is wrong."""
    (reader,) = chosen(load_readers(settings), name)
    return reader


def chosen(loaded: LoadedSubscribers, name: str | None) -> Sequence[Subscriber]:
    """All, or the one of that name. Raises `InputError` for a name that nobody has."""
    if name is None:
        return loaded.readers
    for reader in loaded.readers:
        if reader.name == name:
            return [reader]
    if loaded.errors:  # it may be theirs
        raise loaded.errors[0]
    names = ", ".join(reader.name for reader in loaded.readers)
    raise InputError(f"no subscriber {name!r} in subscribers.yaml", mend=f"known: {names}")


def keep_up(
    job: Job, loaded: LoadedSubscribers, asked_for: str | None = None
) -> Mapping[str, KnownReader]:
    """Take what the file says by now: who came, left or came back, new names and addresses. The
    readers who are to get the brief, by name; `asked_for` is one of them, active or not."""
    connection = job.connection
    present = {
        reader.name: reader
        for reader in loaded.readers
        if reader.active or reader.name == asked_for
    }
    with connection.transaction():
        known = {reader.name: reader for reader in readers.known(connection)}
        emails = {name: reader.email for name, reader in known.items()}
        for old, new in loaded.renamed(emails).items():
            readers.rename(connection, known[old].reader_id, new)
            known[new] = known.pop(old)
        unsubscribed = reader_choices.unsubscribed(connection)
        for name in [name for name in present if name in known]:
            if known[name].reader_id in unsubscribed:  # whatever the file says
                del present[name]
        for name, subscriber in present.items():
            _welcome(job, subscriber, known.get(name))
        gone = [
            reader.reader_id
            for name, reader in known.items()
            if name not in present and not _may_be_wrong(loaded, name)
        ]
        readers.leave(connection, gone, job.now)
        return {
            reader.name: reader for reader in readers.known(connection) if reader.name in present
        }


def expected(work: Work, subscriber: Subscriber) -> KnownReader:
    """What is known of a subscriber, or would be if they were taken up now."""
    known = readers.named(work.connection, subscriber.name)
    return known or KnownReader(
        reader_id=ReaderId(0),
        name=subscriber.name,
        email=subscriber.email,
        since_at=work.now,
        starts_after=_start(work),
        left_at=None,
    )


def _welcome(job: Job, subscriber: Subscriber, known: KnownReader | None) -> None:
    connection, email = job.connection, subscriber.email
    if known is None:
        readers.add(connection, subscriber.name, email, job.now, _start(job))
        return
    if known.email != email:
        readers.readdress(connection, known.reader_id, email)
    if known.left_at is not None and job.now - known.left_at > FIRST_EDITION:
        readers.restart(connection, known.reader_id, job.now, _start(job))
    elif known.left_at is not None:
        readers.stay(connection, known.reader_id)


def _start(work: Work) -> int:
    return last_publication_before(work.connection, work.now - FIRST_EDITION)


def _may_be_wrong(loaded: LoadedSubscribers, name: str) -> bool:
    """Whether a row that cannot be read may be theirs: then nobody said that they have left."""
    read = {reader.name for reader in loaded.readers}
    return name not in read and (name in loaded.names or None in loaded.names)
