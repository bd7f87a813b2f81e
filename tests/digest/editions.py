"""What an edition is built from, as small as it may be, for tests to add to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from newswatch.digest.compose import Composed, compose
from newswatch.digest.edition import Edition, EventReports, Material
from newswatch.digest.render import ReaderLinks, RenderedEdition
from newswatch.digest.subscribers import Subscriber
from newswatch.models import (
    ArticleId,
    FlaggedArticle,
    PlacedMention,
    Reading,
    StoryFacts,
    StoryId,
)

SEEN = datetime(2026, 1, 14, 6, 0, tzinfo=UTC)
DAY = date(2026, 1, 14)  # a Wednesday
LINKS = ReaderLinks("mailto:newswatch@watch.example?subject=unsubscribe%20" + "desk" * 40)
SIGNED = ReaderLinks(
    unsubscribe="https://news.example/unsubscribe/token",
    edition="https://news.example/edition/token",
    preferences="https://news.example/preferences/token",
    judge=lambda topic, article_id: f"https://news.example/judge/{topic}-{article_id}",
)
READER = Subscriber(
    name="desk",
    email="desk@paper.example",
    timezone=ZoneInfo("Europe/Berlin"),
    send_at=time(7, 30),
    topics=("witkoff", "gaza-mediators", "ukraine-talks"),
)


def mention(sentence: str, matched: str = "Witkoff", **columns: Any) -> PlacedMention:
    """The first of these words in the sentence, which begins its field."""
    usual = {
        "field": "text",
        "part": "subject",
        "matched": matched,
        "sentence": sentence,
        "before": sentence[: sentence.find(matched)][-60:],
    }
    return PlacedMention(**usual | columns)


ITEM = FlaggedArticle(
    topic="witkoff",
    story_id=StoryId(1),
    article_id=ArticleId(10),
    title="Envoy lands in Larnaca",
    url="https://paper.example/a",
    outlet="The Paper",
    language="en",
    score=0.8,
    salience="headline",
    seen_at=SEEN,
    mentions=(mention("On Monday Mr Witkoff stepped out of the plane in the rain."),),
)
STORY = StoryFacts(StoryId(1), ("The Paper", "The Post"), SEEN, SEEN)
QUIET = Material(
    articles=(),
    last_told=None,
    stories=(),
    known=frozenset(),
    called={},
    events=(),
    outlets_before={},
    unchanged=0,
    topic_names={
        "witkoff": "Steve Witkoff",
        "gaza-mediators": "Gaza mediators",
        "ukraine-talks": "Ukraine talks",
    },
    reading=Reading(articles=412, outlets=37),
)
FULL = replace(QUIET, articles=[ITEM], stories=[STORY])


def build(material: Material, reader: Subscriber = READER) -> Edition:
    return composed(material, reader).edition


def rendered(material: Material, reader: Subscriber = READER) -> RenderedEdition:
    return composed(material, reader).rendered


def composed(material: Material, reader: Subscriber = READER) -> Composed:
    return compose(reader, DAY, material, LINKS)


def story(number: int, *outlets: str, **columns: Any) -> tuple[FlaggedArticle, StoryFacts]:
    """A story of its own, with one flagged article."""
    outlets = outlets or (f"Paper {number}",)
    article = replace(
        ITEM,
        **{
            "story_id": StoryId(number),
            "article_id": ArticleId(number),
            "title": f"Event {number} takes place",
            "url": f"https://paper.example/{number}",
            "outlet": outlets[0],
        }
        | columns,
    )
    return article, replace(STORY, story_id=StoryId(number), outlets=outlets)


def of(*stories: tuple[FlaggedArticle, StoryFacts], **columns: Any) -> Material:
    articles, facts = zip(*stories, strict=True)
    return replace(QUIET, articles=articles, stories=facts, **columns)


def event(*numbers: int, stories: tuple[int, ...] = ()) -> EventReports:
    return EventReports(frozenset(map(ArticleId, numbers)), frozenset(map(StoryId, stories)))
