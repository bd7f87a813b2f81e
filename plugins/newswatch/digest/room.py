"""What fits into a number of words: some stories in full, more by their headlines, the rest not.

Each section gets its share: sections are gone through in turns, a story of each a turn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from newswatch.digest.edition import ShownStory
from newswatch.text.scripts import words_in

MOST_OUTLETS = 3  # that are named
FRAME = 90  # words of an edition that tells nothing: its head and its foot
_HEADLINES = 0.5  # of the room, before any story is told in full
_META = 9  # words of the line below a headline, beside the outlets
_LINE = 1  # of a headline that stands alone, beside the outlet


@dataclass(frozen=True, slots=True)
class Fitted:
    """How many stories of a section are told in full, and how many more by their headlines."""

    full: int
    headlines: int


def fitted(sections: Sequence[Sequence[ShownStory]], words: int) -> list[Fitted]:
    """Within `words`; the first story of every section is told in any case, by its headline."""
    lines, spent = _taken(sections, words * _HEADLINES, headline_words)
    told = [own[:line] for own, line in zip(sections, lines, strict=True)]
    full, _ = _taken(told, words - spent, _more_in_full, least=0)
    return [Fitted(some, line - some) for some, line in zip(full, lines, strict=True)]


def _taken(
    sections: Sequence[Sequence[ShownStory]],
    room: float,
    cost: Callable[[ShownStory], int],
    least: int = 1,
) -> tuple[list[int], int]:
    """How many of the first stories of each section fit, a story a turn, and what they cost; the
    first `least` of each are taken in any case. A section ends with the first that does not fit."""
    taken, spent = [0] * len(sections), 0
    for turn, stories in enumerate(zip_longest(*sections)):
        for place, story in enumerate(stories):
            if story is None or taken[place] < turn:
                continue
            if turn < least or spent + cost(story) <= room:
                taken[place] += 1
                spent += cost(story)
    return taken, spent


def how_many(stories: Sequence[ShownStory], words: float, cost: Callable[[ShownStory], int]) -> int:
    """How many of the first stories fit."""
    for number, story in enumerate(stories):
        words -= cost(story)
        if words < 0:
            return number
    return len(stories)


def headline_words(story: ShownStory) -> int:
    texts = (story.title, story.outlets[0], story.foreign, story.translation)
    return sum(map(words_in, texts)) + _LINE


def full_words(story: ShownStory) -> int:
    texts = [
        story.title,
        story.translation,
        story.called,
        *story.outlets[:MOST_OUTLETS],
        *story.also_in,
    ]
    if story.quote is not None:
        evidence = story.quote.evidence
        texts += [evidence.before, evidence.match, evidence.after, story.quote.outlet]
    texts += [text for added in story.developments for text in (added.sentence, added.outlet)]
    meta = _META + 3 * len(story.developments) + 2 * (len(story.topics) - 1)
    return sum(map(words_in, texts)) + meta


def _more_in_full(story: ShownStory) -> int:
    return full_words(story) - headline_words(story)
