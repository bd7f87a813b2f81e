"""From flagged articles to an edition: each event once, the most important first, within words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from newswatch.digest.edition import Edition, Material, ShownStory, TopicSection
from newswatch.digest.events import shown_stories
from newswatch.digest.room import FRAME, fitted, headline_words, how_many
from newswatch.digest.subscribers import Subscriber
from newswatch.digest.wording import (
    asked_of,
    covers_of,
    heading_of,
    preheader_of,
    subject_of,
    summary_of,
)
from newswatch.text.scripts import words_in

BRIEF = 5  # lines before the sections
BRIEF_FROM = 7  # stories; with fewer the brief would be the edition again
PASSING = 4  # mentions in passing that are named
_PASSING_SHARE = 0.1  # of the words


def build_edition(
    reader: Subscriber, local_date: date, material: Material, words: int | None = None
) -> Edition:
    """Within `words`, or the reader's own number; sections in the reader's order of topics."""
    words = reader.words if words is None else words
    stories = shown_stories(reader, material)
    if material.rhythm == "alert" and reader.alerts is not None:
        stories = [story for story in stories if reader.alerts.are_reached(story)]
    main = [story for story in stories if story.salience != "passing"]
    passing = [story for story in stories if story.salience == "passing"]
    if material.rhythm != "daily":  # of a week only what is more than an aside
        stories, passing = main, []
    in_brief = main[:BRIEF] if len(main) >= BRIEF_FROM else []
    words -= FRAME + sum(words_in(story.title) for story in in_brief)
    named = passing[: min(PASSING, how_many(passing, words * _PASSING_SHARE, headline_words))]
    words -= sum(map(headline_words, named))
    return Edition(
        rhythm=material.rhythm,
        subscriber=reader.name,
        local_date=local_date,
        timezone=str(reader.timezone),
        heading=heading_of(material.rhythm, local_date),
        subject=subject_of(material.rhythm, local_date, stories, reader),
        preheader=preheader_of(stories, reader),
        summary=summary_of(stories),
        covers=covers_of(material.rhythm, local_date, material.last_told),
        in_brief=tuple(in_brief),
        sections=_sections(reader, main, material, words),
        elsewhere=() if material.rhythm == "alert" else _elsewhere(reader, main, material),
        quiet=() if material.rhythm == "alert" else _quiet(reader, main, material),
        passing=tuple(named),
        more_passing=tuple(passing[len(named) :]),
        unchanged=material.unchanged,
        topic_names=material.topic_names,
        articles_read=material.reading.articles,
        outlets_read=material.reading.outlets,
        asked=asked_of(reader.alerts) if reader.alerts and material.rhythm == "alert" else "",
    )


def _sections(
    reader: Subscriber, stories: Sequence[ShownStory], material: Material, words: int
) -> tuple[TopicSection, ...]:
    by_topic = [[story for story in stories if story.topics[0] == topic] for topic in reader.topics]
    return tuple(
        TopicSection(
            topic=topic,
            name=material.topic_names.get(topic, topic),
            stories=tuple(own[: fit.full]),
            headlines=tuple(own[fit.full : fit.full + fit.headlines]),
            more=len(own) - fit.full - fit.headlines,
        )
        for topic, own, fit in zip(reader.topics, by_topic, fitted(by_topic, words), strict=True)
        if own
    )


def _elsewhere(
    reader: Subscriber, stories: Sequence[ShownStory], material: Material
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Topics that have no section, since all their stories tell more of another."""
    main = {story.topics[0] for story in stories}
    return tuple(
        (
            material.topic_names.get(topic, topic),
            tuple(
                material.topic_names.get(other, other)
                for other in reader.topics
                if any(story.topics[0] == other and topic in story.topics for story in stories)
            ),
        )
        for topic in reader.topics
        if topic not in main and any(topic in story.topics for story in stories)
    )


def _quiet(
    reader: Subscriber, stories: Sequence[ShownStory], material: Material
) -> tuple[str, ...]:
    told = {topic for story in stories for topic in story.topics}
    return tuple(
        material.topic_names.get(topic, topic) for topic in reader.topics if topic not in told
    )
