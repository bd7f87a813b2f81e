"""The lines that stand for an edition: the subject, what stands beside it, and its first line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from newswatch.digest.edition import ShownStory
from newswatch.digest.subscribers import Subscriber
from newswatch.text.excerpt import beginning

SUBJECT = 90  # characters of the headline in it
PREHEADER = 150


def subject_of(local_date: date, stories: Sequence[ShownStory], reader: Subscriber) -> str:
    """The first story that the reader can read, and how many there are beside it."""
    if not stories:
        return f"{day_of(local_date)}: nothing new"
    first, *others = _readable_first(stories, reader)
    title = beginning(first.title, SUBJECT)
    return f"{title} · and {len(others)} more" if others else title


def preheader_of(stories: Sequence[ShownStory], reader: Subscriber) -> str:
    others = [story.title for story in _readable_first(stories, reader)[1:4]]
    return beginning(" · ".join(others), PREHEADER)


def summary_of(stories: Sequence[ShownStory]) -> str:
    """How many are new, how many developing; mentions in passing do not count."""
    states = [story.state for story in stories if story.salience != "passing"]
    new, developing = states.count("new"), states.count("developing")
    counts = [many(new, "new story", "new stories")] if new else []
    counts += [f"{developing} developing"] if developing else []
    return " and ".join(counts)


def covers_of(local_date: date, last: date | None) -> str:
    """That an edition is of several days, since the one before never came or was not due."""
    if last is None or (days := (local_date - last).days) < 2:
        return ""
    return f"Covers {days} days: the last edition was that of {day_of(last)}"


def day_of(local_date: date) -> str:
    return f"{local_date:%A} {local_date.day} {local_date:%B}"


def many(number: int, one: str, several: str = "") -> str:
    """`1 story`, `2 stories`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def _readable_first(stories: Sequence[ShownStory], reader: Subscriber) -> list[ShownStory]:
    """Mentions in passing last, and what the reader cannot read behind what they can."""
    return sorted(stories, key=lambda story: (story.salience == "passing", bool(story.foreign)))
