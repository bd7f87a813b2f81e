"""The edition of one reader, from what the database has for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from urllib.parse import quote

from newswatch.digest import links
from newswatch.digest.alerts import NEW_WITHIN
from newswatch.digest.compose import Composed, compose
from newswatch.digest.edition import Edition, EventReports, Material
from newswatch.digest.links import Link
from newswatch.digest.render import ReaderLinks, RenderedEdition
from newswatch.digest.subscribers import Subscriber
from newswatch.models import (
    ArticleId,
    EditionId,
    EntryNumber,
    FlaggedArticle,
    ReaderId,
    Rhythm,
    StoryId,
    TopicStory,
)
from newswatch.settings import Settings
from newswatch.stages import edition_entries
from newswatch.stages.deduplicate.story_rules import story_rules_set
from newswatch.stages.edition_entries import Grouped
from newswatch.stages.job import Work
from newswatch.stages.told_since import with_news
from newswatch.stages.translate import translations
from newswatch.store import digests, edition_material
from newswatch.store import edition_entries as store_entries
from newswatch.store.digests import EditionHead, EditionStory
from newswatch.store.edition_material import Asked, ToldArticle, articles_between
from newswatch.store.publication import last_publication_before
from newswatch.store.readers import KnownReader
from newswatch.store.server.database import Connection
from newswatch.stories.rules import StoryRules

WEEK = timedelta(days=7)
# A review is of the week; after reviews that never came, of up to so long.
LONGEST_REVIEW = timedelta(days=28)


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
    work: Work,
    subscriber: Subscriber,
    known: KnownReader,
    local_date: date,
    until: int,
    rhythm: Rhythm = "daily",
) -> Preview:
    """Of what is published up to `until`, all that an edition of the rhythm has to tell."""
    connection, reader_id = work.connection, known.reader_id
    last = digests.last_edition(connection, reader_id, rhythm)
    told = digests.last_told(connection, reader_id, rhythm)
    since = _since(work, known, told, rhythm)
    asked = Asked(
        reader_id,
        subscriber.topics,
        subscriber.min_score,
        known.starts_after if rhythm == "daily" else since,
        until,
    )
    find = edition_material.untold_articles if rhythm == "daily" else articles_between
    articles = find(connection, asked)
    grouped = edition_entries.group(
        work,
        subscriber.topics,
        subscriber.min_score,
        sorted({article.article_id for article in articles}),
        until,
        last.edition_id if last else None,
    )
    rules = story_rules_set(work.settings)
    material = _material(connection, articles, asked, since, told, grouped, rhythm, rules)
    own = links_of(work.settings, known.reader_id, subscriber.name, rhythm, local_date)
    composed = compose(subscriber, local_date, material, own)
    if told_in_ours := translations(work.settings, subscriber, composed.edition):
        material = replace(material, translations=told_in_ours)
        composed = compose(subscriber, local_date, material, own)
    carried = _carried(articles, composed)
    return Preview(
        composed.edition, composed.rendered, composed.page, own, carried, since, until, grouped
    )


def _since(work: Work, known: KnownReader, told: EditionHead | None, rhythm: Rhythm) -> int:
    """The last publication before those that an edition of the rhythm is about."""
    match rhythm:
        case "daily":
            return max(told.covers_up_to if told else 0, known.starts_after)
        case "weekly":
            week = last_publication_before(work.connection, work.now - WEEK)
            longest = last_publication_before(work.connection, work.now - LONGEST_REVIEW)
            return max(longest, min(week, told.covers_up_to) if told else week)
        case "alert":
            return last_publication_before(work.connection, work.now - NEW_WITHIN)


def links_of(
    settings: Settings, reader_id: ReaderId, name: str, rhythm: Rhythm, local_date: date
) -> ReaderLinks:
    """Signed addresses of the product's pages; without those a mail to the sender that names the
    reader: whoever keeps subscribers.yaml reads it."""
    if not (settings.public_url and settings.link_secret):
        sender = settings.mail_from.rpartition("<")[2].rstrip(">")
        return ReaderLinks(f"mailto:{sender}?subject=unsubscribe%20{quote(name)}")

    def signed(purpose: links.Purpose) -> str:
        link = Link(reader_id, purpose, local_date, rhythm)
        return links.address(settings.public_url, link, settings.link_secret)

    def judge(topic: str, article_id: ArticleId) -> str:
        link = Link(reader_id, "judge", local_date, rhythm, (topic, article_id))
        return links.address(settings.public_url, link, settings.link_secret)

    page = "" if rhythm == "alert" else signed("edition")
    return ReaderLinks(signed("unsubscribe"), page, signed("preferences"), judge)


def _carried(articles: Sequence[FlaggedArticle], composed: Composed) -> list[EditionStory]:
    """What does not fit into the mail is told if the mail leads to a page that has it. Of an alert
    only what it tells is kept."""
    told = composed.edition.told
    if composed.edition.rhythm == "alert":
        articles = [item for item in articles if (item.topic, item.article_id) in told]
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
    articles: Sequence[FlaggedArticle],
    asked: Asked,
    since: int,
    last_told: EditionHead | None,
    grouped: Grouped,
    rhythm: Rhythm,
    rules: StoryRules,
) -> Material:
    reader_id, until = asked.reader, asked.until
    to_tell = {article.article_id for article in articles}
    events = [event for event in _events(grouped) if event.article_ids & to_tell]
    story_ids = sorted({article.story_id for article in articles})
    of_events = sorted({*story_ids}.union(*(event.story_ids for event in events)))
    alerted = edition_material.alerted(connection, reader_id, of_events)
    before: Rhythm = "weekly" if rhythm == "weekly" else "daily"
    told = edition_material.told_reports(connection, reader_id, before, of_events, rules.latest)
    known = edition_material.told_before(connection, reader_id, before, of_events)
    articles_told = edition_material.told_articles(connection, reader_id, before, of_events)
    if rhythm == "alert":
        known += [TopicStory(topic, story) for story in alerted for topic in asked.topics]
    else:
        events = _as_told(events, articles_told)
    return Material(
        articles=with_news(connection, articles, grouped.reports, events, told, rules),
        last_told=last_told.local_date if last_told and rhythm != "alert" else None,
        stories=edition_material.story_facts(connection, story_ids, until),
        known=frozenset(known),
        called={each.story_id: each.headline for each in reversed(articles_told) if each.headline},
        events=events,
        outlets_before=edition_material.outlets_by(connection, of_events, since),
        unchanged=_unchanged(connection, last_told, articles, events) if rhythm == "daily" else 0,
        topic_names=edition_material.topic_names(connection),
        reading=edition_material.reading(connection, since, until),
        rhythm=rhythm,
        alerted={story: at for story, at in alerted.items() if at} if rhythm == "daily" else {},
    )


def _events(grouped: Grouped) -> Iterator[EventReports]:
    for entry in grouped.entries:
        stories = frozenset(
            grouped.reports[article_id].story_id for article_id in entry.article_ids
        )
        yield EventReports(frozenset(entry.article_ids), stories)


def _as_told(events: Sequence[EventReports], told: Sequence[ToldArticle]) -> list[EventReports]:
    """An event goes on from its own reports; from others of its stored stories only if no event of
    this edition has a report of these that was told. Where several go on from one story of the
    edition before, its name is that of the event which has most of it."""
    shown = frozenset[ArticleId]().union(*(event.article_ids for event in events))
    taken_up = {each.story_id for each in told if each.article_id in shown}
    before = [
        [each for each in told if each.article_id in event.article_ids]
        or [each for each in told if each.story_id in event.story_ids - taken_up]
        for event in events
    ]
    names = [[each.headline for each in own if each.headline] for own in before]
    most = Counter({name: max(own.count(name) for own in names) for name in chain(*names)})
    found, taken = [], set[str]()
    for event, own, called in zip(events, before, names, strict=True):
        name = called[0] if called else ""
        is_its = name not in taken and called.count(name) == most[name]
        taken |= {name} if is_its else set()
        found.append(replace(event, is_told=bool(own), called=name if is_its else ""))
    return found


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
