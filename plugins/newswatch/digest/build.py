"""From flagged articles to an edition: grouped by event, new ones first, what is known last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate, chain
from typing import Literal

from newswatch.models import (
    ArticleId,
    FlaggedArticle,
    Reading,
    Salience,
    StoryFacts,
    StoryId,
    TopicStory,
)
from newswatch.text.excerpt import beginning, ending
from newswatch.text.language import name_of

MOST_STORIES = 60  # an edition's HTML must stay under 85 kB
MOST_DEVELOPMENTS = 3  # of a story, the newest; so many together take the room of a story
DEVELOPMENT_LENGTH = 160  # characters of its sentence


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence in three parts: before the match, the match, after it."""

    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True)
class Development:
    """What an article of the story told first, by its first new sentence."""

    outlet: str
    url: str
    seen_at: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class EventReports:
    """Reports of one event, in any language, with those that earlier editions told; and the stories
    that they are stored in."""

    article_ids: frozenset[ArticleId]
    story_ids: frozenset[StoryId]


@dataclass(frozen=True, slots=True)
class ShownStory:
    state: Literal["new", "developing"]
    story_id: StoryId
    article_id: ArticleId
    title: str
    url: str
    outlets: tuple[str, ...]
    new_outlets: int  # since the last edition
    first_seen_at: datetime
    last_seen_at: datetime
    score: float
    salience: Salience
    reason: str
    evidence: Evidence
    language: str | None
    also_in: tuple[str, ...]  # the other languages that it is told in, by their English names
    carried: tuple[tuple[StoryId, ArticleId], ...]  # each stored story, and what stands for it
    developments: tuple[Development, ...]  # the newest first
    more_developments: int  # that did not fit
    copies: int


@dataclass(frozen=True, slots=True)
class TopicSection:
    topic: str
    name: str
    stories: tuple[ShownStory, ...]
    more: int  # stories that did not fit
    unchanged: int


@dataclass(frozen=True, slots=True)
class Edition:
    """One day's brief for one subscriber."""

    subscriber: str
    local_date: date
    timezone: str
    subject: str
    summary: str
    sections: tuple[TopicSection, ...]
    articles_read: int
    outlets_read: int
    feeds_failing: int

    @property
    def stories(self) -> int:
        return sum(len(section.stories) for section in self.sections)


@dataclass(frozen=True, slots=True)
class Material:
    """All that an edition is built from."""

    articles: Sequence[FlaggedArticle]
    stories: Sequence[StoryFacts]
    known: frozenset[TopicStory]  # what earlier editions showed
    events: Sequence[EventReports]  # what is in none stands with its story
    outlets_before: Mapping[StoryId, Collection[str]]  # of each story at the last edition
    unchanged: Mapping[str, int]  # stories of a topic that the last edition showed
    topic_names: Mapping[str, str]
    reading: Reading


def build_edition(
    subscriber: str, topics: Sequence[str], timezone: str, local_date: date, material: Material
) -> Edition:
    """Sections in the subscriber's order of topics, each with its strongest stories first."""
    room = MOST_STORIES * MOST_DEVELOPMENTS  # in developments
    sections = []
    for topic in topics:
        stories = _stories(topic, material)
        shown = _fitting(stories, room)
        sections.append(
            TopicSection(
                topic,
                material.topic_names.get(topic, topic),
                shown,
                len(stories) - len(shown),
                material.unchanged.get(topic, 0),
            )
        )
        room -= sum(map(_size, shown))
    return Edition(
        subscriber=subscriber,
        local_date=local_date,
        timezone=timezone,
        subject=_subject(sections, local_date),
        summary=_summary(sections, material),
        sections=tuple(sections),
        articles_read=material.reading.articles,
        outlets_read=material.reading.outlets,
        feeds_failing=material.reading.feeds_failing,
    )


def split_evidence(sentence: str, matched: str) -> Evidence:
    """The sentence around its match; a very long one is cut at words, the match never."""
    at = sentence.find(matched)
    if at < 0:
        return Evidence("", matched, "")
    before, after = sentence[:at], sentence[at + len(matched) :]
    return Evidence(ending(before, 220), matched, beginning(after, 260))


def _fitting(stories: Sequence[ShownStory], room: int) -> tuple[ShownStory, ...]:
    """The first ones, as far as there is room; it and sizes are in developments."""
    ends = accumulate(map(_size, stories))
    return tuple(story for story, end in zip(stories, ends, strict=True) if end <= room)


def _size(story: ShownStory) -> int:
    return MOST_DEVELOPMENTS + len(story.developments)


