"""`subscribers.yaml`: who gets the digest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newswatch.yamlfile import Node, read_yaml


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A reader. `send_at` is local time; topics are in the order they are shown."""

    name: str
    email: str
    timezone: ZoneInfo
    send_at: time
    topics: tuple[str, ...]
    min_score: float = 0.0
    active: bool = True

    def due_date(self, now: datetime) -> date | None:
        """The local date whose edition is due, or None before `send_at`.

        A `send_at` that a change to summer time leaves out counts as passed at the change.
        """
        local = now.astimezone(self.timezone)
        return local.date() if local.time().replace(tzinfo=None) >= self.send_at else None


def load_subscribers(path: Path) -> list[Subscriber]:
    """Raises `InputError` with file, line, column and the mend."""
    root = read_yaml(path).mapping(required=("subscribers",))
    found: dict[str, Subscriber] = {}
    for node in root["subscribers"].items():
        subscriber = _subscriber(node)
        if subscriber.name in found:
            node.fail(f"{subscriber.name!r} stands twice", "give each subscriber a name of its own")
        found[subscriber.name] = subscriber
    return list(found.values())


def _subscriber(node: Node) -> Subscriber:
    row = node.mapping(
        required=("name", "email", "timezone", "send_at", "topics"),
        optional=("min_score", "active"),
    )
    email = row["email"].text()
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", email):
        row["email"].fail(f"{email!r} is no mail address", "write name@host")
    topics = tuple(row["topics"].texts())
    if not topics:
        row["topics"].fail("no topics", "name at least one")
    return Subscriber(
        name=row["name"].text(),
        email=email,
        timezone=_zone(row["timezone"]),
        send_at=_time(row["send_at"]),
        topics=topics,
        min_score=row["min_score"].number(0, 1) if "min_score" in row else 0.0,
        active=row["active"].boolean() if "active" in row else True,
    )


def _zone(node: Node) -> ZoneInfo:
    try:
        return ZoneInfo(node.text())
    except (ZoneInfoNotFoundError, ValueError):
        node.fail(f"{node.text()!r} is no time zone", "write Continent/City, as in Europe/Paris")


def _time(node: Node) -> time:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", node.text()):
        node.fail(f"{node.text()!r} is no time of day", 'write "07:30"')
    return time.fromisoformat(node.text())
