"""The records of the room: what an edition is built from, and what it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from newswatch.models import (
    ArticleId,
    FlaggedArticle,
    Reading,
    Rhythm,
    Salience,
    StoryFacts,
    StoryId,
    TopicStory,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence in three parts: before the name, the name, after it. Where nothing is named, as in
    an outlet's summary, all of it stands in the first."""

    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What is quoted below a headline, and from where if that is not the headline's article."""

    evidence: Evidence
    language: str | None
    outlet: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Development:
    """What an article told first, by its first sentence that is new to the reader."""

    outlet: str
    url: str  # empty: the title leads there
    language: str | None
    foreign: str  # the English name of its language, if the reader reads others
    seen_at: datetime
    sentence: str
    number_before: str = ""  # what stood in place of a number of the sentence


@dataclass(frozen=True, slots=True)
class EventReports:
    """Reports of one event, in any language, with those that earlier editions told; and the stories
    that they are stored in."""

    article_ids: frozenset[ArticleId]
    story_ids: frozenset[StoryId]
    # Whether its reader was told of it, and what it was called then (empty: not known). None: it
    # counts as told if something of those stories was.
    is_told: bool | None = None
    called: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """A flagged article that is told by a story, whatever of it is shown."""

    topic: str
    story_id: StoryId
    article_id: ArticleId


@dataclass(frozen=True, slots=True)
class ShownStory:
    """One event. It stands under the topic that it tells most of; `topics` has all, that first."""

    state: Literal["new", "developing"]
    story_id: StoryId
    article_id: ArticleId
    title: str
    name: Evidence | None  # the title with the name marked, where no sentence is quoted
    url: str
    language: str | None
    foreign: str  # the English name of its language, if the reader reads others
    translation: str  # of a foreign title, by a machine; empty where there is none
    called: str  # what the edition before called it, where that is not the title; else empty
    outlets: tuple[str, ...]  # the title's first
    new_outlets: int  # since the last edition
    copies: int
    published_at: datetime | None  # the title's article, as the next
    seen_at: datetime
    last_seen_at: datetime  # any article of the story
    score: float
    salience: Salience
    topics: tuple[str, ...]
    quote: Quote | None
    also_in: tuple[str, ...]  # the other languages that it is told in, by their English names
    developments: tuple[Development, ...]  # the newest first
    carried: tuple[Carried, ...]
    alerted_at: datetime | None = None  # when its reader was told of it at once
    importance: float = 0.0
    more_developments: int = 0  # that did not fit

    @property
    def reports(self) -> int:
        """How many it tells: of copies those that were flagged for what is theirs alone."""
        return len({each.article_id for each in self.carried})

    @property
    def flag(self) -> tuple[str, ArticleId]:
        """That of the headline's article, for the foremost of its topics."""
        own = {each.topic for each in self.carried if each.article_id == self.article_id}
        return next(topic for topic in self.topics if topic in own), self.article_id


@dataclass(frozen=True, slots=True)
class TopicSection:
    """The stories of one topic, the most important first: some in full, some by their headlines."""

    topic: str
    name: str
    stories: tuple[ShownStory, ...]
    headlines: tuple[ShownStory, ...]
    more: int  # stories that did not fit

    @property
    def told(self) -> tuple[ShownStory, ...]:
        return self.stories + self.headlines


@dataclass(frozen=True, slots=True)
class Edition:
    """What one subscriber is told: a day's brief, a week's review, an alert."""

    rhythm: Rhythm
    subscriber: str
    local_date: date
    timezone: str
    heading: str
    subject: str
    preheader: str  # what a list of mails shows beside the subject
    summary: str
    covers: str  # that it is of more days than usual; else empty
    in_brief: tuple[ShownStory, ...]
    sections: tuple[TopicSection, ...]  # those that have something
    elsewhere: tuple[tuple[str, tuple[str, ...]], ...]  # other topics, and the sections they are in
    only_passing: tuple[str, ...]  # names of the topics that are named in passing only
    quiet: tuple[str, ...]  # names of the topics that have nothing
    passing: tuple[ShownStory, ...]  # what only names a topic in passing, by headlines
    more_passing: tuple[ShownStory, ...]  # of that, what is a number
    unchanged: int  # stories of the last edition
    topic_names: Mapping[str, str]
    articles_read: int
    outlets_read: int
    asked: str = ""  # what an alert's reader asked to be told of at once

    @property
    def shown(self) -> tuple[ShownStory, ...]:
        """What it tells, each story once: not what stands behind "and N more"."""
        main = (story for section in self.sections for story in section.told)
        return (*main, *self.passing, *self.more_passing)

    @property
    def stories(self) -> int:
        return len(self.shown)

    @property
    def told(self) -> dict[tuple[str, ArticleId], str]:
        """Each flagged article that its reader need not be told again, by topic, and what the
        edition calls its story."""
        return {
            (carried.topic, carried.article_id): story.title
            for story in self.shown
            for carried in story.carried
        }


@dataclass(frozen=True, slots=True)
class Material:
    """All that an edition is built from; what was told before was so in its rhythm, but that an
    alert knows what the brief told and what alerts were made of."""

    articles: Sequence[FlaggedArticle]  # all that there is to tell
    last_told: date | None  # of the last edition that was handed over to them
    stories: Sequence[StoryFacts]
    known: frozenset[TopicStory]  # what they were told of
    called: Mapping[StoryId, str]  # what the last of them called a story, the newest first
    events: Sequence[EventReports]  # what is in none stands with its story
    outlets_before: Mapping[StoryId, Collection[str]]  # of each story at the last edition
    unchanged: int  # stories that the last edition showed
    topic_names: Mapping[str, str]
    reading: Reading
    rhythm: Rhythm = "daily"
    alerted: Mapping[StoryId, datetime] = field(default_factory=dict)  # stories told at once
    translations: Mapping[str, str] = field(default_factory=dict)  # of titles
