"""Records of the brief: what an edition is built from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newswatch.models.ids import ArticleId, StoryId
from newswatch.models.topics import Salience


@dataclass(frozen=True, slots=True)
class FlaggedArticle:
    """A flagged original, with the first mention of the topic."""

    topic: str
    story_id: StoryId
    article_id: ArticleId
    title: str
    url: str
    outlet: str
    language: str | None
    score: float
    salience: Salience
    reason: str
    sentence: str  # around the mention
    matched: str
    seen_at: datetime
    new_sentence: str | None = None  # the first that told what the story did not have


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """A story as a whole, copies included, whatever the topic."""

    story_id: StoryId
    headline: str
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
    feeds_failing: int


DeliveryState = Literal["pending", "sending", "sent", "failed", "unknown", "skipped"]
