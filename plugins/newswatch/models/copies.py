"""Records of copies and stories: is it new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DuplicateKind = Literal[
    "exact",  # the same text
    "near",  # most of it
    "contained",  # all of it, inside a longer text
    "revision",  # the outlet's text under a headline that it gave without: a newer wording of that
]
ChangeKind = Literal["number", "place", "name", "day", "polarity"]
OriginalRelation = Literal[
    "update",  # tells more, or otherwise, than the text that it was made from
    "template",  # the same words about something else
    "contains",  # an earlier text stands in it
    "part",  # of an earlier text that reports on several things
    "related",  # shares passages
]
ChangePlace = Literal["headline", "lead", "body"]
StoryRole = Literal[
    "first",  # no earlier article in its story
    "copy",  # a duplicate, of an article or of a seed
    "development",  # tells what the story did not have
    "independent",  # own words on what was told already
]
StoryChangeKind = Literal["merge", "split", "version"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words that stands in both texts; offsets are code points, end exclusive."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of an earlier text and what a newer one says in its place, as each writes it; `before`
    is empty of what is named for the first time."""

    kind: ChangeKind
    before: str
    after: str
    place: ChangePlace


@dataclass(frozen=True, slots=True)
class RevisionMeasures:
    """A newer wording of an article against the one before; shares are of word-4-grams, 0 to 1."""

    coverage: float  # of the newer that stands in the earlier
    coverage_of_earlier: float
    jaccard: float
    passages: tuple[Passage, ...]  # the longest; a is the earlier
    reason: str
    algorithm_version: int