def _stories(topic: str, material: Material) -> list[ShownStory]:
    event_of = {article_id: event for event in material.events for article_id in event.article_ids}
    groups: dict[EventReports, list[FlaggedArticle]] = {}
    for article in material.articles:
        if article.topic == topic:
            alone = EventReports(frozenset(), frozenset((article.story_id,)))
            groups.setdefault(event_of.get(article.article_id, alone), []).append(article)
    whole = _whole_stories(groups.values(), material.stories)
    shown = [
        _shown(topic, event, articles, facts, material)
        for (event, articles), facts in zip(groups.items(), whole, strict=True)
    ]
    return sorted(shown, key=lambda story: (story.state != "new", -story.score, story.story_id))


def _whole_stories(
    groups: Iterable[Sequence[FlaggedArticle]], stories: Sequence[StoryFacts]
) -> list[list[StoryFacts]]:
    """Of each group the stories that it has most articles of: a stored story may hold two events,
    and its outlets and copies are told of one of them only."""
    counts = [Counter(article.story_id for article in articles) for articles in groups]
    owner = {
        story.story_id: max(
            range(len(counts)), key=lambda place: (counts[place][story.story_id], -place), default=0
        )
        for story in stories
    }
    return [
        [story for story in stories if owner[story.story_id] == place and count[story.story_id]]
        for place, count in enumerate(counts)
    ]


def _shown(
    topic: str,
    event: EventReports,
    articles: Sequence[FlaggedArticle],
    stories: Sequence[StoryFacts],
    material: Material,
) -> ShownStory:
    by_strength = sorted(articles, key=lambda article: (-article.score, article.article_id))
    face = by_strength[0]
    developments = _developments(articles, face.sentence)
    story_ids = event.story_ids | {article.story_id for article in articles}
    told = any(TopicStory(topic, story_id) in material.known for story_id in story_ids)
    outlets = {article.outlet for article in articles}.union(*(own.outlets for own in stories))
    before = set(chain.from_iterable(material.outlets_before.get(own, ()) for own in story_ids))
    seen = [article.seen_at for article in articles]
    return ShownStory(
        state="developing" if told else "new",
        story_id=face.story_id,
        article_id=face.article_id,
        title=face.title,
        url=face.url,
        outlets=(face.outlet, *sorted(outlets - {face.outlet})),
        new_outlets=len(outlets - before) if told else 0,
        first_seen_at=min([*seen, *(own.first_seen_at for own in stories)]),
        last_seen_at=max([*seen, *(own.last_seen_at for own in stories)]),
        score=face.score,
        salience=face.salience,
        reason=face.reason,
        evidence=split_evidence(face.sentence, face.matched),
        language=face.language,
        also_in=_languages(by_strength),
        carried=tuple(
            {article.story_id: article.article_id for article in reversed(by_strength)}.items()
        ),
        developments=developments[:MOST_DEVELOPMENTS],
        more_developments=max(0, len(developments) - MOST_DEVELOPMENTS),
        copies=sum(own.copies for own in stories),
    )


def _languages(articles: Sequence[FlaggedArticle]) -> tuple[str, ...]:
    """Those that are not the first one's."""
    others = {article.language for article in articles} - {articles[0].language, None}
    return tuple(sorted(name_of(language) for language in others if language))


def _developments(articles: Sequence[FlaggedArticle], shown: str) -> tuple[Development, ...]:
    """The newest first; not the one whose sentence is shown as evidence."""
    newest = sorted(
        articles, key=lambda article: (article.seen_at, article.article_id), reverse=True
    )
    return tuple(
        Development(
            article.outlet,
            article.url,
            article.seen_at,
            beginning(article.new_sentence, DEVELOPMENT_LENGTH),
        )
        for article in newest
        if article.new_sentence is not None and article.new_sentence != shown
    )


def _subject(sections: Sequence[TopicSection], local_date: date) -> str:
    counts = [
        f"{section.name} {len(section.stories) + section.more}"
        for section in sections
        if section.stories
    ]
    day = f"{local_date.day} {local_date:%B}"
    return f"{day}: {' · '.join(counts)}" if counts else f"{day}: nothing new"


def _summary(sections: Sequence[TopicSection], material: Material) -> str:
    articles, outlets = material.reading.articles, material.reading.outlets
    read = f"{_many(articles, 'article')} read from {_many(outlets, 'outlet')}"
    new = sum(story.state == "new" for section in sections for story in section.stories)
    developing = sum(len(section.stories) for section in sections) - new
    if not new and not developing:
        names = ", ".join(section.name for section in sections)
        return f"Nothing new on {names}. {read}."
    parts = [_many(new, "new story", "new stories")] if new else []
    parts += [f"{developing} developing"] if developing else []
    return f"{' and '.join(parts)}. {read}."


def _many(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
