"""What an edition has room for: its parts, the most important first, of which the last are cut.

Sections take turns, a story of each a turn, so that each gets its share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from newswatch.digest.edition import ShownStory

BRIEF = 5  # lines before the sections
BRIEF_FROM = 7  # stories; with fewer the brief would be the edition again
PASSING = 4  # mentions in passing that are named
MOST_DEVELOPMENTS = 2  # of a story, the newest
MOST_OUTLETS = 3  # that are named
# What a story tells beside its headline is as important as headlines so many times further down.
_DETAILS = 3
_DEVELOPMENT = 4

Kind = Literal["headline", "brief", "details", "development", "passing"]


@dataclass(frozen=True, slots=True)
class EditionPart:
    """What may be cut alone, of a story by its place in the edition: its line in brief, what it
    tells beside its headline, one thing that changed, and last the headline."""

    kind: Kind
    story: int
    rank: float  # the lower, the more important
    section: int = 0


def parts_of(stories: Sequence[ShownStory], topics: Sequence[str]) -> list[EditionPart]:
    """The most important first. Each section begins with a headline of rank 0, which is not cut:
    a topic that has something is never passed over."""
    parts = [*_sections(stories, topics), *_in_brief(stories), *_in_passing(stories)]
    return sorted(parts, key=lambda part: (part.rank, part.section))


def _sections(stories: Sequence[ShownStory], topics: Sequence[str]) -> Iterator[EditionPart]:
    turns = [0] * len(topics)
    for place, story in enumerate(stories):
        if story.salience == "passing":
            continue
        section = topics.index(story.topics[0])
        turn = turns[section]
        turns[section] += 1
        yield EditionPart("headline", place, turn, section)
        yield EditionPart("details", place, (turn + 1) * _DETAILS, section)
        for number in range(min(MOST_DEVELOPMENTS, len(story.developments))):
            yield EditionPart("development", place, (turn + 1) * (_DEVELOPMENT + number), section)


def _in_brief(stories: Sequence[ShownStory]) -> Iterator[EditionPart]:
    main = [place for place, story in enumerate(stories) if story.salience != "passing"]
    if len(main) >= BRIEF_FROM:
        for line, place in enumerate(main[:BRIEF], start=1):
            yield EditionPart("brief", place, line)


def _in_passing(stories: Sequence[ShownStory]) -> Iterator[EditionPart]:
    passing = [place for place, story in enumerate(stories) if story.salience == "passing"]
    for place in passing[:PASSING]:
        yield EditionPart("passing", place, inf)
