"""The library of names that topics share: people with their offices, places, organisations.

`names/*.yaml` beside the folder of topics; each name once, with its forms by language. A topic
takes names by `include`, by id or by tag. See docs/topics.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from newswatch.errors import InputError
from newswatch.topics.groups import read_aliases
from newswatch.topics.patterns import ELSEWHERE, Pattern
from newswatch.yamlfile import Node, read_yaml, suggestion

FOLDER = "names"
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_DATE_FORM = 'write "2026", "2026-01" or "2026-01-16"'


@dataclass(frozen=True, slots=True)
class Office:
    """What a person is, and when: days, months or years (`2026-01`), the last one included."""

    title: str
    since: str
    until: str | None

    def has_ended(self, day: str) -> bool:
        """By that day (`2026-03-01`); an end in a month or year is its last day."""
        return self.until is not None and day[: len(self.until)] > self.until


@dataclass(frozen=True, slots=True)
class Name:
    """A person, place or body, and how it is written."""

    name_id: str
    name: str
    offices: tuple[Office, ...]
    tags: tuple[str, ...]
    forms: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The library."""

    by_id: Mapping[str, Name]
    by_tag: Mapping[str, tuple[Name, ...]]

    def included(self, node: Node) -> list[Name]:
        """The names that a list of ids and tags takes, each once. Raises `InputError`."""
        found: dict[str, Name] = {}
        for item in node.items():
            key = item.text()
            names = (self.by_id[key],) if key in self.by_id else self.by_tag.get(key, ())
            if not names:
                known = [*self.by_id, *self.by_tag]
                item.fail(
                    f"{key!r} is no id and no tag of the library of names",
                    suggestion(key, known) or f"write it into {FOLDER}/*.yaml beside the topics",
                )
            found.update((name.name_id, name) for name in names)
        return list(found.values())


NO_NAMES = Names({}, {})


def load_names(topics: Path) -> Names:
    """The library beside a folder of topics; an empty one if there is none.

    Raises `InputError` for a file that cannot be read, and for an id that stands twice.
    """
    by_id: dict[str, Name] = {}
    for path in sorted((topics.parent / FOLDER).glob("*.yaml")):
        root = read_yaml(path)
        for name_id, (key, node) in root.entries().items():
            if name_id in by_id:
                key.fail(f"{name_id!r} stands in another file as well", "keep one of them")
            by_id[name_id] = _name(name_id, node)
    by_tag: dict[str, tuple[Name, ...]] = {}
    for name in by_id.values():
        for tag in name.tags:
            if tag in by_id:
                raise InputError(
                    f"{tag!r} is a tag, and the id of {by_id[tag].name!r}",
                    file=topics.parent / FOLDER,
                    mend="rename one of them",
                )
            by_tag[tag] = (*by_tag.get(tag, ()), name)
    return Names(by_id, by_tag)


def _name(name_id: str, node: Node) -> Name:
    row = node.mapping(required=("name", "forms"), optional=("offices", "tags"))
    return Name(
        name_id=name_id,
        name=row["name"].text(),
        offices=tuple(map(_office, row["offices"].items())) if "offices" in row else (),
        tags=tuple(row["tags"].texts()) if "tags" in row else (),
        forms=read_aliases(row["forms"], ()),
    )


def _office(node: Node) -> Office:
    row = node.mapping(required=("office", "from"), optional=("to",))
    since = _date(row["from"])
    until = _date(row["to"]) if "to" in row else None
    if until is not None and until < since[: len(until)]:
        row["to"].fail("it ends before it begins", _DATE_FORM)
    return Office(row["office"].text(), since, until)


def _date(node: Node) -> str:
    value = node.text()
    if not _DATE.fullmatch(value):
        node.fail(f"{value!r} is no date", _DATE_FORM)
    return value


def names_of(names: Sequence[Name]) -> tuple[Pattern, ...]:
    """Every form of the names; their lines are of other files, and left out."""
    return tuple(replace(pattern, line=ELSEWHERE) for name in names for pattern in name.forms)
