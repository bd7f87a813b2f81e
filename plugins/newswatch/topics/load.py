"""Topics as analysts write them: one YAML file each. See docs/topics.md for the form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from newswatch.errors import InputError
from newswatch.topics.boundaries import ANY, LANGUAGES
from newswatch.topics.patterns import Pattern, compile_pattern
from newswatch.topics.rules import Rule, RuleError, parse_rule
from newswatch.yamlfile import Node, parse_yaml, suggestion

_REQUIRED = ("id", "name", "groups", "rules")
_OPTIONAL = ("description", "masks", "threshold", "tests")
MASKS = ""  # the masks as a group: no group can be called so


@dataclass(frozen=True, slots=True)
class TopicRule:
    """`weight` is how sure the rule is by itself, 0 to 1; `because` completes "Flagged because"."""

    name: str
    when: str
    rule: Rule
    weight: float
    because: str
    line: int


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
    groups: Mapping[str, tuple[Pattern, ...]]  # masks too, as `MASKS`
    rules: tuple[TopicRule, ...]
    threshold: float
    tests: tuple[TopicTest, ...]
    file: str


@dataclass(frozen=True, slots=True)
class LoadedTopics:
    """The topics that could be read, and why the others could not."""

    topics: tuple[Topic, ...]
    errors: tuple[InputError, ...]


ID_FORM = "write small letters, digits and hyphens, as in black-sea-grain"


def is_topic_id(name: str) -> bool:
    """It names a file, and stands in addresses and headers of mails."""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) is not None


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
    if not is_topic_id(topic_id):
        root["id"].fail(f"{topic_id!r} is no topic's id", ID_FORM)
    names = root["groups"].entries()
    groups = {name: _patterns(node, names) for name, (_, node) in names.items()}
    if "masks" in root:
        groups[MASKS] = _patterns(root["masks"], names)
    rules = tuple(_rule(node, names) for node in root["rules"].items())
    if not rules:
        root["rules"].fail("a topic without a rule flags nothing", "add one")
    return Topic(
        topic_id=topic_id,
        name=root["name"].text(),
        description=root["description"].text() if "description" in root else "",
        definition=text,
        version=hashlib.sha256(text.encode()).hexdigest()[:12],
        groups=groups,
        rules=rules,
        threshold=root["threshold"].number(0, 1) if "threshold" in root else 0.0,
        tests=tuple(_test(node) for node in root["tests"].items()) if "tests" in root else (),
        file=file,
    )


def _patterns(node: Node, groups: Collection[str]) -> tuple[Pattern, ...]:
    """A list of aliases, or such lists by language: `en`, `es, pt`, or `any`."""
    sections = (
        [(_languages(key), below) for key, below in node.entries().values()]
        if node.is_mapping
        else [((ANY,), node)]
    )
    found = [
        _alias(item, languages, groups) for languages, below in sections for item in below.items()
    ]
    if not found:
        node.fail("an empty group matches nothing", "add a word, or take the group out")
    return tuple(found)


def _languages(key: Node) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in key.text().split(","))
    for code in codes:
        if code != ANY and code not in LANGUAGES:
            key.fail(
                f"{code!r} is no language that we know the endings of",
                f"write codes as in 'es, pt', or {ANY}",
            )
    return codes


def _alias(item: Node, languages: tuple[str, ...], groups: Collection[str]) -> Pattern:
    """A text, or a mapping of `alias` and what it asks for: `only`, `needs`, `within`."""
    written, only, needs, within = item, frozenset[str](), None, None
    if item.is_mapping:
        row = item.mapping(required=("alias",), optional=("only", "needs", "within"))
        written = row["alias"]
        only = frozenset(row["only"].texts()) if "only" in row else only
        needs = row["needs"].one_of(tuple(groups)) if "needs" in row else None
        within = int(row["within"].number(1)) if "within" in row else None
    try:
        return compile_pattern(
            written.text(), languages, only=only, needs=needs, within=within, line=item.line
        )
    except ValueError as error:
        written.fail(f"{written.text()!r} {error}", "write a word or words, * only at a word's end")


def _rule(node: Node, groups: Collection[str]) -> TopicRule:
    row = node.mapping(required=("id", "when"), optional=("weight", "because"))
    when = row["when"].text()
    try:
        rule = parse_rule(when, groups)
    except RuleError as error:
        mend = suggestion(error.word, error.known) or "see docs/topics.md"
        row["when"].fail(f"{error} (at character {error.column + 1} of the rule)", mend)
    return TopicRule(
        name=row["id"].text(),
        when=when,
        rule=rule,
        weight=row["weight"].number(0, 1) if "weight" in row else 1.0,
        because=row["because"].text() if "because" in row else f"rule {row['id'].text()} matched",
        line=node.line,
    )


def _test(node: Node) -> TopicTest:
    row = node.mapping(required=("text", "flag"), optional=("title",))
    title = row["title"].text() if "title" in row else ""
    return TopicTest(title, row["text"].text(), row["flag"].boolean(), node.line)
