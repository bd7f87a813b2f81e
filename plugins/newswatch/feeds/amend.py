"""Changes of `feeds.yaml` as a text: comments, order and all that is not meant stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import yaml

from newswatch.addresses.urls import same_address_key
from newswatch.errors import InputError
from newswatch.feeds.watchlist import LoadedFeeds, feeds_in
from newswatch.yamlfile import Node, parse_yaml

_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w./?=&%+~ -]|:(?=\S))*(?<! )", re.ASCII)
_BY_HAND = "change it by hand: its lines are written in a form that is not changed by program"


@dataclass(frozen=True, slots=True)
class _Change:
    """Characters of the text, to be replaced."""

    start: int
    end: int
    text: str


def without_feeds(text: str, file: str, urls: Collection[str]) -> str:
    """The text without the rows of these addresses, each with the lines that it stands on.

    Raises `InputError` if that cannot be done without touching other rows.
    """
    unwanted = {same_address_key(url) for url in urls}
    rows = [row for row in _rows(text, file) if same_address_key(_url_of(row)) in unwanted]
    lines = text.splitlines(keepends=True)
    starts = _starts(lines)
    places = []
    for row in rows:
        first, last = row.yaml_node.start_mark.line, _last_line(row.yaml_node)
        places.append(_Change(starts[first], starts[last + 1], ""))
    before = feeds_in(parse_yaml(text, file))
    kept = tuple(spec for spec in before.specs if same_address_key(spec.url) not in unwanted)
    return _checked(_replaced(text, places), file, replace(before, specs=kept))


def with_values(text: str, file: str, url: str, values: Mapping[str, str]) -> str:
    """The text with these values in the row of an address; those that lack are put behind `url`.

    Raises `InputError` if no row has the address, or a value is none that may stand there.
    """
    row = next(
        (
            row
            for row in _rows(text, file)
            if same_address_key(_url_of(row)) == same_address_key(url)
        ),
        None,
    )
    if row is None:
        raise InputError(
            f"{url} does not stand there", file=file, mend="see `newswatch feeds list`"
        )
    entries = row.entries()
    key, address = entries["url"]
    places = []
    for name, value in values.items():
        if name in entries:
            node = entries[name][1].yaml_node
            places.append(_Change(node.start_mark.index, node.end_mark.index, _scalar(value)))
        else:
            flows = _is_flow(row.yaml_node)
            beside = ", " if flows else "\n" + " " * (key.column - 1)
            at = address.yaml_node.end_mark.index
            if not flows:
                at = _end_of_line(text, at)
            places.append(_Change(at, at, f"{beside}{name}: {_scalar(value)}"))
    before = feeds_in(parse_yaml(text, file))
    changed = _replaced(text, places)
    after = feeds_in(parse_yaml(changed, file))
    if len(after.specs) != len(before.specs):
        raise next(iter(after.errors), InputError("it cannot be changed", file=file, mend=_BY_HAND))
    theirs = [spec for spec in before.specs if same_address_key(spec.url) != same_address_key(url)]
    if [spec for spec in after.specs if spec in theirs] != theirs:
        raise InputError("it cannot be changed", file=file, mend=_BY_HAND)
    return changed


def _rows(text: str, file: str) -> Iterator[Node]:
    root = parse_yaml(text, file).mapping(required=("feeds",))
    for row in root["feeds"].items():
        if row.is_mapping and "url" in row.entries():
            yield row


def _url_of(row: Node) -> str:
    return row.entries()["url"][1].text()


def _is_flow(node: yaml.Node) -> bool:
    """Whether it stands in brackets, on whatever lines."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _last_line(node: yaml.Node) -> int:
    """Where the last value ends: behind a block YAML says that it ends where the next begins."""
    if isinstance(node, yaml.MappingNode) and not _is_flow(node):
        return max(_last_line(value) for _, value in node.value)
    if isinstance(node, yaml.SequenceNode) and not _is_flow(node) and node.value:
        return max(_last_line(value) for value in node.value)
    mark = node.end_mark
    return int(mark.line if mark.column else mark.line - 1)


def _starts(lines: list[str]) -> list[int]:
    """Where each line begins, and the end."""
    found = [0]
    for line in lines:
        found.append(found[-1] + len(line))
    return found


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _replaced(text: str, places: list[_Change]) -> str:
    for place in sorted(places, key=lambda place: place.start, reverse=True):
        text = text[: place.start] + place.text + text[place.end :]
    return text


def _checked(text: str, file: str, right: LoadedFeeds) -> str:
    """The text, if it lists what it should."""
    try:
        found = feeds_in(parse_yaml(text, file)).specs
    except InputError:
        found = ()
    if found != right.specs or not found:
        raise InputError("the rows cannot be taken out", file=file, mend=_BY_HAND)
    return text
