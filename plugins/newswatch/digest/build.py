"""From flagged articles to an edition: each event once, the most important first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from newswatch.digest.edition import Edition, Material, ShownStory, TopicSection
from newswatch.digest.events import shown_stories
from newswatch.digest.room import EditionPart, Kind, parts_of
from newswatch.digest.subscribers import Subscriber
from newswatch.digest.wording import (
    asked_of,
    covers_of,
    heading_of,
    main_of,
    preheader_of,
    subject_of,
    summary_of,
)


def stories_for(reader: Subscriber, material: Material) -> list[ShownStory]:
    """All that there is to tell them, the most important first."""
    stories = shown_stories(reader, material)
    if material.rhythm == "alert" and reader.alerts is not None:
        stories = [story for story in stories if reader.alerts.are_reached(story)]
    if material.rhythm != "daily":  # of a week only what is more than an aside
        stories = main_of(stories)
    return stories


def build_edition(
    reader: Subscriber,
    local_date: date,
    material: Material,
    stories: Sequence[ShownStory],
    parts: Sequence[EditionPart] | None = None,
) -> Edition:
    """With these parts of the stories, or without any cut; sections in the reader's order of
    topics."""
    main = main_of(stories)
    passing = [story for story in stories if story.salience == "passing"]
    is_whole = parts is None
    parts = parts_of(stories, reader.topics) if parts is None else parts
    kept: Counter[tuple[Kind, int]] = Counter((part.kind, part.story) for part in parts)
    named = len(passing) if is_whole else sum(kind == "passing" for kind, _ in kept)
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
        in_brief=tuple(story for place, story in enumerate(stories) if kept["brief", place]),
        sections=tuple(_sections(reader, stories, material, kept, is_whole)),
        elsewhere=() if material.rhythm == "alert" else _elsewhere(reader, main, material),
        only_passing=_names(reader, material, _topics_of(passing) - _topics_of(main)),
        quiet=()
        if material.rhythm == "alert"
        else _names(reader, material, set(reader.topics) - _topics_of(stories)),
        passing=tuple(passing[:named]),
        more_passing=tuple(passing[named:]),
        unchanged=material.unchanged,
        topic_names=material.topic_names,
        articles_read=material.reading.articles,
        outlets_read=material.reading.outlets,
        asked=asked_of(reader.alerts) if reader.alerts and material.rhythm == "alert" else "",
    )


def _sections(
    reader: Subscriber,
    stories: Sequence[ShownStory],
    material: Material,
    kept: Mapping[tuple[Kind, int], int],
    is_whole: bool,
) -> Iterator[TopicSection]:
    for topic in reader.topics:
        own = [
            (place, story)
            for place, story in enumerate(stories)
            if story.salience != "passing" and story.topics[0] == topic
        ]
        told = [(place, story) for place, story in own if kept["headline", place]]
        if own:
            yield TopicSection(
                topic=topic,
                name=material.topic_names.get(topic, topic),
                stories=tuple(
                    story if is_whole else _with_developments(story, kept["development", place])
                    for place, story in told
                    if kept["details", place]
                ),
                headlines=tuple(story for place, story in told if not kept["details", place]),
                more=len(own) - len(told),
            )


def _with_developments(story: ShownStory, count: int) -> ShownStory:
    return replace(
        story,
        developments=story.developments[:count],
        more_developments=len(story.developments) - count,
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


def _topics_of(stories: Sequence[ShownStory]) -> set[str]:
    return {topic for story in stories for topic in story.topics}


def _names(reader: Subscriber, material: Material, topics: AbstractSet[str]) -> tuple[str, ...]:
    """In the reader's order."""
    return tuple(
        material.topic_names.get(topic, topic) for topic in reader.topics if topic in topics
    )
