"""Records of the brief: what an edition is built from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newswatch.models.ids import ArticleId, StoryId
from newswatch.models.topics import Field, MentionPart, Salience


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """A mention as a reader is shown it: in its sentence, at its place there."""

    field: Field
    part: MentionPart
    matched: str
    sentence: str
    before: str  # what stands before it in the field, up to 60 characters


@dataclass(frozen=True, slots=True)
class FlaggedArticle:
    """A flagged original, with the mentions of the topic in the order of the field."""

    topic: str
    story_id: StoryId
    article_id: ArticleId
    title: str
    url: str
    outlet: str
    language: str | None
    score: float
    salience: Salience
    seen_at: datetime
    published_at: datetime | None = None
    has_text: bool = True  # a body, more than its feed's headline and summary
    is_live: bool = False  # a page that is rewritten all day long
    summary: str | None = None  # the outlet's own, or its line below the headline
    mentions: tuple[PlacedMention, ...] = ()
    new_sentence: str | None = None  # the first that tells what the reader was not told
    number_before: str = ""  # what they were told in place of a number of that sentence


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """A story as a whole, copies included, whatever the topic."""

    story_id: StoryId
    outlets: tuple[str, ...]
    first_seen_at: datetime
    last_seen_at: datetime
    copies: int = 0


@dataclass(frozen=True, slots=True)
class TopicStory:
    """A story, as it stands under one of its topics."""

    topic: str
    story_id: StoryId


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for an edition, whether it was flagged or not."""

    articles: int
    outlets: int


# What makes an edition due: a time of day, a day of the week, or a story that many tell.
Rhythm = Literal["daily", "weekly", "alert"]

DeliveryState = Literal[
    "pending", "sending", "sent", "deferred", "refused", "carried-over", "unknown", "skipped"
]
