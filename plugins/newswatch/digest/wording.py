"""The lines that stand for an edition: the subject, what stands beside it, and its first line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from newswatch.digest.alerts import Marks
from newswatch.digest.edition import Edition, ShownStory
from newswatch.digest.subscribers import Subscriber
from newswatch.models import Rhythm
from newswatch.text.excerpt import beginning

_BEFORE: Mapping[Rhythm, str] = {"daily": "", "weekly": "The week: ", "alert": "Alert: "}
_DAYS: Mapping[Rhythm, int] = {"daily": 1, "weekly": 7, "alert": 1}  # that it is of
SUBJECT = 90  # characters of the headline in it
PREHEADER = 150


def heading_of(rhythm: Rhythm, local_date: date) -> str:
    match rhythm:
        case "daily":
            return day_of(local_date)
        case "weekly":
            return f"The week to {day_of(local_date)}"
        case "alert":
            return f"Alert of {day_of(local_date)}"


def subject_of(
    rhythm: Rhythm, local_date: date, stories: Sequence[ShownStory], reader: Subscriber
) -> str:
    """The first story that the reader can read, and how many there are beside it; mentions in
    passing are none, and no story that a day is called by."""
    if not (told := main_of(stories)):
        what = "mentions in passing only" if stories else "nothing new"
        return f"{heading_of(rhythm, local_date)}: {what}"
    first, *others = _readable_first(told, reader)
    title = _BEFORE[rhythm] + beginning(first.title, SUBJECT)
    return f"{title} · and {len(others)} more" if others else title


def preheader_of(stories: Sequence[ShownStory], reader: Subscriber) -> str:
    """The stories that follow that of the subject."""
    first = 1 if main_of(stories) else 0
    others = [story.title for story in _readable_first(stories, reader)[first : first + 3]]
    return beginning(" · ".join(others), PREHEADER)


def summary_of(stories: Sequence[ShownStory]) -> str:
    """How many are new, how many developing; mentions in passing do not count."""
    states = [story.state for story in main_of(stories)]
    new, developing = states.count("new"), states.count("developing")
    counts = [many(new, "new story", "new stories")] if new else []
    counts += [f"{developing} developing"] if developing else []
    return " and ".join(counts)


def asked_of(marks: Marks) -> str:
    """What a story has to be like, for its reader to be told at once."""
    said = [f"told by {many(marks.outlets, 'outlet')} or more"] if marks.outlets > 1 else []
    said += [f"with a score of {marks.score:.2f} or more"] if marks.score else []
    said += [f"with the topic in the {marks.salience}"] if marks.salience != "body" else []
    return ", ".join(said) or "on their topics"


def covers_of(rhythm: Rhythm, local_date: date, last: date | None) -> str:
    """That an edition is of more days than usual, since the one before never came or was not
    due."""
    if last is None or (days := (local_date - last).days) <= _DAYS[rhythm]:
        return ""
    return f"Covers {days} days: the last edition was that of {day_of(last)}"


def unnamed_of(edition: Edition) -> str:
    """How many mentions in passing it does not name."""
    if edition.passing:
        return f"and {many(len(edition.more_passing), 'other mention')} in passing"
    return f"and {many(len(edition.more_passing), 'mention')} in passing"


def day_of(local_date: date) -> str:
    return f"{local_date:%A} {local_date.day} {local_date:%B}"


def many(number: int, one: str, several: str = "") -> str:
    """`1 story`, `2 stories`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def main_of(stories: Sequence[ShownStory]) -> list[ShownStory]:
    """Those that are more than mentions in passing."""
    return [story for story in stories if story.salience != "passing"]


def _readable_first(stories: Sequence[ShownStory], reader: Subscriber) -> list[ShownStory]:
    """Mentions in passing last, and what the reader cannot read behind what they can."""
    return sorted(stories, key=lambda story: (story.salience == "passing", bool(story.foreign)))
