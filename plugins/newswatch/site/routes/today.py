"""Today: by topic how much is told, and its stories; and one topic alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from newswatch.digest.edition import Evidence
from newswatch.digest.quoting import evidence_of, repeats
from newswatch.digest.ranking import importance
from newswatch.models import FlaggedArticle, PlacedMention, Salience, StoryId
from newswatch.site.attention import Attention, attention_of
from newswatch.site.routes.asked import TopicName, databases_of, pages_of
from newswatch.site.sparkline import Sparkline, sparkline
from newswatch.store.server.database import Connection
from newswatch.store.site import today as store

router = APIRouter()
DAY = timedelta(days=1)
MOST_OF_ALL, MOST_OF_ONE = 8, 60  # stories of a topic, on the page of all and on its own


@dataclass(frozen=True, slots=True)
class RankedStory:
    """A story under a topic, before it is shown; `row` and `carried` are of the store."""

    row: Mapping[str, Any]
    carried: Mapping[str, Any]

    @property
    def outlets(self) -> Sequence[str]:
        return self.carried["outlets"]  # type: ignore[no-any-return]

    @property
    def reports(self) -> int:
        """Those of the time shown: of a developing story only what is new counts."""
        return int(self.row["reports"])

    @property
    def salience(self) -> Salience:
        return self.row["salience"]  # type: ignore[no-any-return]

    @property
    def last_seen_at(self) -> datetime:
        return self.carried["last_seen_at"]  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story as the page shows it; `face` is the article that stands for it."""

    story: RankedStory
    face: Mapping[str, Any]
    evidence: Evidence | None
    bars: Sparkline
    news: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class TopicShown:
    """A topic with its stories of a day, as the page shows it."""

    topic: str
    name: str
    attention: Attention
    bars: Sparkline
    outlets: tuple[str, ...]
    words: tuple[str, ...]
    stories: tuple[StoryCard, ...]
    more: int  # stories that are not shown


@router.get("/")
def today(request: Request, day: date | None = None) -> Response:
    with databases_of(request).reading() as connection:
        until = end_of(connection, day)
        topics = topics_shown(connection, until, MOST_OF_ALL)
    return pages_of(request).answer(
        "today.html.j2", request, topics=topics, day=day, **_around(until)
    )


@router.get("/topic/{topic}")
def one_topic(request: Request, topic: TopicName, day: date | None = None) -> Response:
    with databases_of(request).reading() as connection:
        until = end_of(connection, day)
        found = topics_shown(connection, until, MOST_OF_ONE, topic)
    if not found:
        raise HTTPException(404, f"No topic {topic} has flagged anything.")
    return pages_of(request).answer(
        "topic.html.j2", request, shown=found[0], day=day, **_around(until)
    )


def end_of(connection: Connection, day: date | None) -> datetime:
    """When the day that is shown ends: at midnight UTC, or, of the present one, with the newest
    article."""
    newest = store.newest_at(connection) or datetime.now(UTC)
    if day is None or day >= newest.date():
        return newest
    return datetime.combine(day, time(0), UTC) + DAY


def _around(until: datetime) -> dict[str, Any]:
    """The day by its end, and the one before it."""
    shown = (until - timedelta(microseconds=1)).date()
    return {"until": until, "shown_day": shown, "before": shown - DAY, "after": shown + DAY}


def topics_shown(
    connection: Connection, until: datetime, most: int, topic: str | None = None
) -> list[TopicShown]:
    """What is told, topics that are told most beyond their usual first."""
    known = [row for row in store.topics(connection) if topic in (None, row["topic"])]
    days: dict[str, list[int]] = defaultdict(lambda: [0] * store.DAYS)
    for row in store.attention(connection, until):
        days[row["topic"]][-1 - row["ago"]] = row["flagged"]
    oldest = store.oldest_at(connection) or until
    before = max(0, min((until - oldest) // DAY, store.DAYS - 1))  # whole days
    outlets = _by_topic(store.driving_outlets(connection, until), "outlet")
    words = _by_topic(store.driving_words(connection, until), "word")
    ranked = _ranked(connection, until, topic)
    cards = _cards(connection, until, [s for told in ranked.values() for s in told[:most]])
    shown = [
        TopicShown(
            row["topic"],
            row["name"],
            attention_of(days[row["topic"]], before),
            sparkline(days[row["topic"]], 44),
            tuple(outlets[row["topic"]]),
            tuple(words[row["topic"]]),
            tuple(cards[row["topic"]]),
            len(ranked[row["topic"]]) - len(cards[row["topic"]]),
        )
        for row in known
    ]
    return sorted(
        shown, key=lambda each: (not each.attention.is_surge, not each.attention.last, each.name)
    )


def _by_topic(rows: Iterable[Mapping[str, Any]], column: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row["topic"]].append(row[column])
    return found


def _ranked(
    connection: Connection, until: datetime, topic: str | None
) -> dict[str, list[RankedStory]]:
    """By topic its stories, the most important first, as in the brief."""
    rows = store.stories(connection, until - DAY, until, topic)
    ids: Sequence[StoryId] = sorted({row["story_id"] for row in rows})
    carried = {row["story_id"]: row for row in store.carriers(connection, ids, until - DAY)}
    found: dict[str, list[RankedStory]] = defaultdict(list)
    for row in rows:
        found[row["topic"]].append(RankedStory(row, carried[row["story_id"]]))
    for stories in found.values():
        stories.sort(key=lambda story: (-importance(story, until), story.row["story_id"]))
    return found


def _cards(
    connection: Connection, until: datetime, stories: Sequence[RankedStory]
) -> dict[str, list[StoryCard]]:
    """By topic, in the order of the stories."""
    ids: Sequence[StoryId] = sorted({story.row["story_id"] for story in stories})
    wanted = [(story.row["topic"], story.row["article_id"]) for story in stories]
    faces = {(row["topic"], row["article_id"]): row for row in store.faces(connection, wanted)}
    news = {row["story_id"]: row for row in store.news_of(connection, ids, until - DAY, until)}
    pace: dict[StoryId, list[int]] = defaultdict(lambda: [0] * (store.DAYS - 1))
    for row in store.pace(connection, ids, until):
        pace[row["story_id"]][-1 - row["ago"]] = row["articles"]
    found: dict[str, list[StoryCard]] = defaultdict(list)
    for story in stories:
        topic, story_id = story.row["topic"], story.row["story_id"]
        face = faces[topic, story.row["article_id"]]
        evidence = _evidence(face)
        new = news.get(story_id)
        is_told = new is None or repeats(new["sentence"], face["title"])
        card = StoryCard(story, face, evidence, sparkline(pace[story_id]), None if is_told else new)
        found[topic].append(card)
    return found


def _evidence(face: Mapping[str, Any]) -> Evidence | None:
    """The sentence that the brief would quote."""
    mentions = tuple(PlacedMention(**mention, before="") for mention in face["mentions"])
    article = FlaggedArticle(
        topic=face["topic"],
        story_id=StoryId(0),
        article_id=face["article_id"],
        title=face["title"],
        url=face["url"],
        outlet=face["outlet"],
        language=face["language"],
        score=0.0,
        salience="headline",
        seen_at=datetime.now(UTC),
        summary=face["summary"],
        mentions=mentions,
    )
    return evidence_of(article, face["title"])
