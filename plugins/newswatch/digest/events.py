"""Which flagged reports are one entry of an edition, and whose the facts of a stored story are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from newswatch.digest.edition import EventReports, Material, ShownStory
from newswatch.digest.ranking import importance, order
from newswatch.digest.story import story_of
from newswatch.digest.subscribers import Subscriber
from newswatch.models import FlaggedArticle, StoryFacts


def shown_stories(reader: Subscriber, material: Material) -> list[ShownStory]:
    """Every event once, whatever its topics, the most important first."""
    shown = list(_shown(reader, material))
    newest = max((story.last_seen_at for story in shown), default=None)
    if newest is None:
        return []
    return sorted(
        (replace(story, importance=importance(story, newest)) for story in shown), key=order
    )


def _shown(reader: Subscriber, material: Material) -> Iterator[ShownStory]:
    event_of = {article_id: event for event in material.events for article_id in event.article_ids}
    groups: dict[EventReports, list[FlaggedArticle]] = {}
    for article in material.articles:
        alone = EventReports(frozenset(), frozenset((article.story_id,)))
        groups.setdefault(event_of.get(article.article_id, alone), []).append(article)
    whole = _whole_stories(groups.values(), material.stories)
    for (event, articles), facts in zip(groups.items(), whole, strict=True):
        yield story_of(reader, event, articles, facts, material)


def _whole_stories(
    groups: Iterable[Sequence[FlaggedArticle]], stories: Sequence[StoryFacts]
) -> list[list[StoryFacts]]:
    """Of each group the stories that it has most reports of: a stored story may hold two events,
    and its outlets and copies are told of one of them only."""
    counts = [
        Counter({article.article_id: article.story_id for article in articles}.values())
        for articles in groups
    ]
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
