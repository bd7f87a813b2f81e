"""YAML that people edit, read with the place of every value, so that an error can name it.

    root = read_yaml(path)
    row = root.mapping(required=("url",), optional=("outlet",))
    url = row["url"].text()

Every method raises `InputError` with file, line, column and the mend.
"""

from __future__ import annotations

import difflib
import math
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml
from yaml.composer import Composer

from newswatch.errors import InputError

DEEPEST = 50  # lists or blocks in one another; ours have four
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a YAML file and where it stands (`line` and `column` count from 1)."""

    file: str
    yaml_node: yaml.Node

    @property
    def line(self) -> int:
        return int(self.yaml_node.start_mark.line) + 1

    @property
    def column(self) -> int:
        return int(self.yaml_node.start_mark.column) + 1

    def fail(self, problem: str, mend: str = "") -> NoReturn:
        raise InputError(problem, mend=mend, file=self.file, line=self.line, column=self.column)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.yaml_node, yaml.MappingNode)

    def text(self) -> str:
        """The scalar as written, stripped; numbers and dates are given as their text."""
        if not isinstance(self.yaml_node, yaml.ScalarNode):
            self.fail("expected a text here", "write one value, not a list or a block of keys")
        value = str(self.yaml_node.value)
        for character in value:
            if character not in "\t\n" and unicodedata.category(character) in ("Cc", "Cs"):
                self.fail(f"it holds the control character {character!r}", "take it out")
        return value.strip()

    def one_of(self, choices: Sequence[str]) -> str:
        value = self.text()
        if value not in choices:
            self.fail(
                f"{value!r} is not one of {', '.join(choices)}",
                suggestion(value, choices) or "choose one of them",
            )
        return value

    def boolean(self) -> bool:
        return self.one_of(("true", "false")) == "true"

    def number(self, minimum: float | None = None, maximum: float | None = None) -> float:
        value = self.text()
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a number", "write digits, as in 3 or 0.5")
        if (minimum is not None and number < minimum) or (maximum is not None and number > maximum):
            self.fail(f"{value} is outside {minimum} to {maximum}", "write a number between them")
        return number

    def integer(self, minimum: int, maximum: int) -> int:
        number = self.number(minimum, maximum)
        if number != int(number):
            self.fail(f"{number:g} is no whole number", "write digits only")
        return int(number)

    def items(self) -> list[Node]:
        if not isinstance(self.yaml_node, yaml.SequenceNode):
            self.fail("expected a list here", "start each item on its own line with '- '")
        return [Node(self.file, child) for child in self.yaml_node.value]

    def texts(self) -> list[str]:
        return [item.text() for item in self.items()]

    def entries(self) -> dict[str, tuple[Node, Node]]:
        """Key to (the key's node, the value's node), in the order of the file; no key twice."""
        if not isinstance(self.yaml_node, yaml.MappingNode):
            self.fail("expected 'key: value' lines here", "write one 'key: value' a line")
        found: dict[str, tuple[Node, Node]] = {}
        for key_node, value_node in self.yaml_node.value:
            key = Node(self.file, key_node)
            name = key.text()
            if name in found:
                first = found[name][0].line
                key.fail(f"{name!r} stands twice", f"keep one: the first is on line {first}")
            found[name] = (key, Node(self.file, value_node))
        return found

    def mapping(
        self, *, required: Sequence[str] = (), optional: Sequence[str] = ()
    ) -> Mapping[str, Node]:
        """The values by key; an unknown key and a missing required one are errors."""
        known = (*required, *optional)
        values: dict[str, Node] = {}
        for name, (key, value) in self.entries().items():
            if name not in known:
                key.fail(
                    f"unknown key {name!r}",
                    suggestion(name, known) or f"known keys: {', '.join(known)}",
                )
            values[name] = value
        for name in required:
            if name not in values:
                self.fail(f"{name!r} is missing", f"add a line '{name}: ...'")
        return values


class _Refused(Exception):
    """YAML that is valid, and that we do not read."""

    def __init__(self, problem: str, mend: str, mark: Any) -> None:
        super().__init__(problem)
        self.problem, self.mend, self.mark = problem, mend, mark


class _Bounded(Composer):
    """Without aliases, which can make a gigabyte of a line, and without endless nesting."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        loader: Any = self  # the library is typed here and there only
        event: Any = loader.peek_event()
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(
                f"*{event.anchor} would be a reference to another place of the file",
                "put a word that begins with * or & into quotes",
                event.start_mark,
            )
        if getattr(event, "anchor", None) is not None:
            raise _Refused(
                f"&{event.anchor} would be the name of a place of the file",
                "put a word that begins with * or & into quotes",
                event.start_mark,
            )
        if self._depth == DEEPEST:
            raise _Refused(
                f"more than {DEEPEST} lists or blocks in one another",
                "take out the brackets that are too many",
                event.start_mark,
            )
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


class _FastLoader(_Bounded, yaml.CSafeLoader):
    """By libyaml, in a sixth of the time; what is wrong it says in fewer words."""

    def __init__(self, text: str) -> None:
        yaml.CSafeLoader.__init__(self, text)


class _TellingLoader(_Bounded, yaml.SafeLoader):
    """By Python, for what it says of an error."""


def read_yaml(path: Path) -> Node:
    """The root of a YAML file (UTF-8)."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError("no such file", file=path, mend="check the path") from None
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", file=path, mend="check the path and its rights"
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8: {error.reason} at byte {error.start}", file=path, mend="save it as UTF-8"
        ) from None
    return parse_yaml(text, str(path))


def parse_yaml(text: str, file: str) -> Node:
    """The root of a YAML text; `file` is only for messages."""
    for number, line in enumerate(text.split("\n"), start=1):
        if unreadable := _TellingLoader.NON_PRINTABLE.search(line):
            raise InputError(
                f"it holds the control character {unreadable.group()!r}",
                file=file,
                line=number,
                column=unreadable.start() + 1,
                mend="take it out",
            )
    try:
        node = _composed(text)
    except _Refused as refusal:
        raise InputError(
            refusal.problem,
            file=file,
            line=refusal.mark.line + 1,
            column=refusal.mark.column + 1,
            mend=refusal.mend,
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise InputError(
            f"not valid YAML: {error.problem}",
            file=file,
            line=mark.line + 1 if mark else None,
            column=mark.column + 1 if mark else None,
            mend=_QUOTES if _is_of_yaml(error) else "check indentation, colons and quotes there",
        ) from None
    if node is None:
        raise InputError("the file is empty", file=file, mend="see the shipped files for the form")
    return Node(file, node)


def _composed(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_FastLoader)
    except yaml.MarkedYAMLError:
        return yaml.compose(text, Loader=_TellingLoader)


_QUOTES = "put a word that begins with @, `, %, ? or ! or that holds ': ' into quotes"


def _is_of_yaml(error: yaml.MarkedYAMLError) -> bool:
    """Does a character stand there that YAML keeps for itself?"""
    problem = error.problem or ""
    return any(
        told in problem
        for told in ("cannot start any token", "mapping values are not allowed", "tag", "'?'")
    )


def read_rows(rows: Node, read: Callable[[Node], Row]) -> tuple[list[Row], list[InputError]]:
    """What `read` makes of each item of a list; a wrong one is an error, the others go on."""
    found: list[Row] = []
    errors: list[InputError] = []
    for row in rows.items():
        try:
            found.append(read(row))
        except InputError as error:
            errors.append(error)
    return found, errors


def suggestion(word: str, known: Sequence[str]) -> str:
    """`did you mean 'x'?` for the nearest known word, or nothing if none is near."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else ""
