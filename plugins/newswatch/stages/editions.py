"""The edition of one reader, from what the database has for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from newswatch.digest import links
from newswatch.digest.compose import Composed, compose
from newswatch.digest.edition import Edition, EventReports, Material
from newswatch.digest.links import Link
from newswatch.digest.render import ReaderLinks, RenderedEdition
from newswatch.digest.subscribers import Subscriber
from newswatch.models import EditionId, EntryNumber, FlaggedArticle, ReaderId, StoryId
from newswatch.settings import Settings
from newswatch.stages import edition_entries
from newswatch.stages.edition_entries import Grouped
from newswatch.stages.job import Work
from newswatch.stages.translate import translations
from newswatch.store import digests, edition_material
from newswatch.store import edition_entries as store_entries
from newswatch.store.digests import EditionHead, EditionStory
from newswatch.store.readers import KnownReader
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class Preview:
    """An edition as it would be sent."""

    edition: Edition
    rendered: RenderedEdition
    page: str | None  # what its web copy shows, where that is more than the mail
    links: ReaderLinks
    carried: Sequence[EditionStory]  # all that it had to tell
    covers_after: int  # the last publication that the reader was told of before
    covers_up_to: int
    grouped: Grouped


def build(
    work: Work, subscriber: Subscriber, known: KnownReader, local_date: date, until: int
) -> Preview:
    """Of what is published up to `until`, all that the reader was not told yet."""
    connection, reader_id = work.connection, known.reader_id
    articles = edition_material.untold_articles(
        connection,
        reader_id,
        subscriber.topics,
        subscriber.min_score,
        known.starts_after,
        until,
    )
    last = digests.last_edition(connection, reader_id)
    told = digests.last_told(connection, reader_id)
    since = max(told.covers_up_to if told else 0, known.starts_after)
    grouped = edition_entries.group(
        work,
        subscriber.topics,
        subscriber.min_score,
        sorted({article.article_id for article in articles}),
        until,
        last.edition_id if last else None,
    )
    material = _material(connection, known, articles, (since, until), told, grouped)
    own = links_of(work.settings, known.reader_id, subscriber.name, local_date)
    composed = compose(subscriber, local_date, material, own)
    if told_in_ours := translations(work.settings, subscriber, composed.edition):
        material = replace(material, translations=told_in_ours)
        composed = compose(subscriber, local_date, material, own)
    carried = _carried(articles, composed)
    return Preview(
        composed.edition, composed.rendered, composed.page, own, carried, since, until, grouped
    )


def links_of(settings: Settings, reader_id: ReaderId, name: str, local_date: date) -> ReaderLinks:
    """Signed addresses of the product's pages; without those a mail to the sender that names the
    reader: whoever keeps subscribers.yaml reads it."""
    if not (settings.public_url and settings.link_secret):
        sender = settings.mail_from.rpartition("<")[2].rstrip(">")
        return ReaderLinks(f"mailto:{sender}?subject=unsubscribe%20{quote(name)}")

    def signed(purpose: links.Purpose) -> str:
        link = Link(reader_id, purpose, local_date)
        return links.address(settings.public_url, link, settings.link_secret)

    return ReaderLinks(signed("unsubscribe"), signed("edition"), signed("preferences"))


def _carried(articles: Sequence[FlaggedArticle], composed: Composed) -> list[EditionStory]:
    """What does not fit into the mail is told if the mail leads to a page that has it."""
    told = composed.edition.told
    return [
        EditionStory(
            article.topic,
            article.story_id,
            article.article_id,
            is_told=composed.page is not None or (article.topic, article.article_id) in told,
            headline=told.get((article.topic, article.article_id), ""),
        )
        for article in articles
    ]


def _material(
    connection: Connection,
    known: KnownReader,
    articles: Sequence[FlaggedArticle],
    covers: tuple[int, int],
    last_told: EditionHead | None,
    grouped: Grouped,
) -> Material:
    since, until = covers
    to_tell = {article.article_id for article in articles}
    events = [event for event in _events(grouped) if event.article_ids & to_tell]
    story_ids = sorted({article.story_id for article in articles})
    of_events = sorted({*story_ids}.union(*(event.story_ids for event in events)))
    return Material(
        articles=articles,
        last_told=last_told.local_date if last_told else None,
        stories=edition_material.story_facts(connection, story_ids, until),
        known=frozenset(edition_material.told_before(connection, known.reader_id, of_events)),
        called=edition_material.called_before(connection, known.reader_id, of_events),
        events=events,
        outlets_before=edition_material.outlets_by(connection, of_events, since),
        unchanged=_unchanged(connection, last_told, articles, events),
        topic_names=edition_material.topic_names(connection),
        reading=edition_material.reading(connection, since, until),
    )


def _events(grouped: Grouped) -> Iterator[EventReports]:
    for entry in grouped.entries:
        stories = frozenset(grouped.story_of[article_id] for article_id in entry.article_ids)
        yield EventReports(frozenset(entry.article_ids), stories)


def _unchanged(
    connection: Connection,
    last: EditionHead | None,
    articles: Sequence[FlaggedArticle],
    events: Sequence[EventReports],
) -> int:
    """How many stories the last edition told of which this one tells nothing new: neither a story
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
    number_of = store_entries.numbers_in(connection, last.edition_id)
    has_something: dict[tuple[EntryNumber | None, StoryId | None], bool] = {}
    for story in _told_by(connection, last.edition_id):
        number = number_of.get(story.article_id)
        key = number, story.story_id if number is None else None
        is_told = story.story_id in fresh or story.article_id in retold
        has_something[key] = has_something.get(key, False) or is_told
    return sum(not new for new in has_something.values())


def _told_by(connection: Connection, edition_id: EditionId) -> list[EditionStory]:
    return [story for story in digests.stories_of(connection, edition_id) if story.is_told]
