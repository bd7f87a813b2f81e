"""`subscribers.yaml`: who gets the digest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newswatch.addresses.mailbox import mailbox
from newswatch.digest.alerts import OF_ALERTS, AlertSalience, Marks, QuietHours
from newswatch.digest.due import EVERY_DAY, Timetable
from newswatch.errors import InputError
from newswatch.models import Rhythm
from newswatch.text.language import name_of, primary_of, related_to
from newswatch.yamlfile import Node, read_rows, read_yaml

OWN_LANGUAGE = "en"  # of what the brief says itself
WORDS, LEAST_WORDS, MOST_WORDS = 700, 200, 5_000
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A reader. `send_at` is local time; `topics` are in the order they are shown; `weekdays` count
    from Monday, 0; `languages` are primary tags; `words` are what an edition may have.

    `channel` is the secret address of a service, in place of mail; `email` then says what people
    may see of it. `rhythms` are those of a timetable: the daily brief, the review on `review_on`.
    Who has no `alerts` is told of nothing at once."""

    name: str
    email: str
    timezone: ZoneInfo
    send_at: time
    topics: tuple[str, ...]
    weekdays: frozenset[int] = EVERY_DAY
    min_score: float = 0.0
    active: bool = True
    languages: tuple[str, ...] = (OWN_LANGUAGE,)
    words: int = WORDS
    rhythms: tuple[Rhythm, ...] = ("daily",)
    review_on: int = 6
    alerts: Marks | None = None
    channel: str = field(default="", repr=False)

    def reads(self, language: str | None) -> bool:
        return language is not None and any(language in related_to(own) for own in self.languages)

    def timetable(self, rhythm: Rhythm) -> Timetable:
        """Of the daily brief, or of the review."""
        days = frozenset((self.review_on,)) if rhythm == "weekly" else self.weekdays
        return Timetable(self.timezone, self.send_at, days)


@dataclass(frozen=True, slots=True)
class LoadedSubscribers:
    """The readers whose rows could be read, and why the others could not.

    `names` are those of wrong rows as well; None stands for one that cannot be told.
    """

    readers: tuple[Subscriber, ...]
    errors: tuple[InputError, ...]
    names: frozenset[str | None]

    def renamed(self, known: Mapping[str, str]) -> dict[str, str]:
        """Known names to new ones, of readers who only changed their name; `known` has the address
        of each.

        That is a new name with the address of a known reader who is gone. An address that several
        of either have tells nothing.
        """
        if None in self.names:
            return {}
        gone = {name: email for name, email in known.items() if name not in self.names}
        new = {reader.name: reader.email for reader in self.readers if reader.name not in known}
        old_names, new_names = _by_address(gone), _by_address(new)
        return {old_names[email]: new_names[email] for email in old_names.keys() & new_names.keys()}


def _by_address(emails: Mapping[str, str]) -> dict[str, str]:
    """The name of each address that one name alone has."""
    counts = Counter(emails.values())
    return {email: name for name, email in emails.items() if counts[email] == 1}


# What people may see of a service's address. Raises `ValueError` for one that leads to none.
PlaceOf = Callable[[str], str]


def load_subscribers(
    path: Path, known_topics: Collection[str], place_of: PlaceOf
) -> LoadedSubscribers:
    """The readers of the file; a wrong row costs itself only, and so does a topic that is none of
    `known_topics` (where none is known, any will do).

    Raises `InputError` with file, line, column and the mend if the file holds no list of them.
    """
    root = read_yaml(path).mapping(required=("subscribers",))
    lines: dict[str, int] = {}
    names: set[str | None] = set()

    def read(node: Node) -> Subscriber:
        names.add(_name(node))
        subscriber = _subscriber(node, known_topics, place_of)
        if subscriber.name in lines:
            node.fail(
                f"{subscriber.name!r} stands twice",
                f"give each subscriber a name of its own: the first is on line"
                f" {lines[subscriber.name]}",
            )
        lines[subscriber.name] = node.line
        return subscriber

    readers, errors = read_rows(root["subscribers"], read)
    return LoadedSubscribers(tuple(readers), tuple(errors), frozenset(names))


def _name(node: Node) -> str | None:
    """The name in a row that may be wrong; None if it cannot be told."""
    try:
        return node.entries()["name"][1].text() or None
    except (InputError, KeyError):
        return None


