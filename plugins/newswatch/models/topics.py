"""Records of topics: what an article mentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newswatch.models.ids import ArticleId, StoryId

Field = Literal["title", "text", "subtitle"]
MentionPart = Literal["subject", "support"]
Salience = Literal["headline", "lead", "body", "passing"]
JudgementSubject = Literal["flag", "story", "copy"]
# Of what was decided: right, wrong. Of what was not: missed, absent (rightly so), unsure.
Verdict = Literal["right", "wrong", "missed", "absent", "unsure"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence: `getattr(document, field)[start:end] == text`, always."""

    field: Field
    start: int
    end: int
    text: str
    sentence: str
    alias: str  # the alias or group that matched, as the topic names it
    part: MentionPart = "support"  # does it name the topic's subject, or support the rule?


@dataclass(frozen=True, slots=True)
class Flag:
    """One article mentions one topic, and why. `score` is in 0..1."""

    topic: str
    topic_version: str  # hash of the topic's definition
    score: float
    salience: Salience
    rule: str
    reason: str  # a sentence for people
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of a decision on an article: of its flag for the topic, of its membership
    in the story, or of its being a copy (of `original_id`; of a seed, if that is None)."""

    subject: JudgementSubject
    verdict: Verdict
    article_id: ArticleId
    why: str
    judged_by: str
    topic: str | None = None
    story_id: StoryId | None = None
    original_id: ArticleId | None = None
