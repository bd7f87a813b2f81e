"""Topics as analysts write them: one YAML file each. See docs/topics.md for the form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from newswatch.errors import InputError
from newswatch.topics.patterns import Pattern, compile_pattern
from newswatch.topics.rules import Rule, RuleError, parse_rule
from newswatch.yamlfile import Node, parse_yaml, suggestion

_REQUIRED = ("id", "name", "groups", "rules")
_OPTIONAL = ("description", "masks", "threshold", "tests")


@dataclass(frozen=True, slots=True)
class TopicRule:
    """`weight` is how sure the rule is by itself, 0 to 1; `because` completes "Flagged because"."""

    name: str
    when: str
    rule: Rule
    weight: float
    because: str


@dataclass(frozen=True, slots=True)
class TopicTest:
    """A text and whether the topic must flag it."""

    title: str
    text: str
    flag: bool
    line: int


@dataclass(frozen=True, slots=True)
class Topic:
    """One watched subject. `version` is a hash of its whole definition."""

    topic_id: str
    name: str
    description: str
    definition: str
    version: str
    groups: Mapping[str, tuple[Pattern, ...]]
    masks: tuple[Pattern, ...]
    rules: tuple[TopicRule, ...]
    threshold: float
    tests: tuple[TopicTest, ...]
    unused: tuple[str, ...]  # groups that no rule names
    file: str


@dataclass(frozen=True, slots=True)
class LoadedTopics:
    """The topics that could be read, and why the others could not."""

    topics: tuple[Topic, ...]
    errors: tuple[InputError, ...]


def load_topics(folder: Path) -> LoadedTopics:
    """Every `*.yaml` of a folder; a broken file is left out and told of, the others go on.

    Raises `InputError` if the folder holds none.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise InputError("no topics here", file=folder, mend="put NAME.yaml files there")
    topics, errors = [], []
    for path in paths:
        try:
            topics.append(load_topic(path))
        except InputError as error:
            errors.append(error)
    return LoadedTopics(tuple(topics), tuple(errors))


def load_topic(path: Path) -> Topic:
    """Raises `InputError` with file, line, column and the mend."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", file=path) from None
    return read_topic(text, str(path))


def read_topic(text: str, file: str) -> Topic:
    """A topic from the text of its file."""
    root = parse_yaml(text, file).mapping(required=_REQUIRED, optional=_OPTIONAL)
    topic_id = root["id"].text()
    if topic_id != Path(file).stem:
        root["id"].fail(f"id {topic_id!r} is not the file's name", f"write id: {Path(file).stem}")
    groups = {name: _patterns(node) for name, (_, node) in root["groups"].entries().items()}
    used: set[str] = set()
    rules = tuple(_rule(node, groups, used) for node in root["rules"].items())
    if not rules:
        root["rules"].fail("a topic without a rule flags nothing", "add one")
    return Topic(
        topic_id=topic_id,
        name=root["name"].text(),
        description=root["description"].text() if "description" in root else "",
        definition=text,
        version=hashlib.sha256(text.encode()).hexdigest()[:12],
        groups=groups,
        masks=_patterns(root["masks"]) if "masks" in root else (),
        rules=rules,
        threshold=root["threshold"].number(0, 1) if "threshold" in root else 0.0,
        tests=tuple(_test(node) for node in root["tests"].items()) if "tests" in root else (),
        unused=tuple(sorted(set(groups) - used)),
        file=file,
    )


def _patterns(node: Node) -> tuple[Pattern, ...]:
    """A list of patterns, or such lists by language."""
    if node.is_mapping:
        return tuple(
            pattern for _, below in node.entries().values() for pattern in _patterns(below)
        )
    found = []
    for item in node.items():
        try:
            found.append(compile_pattern(item.text()))
        except ValueError as error:
            item.fail(f"{item.text()!r} {error}", "write a word or words, * only at a word's end")
    if not found:
        node.fail("an empty group matches nothing", "add a word, or take the group out")
    return tuple(found)


def _rule(node: Node, groups: Mapping[str, tuple[Pattern, ...]], used: set[str]) -> TopicRule:
    row = node.mapping(required=("id", "when"), optional=("weight", "because"))
    when = row["when"].text()
    try:
        rule, names = parse_rule(when, tuple(groups))
    except RuleError as error:
        mend = suggestion(error.word, tuple(groups)) if error.word else "see docs/topics.md"
        row["when"].fail(f"{error} (at character {error.column + 1} of the rule)", mend)
    used |= names
    return TopicRule(
        name=row["id"].text(),
        when=when,
        rule=rule,
        weight=row["weight"].number(0, 1) if "weight" in row else 1.0,
        because=row["because"].text() if "because" in row else f"rule {row['id'].text()} matched",
    )


def _test(node: Node) -> TopicTest:
    row = node.mapping(required=("text", "flag"), optional=("title",))
    title = row["title"].text() if "title" in row else ""
    return TopicTest(title, row["text"].text(), row["flag"].boolean(), node.line)