def _subscriber(node: Node, known_topics: Collection[str], place_of: PlaceOf) -> Subscriber:
    row = node.mapping(
        required=("name", "timezone", "send_at", "topics"),
        optional=(
            *("weekdays", "min_score", "active", "languages", "words"),
            *("rhythms", "review_on", "alerts", "email", "channel"),
        ),
    )
    name = row["name"].text()
    if not name:
        row["name"].fail("the subscriber has no name", "write one: editions are kept under it")
    if "email" in row and "channel" in row:
        row["channel"].fail("both email and channel", "name one: editions go to one place")
    if "email" not in row and "channel" not in row:
        node.fail("neither email nor channel", "name one: editions go there")
    return Subscriber(
        name=name,
        email=_email(row["email"]) if "email" in row else _place(row["channel"], place_of),
        channel=row["channel"].text() if "channel" in row else "",
        timezone=_zone(row["timezone"]),
        send_at=_time(row["send_at"]),
        topics=_topics(row["topics"], known_topics),
        weekdays=_weekdays(row["weekdays"]) if "weekdays" in row else EVERY_DAY,
        min_score=row["min_score"].number(0, 1) if "min_score" in row else 0.0,
        active=row["active"].boolean() if "active" in row else True,
        languages=_languages(row["languages"]) if "languages" in row else (OWN_LANGUAGE,),
        words=int(row["words"].number(LEAST_WORDS, MOST_WORDS)) if "words" in row else WORDS,
        rhythms=_rhythms(row["rhythms"]) if "rhythms" in row else ("daily",),
        review_on=WEEKDAYS.index(row["review_on"].one_of(WEEKDAYS)) if "review_on" in row else 6,
        alerts=_marks(row["alerts"]) if "alerts" in row else None,
    )


def _email(node: Node) -> str:
    email = mailbox(node.text())
    if email is None:
        node.fail(f"{node.text()!r} is no mail address", "write name@host")
    return email


def _place(node: Node, place_of: PlaceOf) -> str:
    """The address itself stands in no message: it is secret."""
    try:
        return place_of(node.text())
    except ValueError as error:
        node.fail(str(error), "write it as in ntfy://host/topic: appriseit.com/services")


def _topics(node: Node, known: Collection[str]) -> tuple[str, ...]:
    """In the order in which the reader is shown them; where no topic is known, any will do."""
    found = _once(node, tuple(sorted(known)), "name each topic once")
    if not found:
        node.fail("no topics", "name at least one")
    return tuple(found)


def _languages(node: Node) -> tuple[str, ...]:
    """Primary tags, the one that the reader likes best first."""
    found: list[str] = []
    for item in node.items():
        language = primary_of(item.text())
        if language is None or name_of(language) == language:
            item.fail(f"{item.text()!r} is no language", "write its tag, as in en, ar or zh")
        if language in found:
            item.fail(f"{language!r} stands twice", "name each language once")
        found.append(language)
    if not found:
        node.fail("no languages", "name at least one, or leave the line out")
    return tuple(found)


def _weekdays(node: Node) -> frozenset[int]:
    found = _once(node, WEEKDAYS, "name each day once")
    if not found:
        node.fail("no days", f"name some of {', '.join(WEEKDAYS)}, or leave weekdays out")
    return frozenset(map(WEEKDAYS.index, found))


def _rhythms(node: Node) -> tuple[Rhythm, ...]:
    """None of them is for who wants alerts only."""
    known: tuple[Rhythm, ...] = ("daily", "weekly")
    found = _once(node, known, "name each rhythm once")
    return tuple(rhythm for rhythm in known if rhythm in found)


def _marks(node: Node) -> Marks:
    row = node.mapping(optional=("outlets", "score", "salience", "quiet"))
    if not row.keys() - {"quiet"}:
        node.fail(
            "no mark", "name outlets, score or salience: all that are named are to be reached"
        )
    return Marks(
        outlets=int(row["outlets"].number(1, 1_000)) if "outlets" in row else 1,
        score=row["score"].number(0, 1) if "score" in row else 0.0,
        salience=_salience(row["salience"]) if "salience" in row else "body",
        quiet=_hours(row["quiet"]) if "quiet" in row else None,
    )


def _salience(node: Node) -> AlertSalience:
    return OF_ALERTS[OF_ALERTS.index(node.one_of(OF_ALERTS))]


def _hours(node: Node) -> QuietHours:
    start, dash, end = node.text().partition("-")
    if not (dash and _CLOCK.fullmatch(start) and _CLOCK.fullmatch(end) and start != end):
        node.fail(f"{node.text()!r} are no hours", 'write "22:00-07:00"')
    return QuietHours(time.fromisoformat(start), time.fromisoformat(end))


def _once(node: Node, known: Sequence[str], mend: str) -> list[str]:
    found: list[str] = []
    for item in node.items():
        value = item.one_of(known) if known else item.text()
        if value in found:
            item.fail(f"{value!r} stands twice", mend)
        found.append(value)
    return found


def _zone(node: Node) -> ZoneInfo:
    try:
        return ZoneInfo(node.text())
    except (ZoneInfoNotFoundError, ValueError):
        node.fail(f"{node.text()!r} is no time zone", "write Continent/City, as in Europe/Paris")


def _time(node: Node) -> time:
    if not _CLOCK.fullmatch(node.text()):
        node.fail(f"{node.text()!r} is no time of day", 'write "07:30"')
    return time.fromisoformat(node.text())
