"""`subscribers.yaml`: who gets the digest."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newswatch.addresses.mailbox import is_mailbox
from newswatch.errors import InputError
from newswatch.text.language import name_of, primary_of, related_to
from newswatch.yamlfile import Node, read_rows, read_yaml

OWN_LANGUAGE = "en"  # of what the brief says itself
WORDS, LEAST_WORDS, MOST_WORDS = 700, 200, 5_000


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A reader. `send_at` is local time; topics are in the order they are shown; `languages` are
    primary tags, `words` what an edition may have."""

    name: str
    email: str
    timezone: ZoneInfo
    send_at: time
    topics: tuple[str, ...]
    min_score: float = 0.0
    active: bool = True
    languages: tuple[str, ...] = (OWN_LANGUAGE,)
    words: int = WORDS

    def reads(self, language: str | None) -> bool:
        return language is not None and any(language in related_to(own) for own in self.languages)

    def due_date(self, now: datetime) -> date | None:
        """The local date whose edition is due, or None before `send_at`.

        A `send_at` that a change to summer time leaves out counts as passed at the change.
        """
        local = now.astimezone(self.timezone)
        return local.date() if local.time().replace(tzinfo=None) >= self.send_at else None


@dataclass(frozen=True, slots=True)
class LoadedSubscribers:
    """The readers whose rows could be read, and why the others could not."""

    readers: tuple[Subscriber, ...]
    errors: tuple[InputError, ...]


def load_subscribers(path: Path, known_topics: Collection[str]) -> LoadedSubscribers:
    """The readers of the file; a wrong row costs itself only, and so does a topic that is none of
    `known_topics` (where none is known, any will do).

    Raises `InputError` with file, line, column and the mend if the file holds no list of them.
    """
    root = read_yaml(path).mapping(required=("subscribers",))
    lines: dict[str, int] = {}

    def read(node: Node) -> Subscriber:
        subscriber = _subscriber(node, known_topics)
        if subscriber.name in lines:
            node.fail(
                f"{subscriber.name!r} stands twice",
                f"give each subscriber a name of its own: the first is on line"
                f" {lines[subscriber.name]}",
            )
        lines[subscriber.name] = node.line
        return subscriber

    readers, errors = read_rows(root["subscribers"], read)
    return LoadedSubscribers(tuple(readers), tuple(errors))


def _subscriber(node: Node, known_topics: Collection[str]) -> Subscriber:
    row = node.mapping(
        required=("name", "email", "timezone", "send_at", "topics"),
        optional=("min_score", "active", "languages", "words"),
    )
    name, email = row["name"].text(), row["email"].text()
    if not name:
        row["name"].fail("the subscriber has no name", "write one: editions are kept under it")
    if not is_mailbox(email):
        row["email"].fail(f"{email!r} is no mail address", "write name@host")
    return Subscriber(
        name=name,
        email=email,
        timezone=_zone(row["timezone"]),
        send_at=_time(row["send_at"]),
        topics=_topics(row["topics"], known_topics),
        min_score=row["min_score"].number(0, 1) if "min_score" in row else 0.0,
        active=row["active"].boolean() if "active" in row else True,
        languages=_languages(row["languages"]) if "languages" in row else (OWN_LANGUAGE,),
        words=int(row["words"].number(LEAST_WORDS, MOST_WORDS)) if "words" in row else WORDS,
    )


def _topics(node: Node, known: Collection[str]) -> tuple[str, ...]:
    """In the order in which the reader is shown them."""
    found: list[str] = []
    for item in node.items():
        topic = item.one_of(sorted(known)) if known else item.text()
        if topic in found:
            item.fail(f"{topic!r} stands twice", "name each topic once")
        found.append(topic)
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


def _zone(node: Node) -> ZoneInfo:
    try:
        return ZoneInfo(node.text())
    except (ZoneInfoNotFoundError, ValueError):
        node.fail(f"{node.text()!r} is no time zone", "write Continent/City, as in Europe/Paris")


def _time(node: Node) -> time:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", node.text()):
        node.fail(f"{node.text()!r} is no time of day", 'write "07:30"')
    return time.fromisoformat(node.text())
