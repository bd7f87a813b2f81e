"""Topics as analysts write them: one YAML file each. See docs/topics.md for the form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from newswatch.errors import InputError
from newswatch.topics.facts import ANYTHING, Condition, read_condition
from newswatch.topics.groups import read_aliases, read_sections
from newswatch.topics.names import NO_NAMES, Names, load_names, names_of
from newswatch.topics.patterns import Pattern
from newswatch.topics.rule_reader import RuleError, parse_rule
from newswatch.topics.rules import Rule, first_groups, shared
from newswatch.topics.scorer import SUFFIX, Scorer, read_scorer
from newswatch.topics.signs import KINDS, Kind, Lexicon
from newswatch.yamlfile import Node, parse_yaml, suggestion

_REQUIRED = ("id", "name", "groups", "rules")
_OPTIONAL = (
    "description",
    "masks",
    "where",
    "subject",
    "threshold",
    "decides",
    "lexicon",
    "tests",
    "active",
)
MASKS = ""  # the masks as a group: no group can be called so
INCLUDE = "include"
DECIDERS = ("rules", "scorer")


@dataclass(frozen=True, slots=True)
class TopicRule:
    """`weight` is how sure the rule is by itself, 0 to 1; `because` completes "Flagged because".

    It counts in articles that meet `where`, and where the score of what it finds reaches
    `threshold`.
    """

    name: str
    when: str
    rule: Rule
    weight: float
    because: str
    line: int
    where: Condition = ANYTHING
    threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class TopicTest:
    """A text and whether the topic must flag it."""

    title: str
    text: str
    flag: bool
    line: int
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """One watched subject. `version` is a hash of its whole definition: the file, the names that it
    includes, the weights of its scorer."""

    topic_id: str
    name: str
    description: str
    definition: str
    version: str
    groups: Mapping[str, tuple[Pattern, ...]]  # masks too, as `MASKS`
    subject: frozenset[str]  # the groups that name what the topic is about; others support a rule
    rules: tuple[TopicRule, ...]
    threshold: float
    lexicon: Lexicon
    scorer: Scorer | None  # what decides; None: the rules
    tests: tuple[TopicTest, ...]
    file: str
    where: Condition = ANYTHING
    is_active: bool = True  # a draft is read and tried, and flags nothing


@dataclass(frozen=True, slots=True)
class LoadedTopics:
    """The topics that could be read, and why the others could not."""

    topics: tuple[Topic, ...]
    errors: tuple[InputError, ...]


ID_FORM = "write small letters, digits and hyphens, as in black-sea-grain"


def is_topic_id(name: str) -> bool:
    """It names a file, and stands in addresses and headers of mails."""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) is not None


def load_topics(folder: Path, *, drafts: bool = False) -> LoadedTopics:
    """Every `*.yaml` of a folder but drafts; a broken file is told of, the others go on.

    Raises `InputError` if the folder holds none, or if the library of names cannot be read.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise InputError("no topics here", file=folder, mend="put NAME.yaml files there")
    names = load_names(folder)
    topics, errors = [], []
    for path in paths:
        try:
            topic = load_topic(path, names)
            if topic.is_active or drafts:
                topics.append(topic)
        except InputError as error:
            errors.append(error)
    return LoadedTopics(tuple(topics), tuple(errors))


def load_topic(path: Path, names: Names = NO_NAMES, *, by_rules: bool = False) -> Topic:
    """Raises `InputError` with file, line, column and the mend."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", file=path) from None
    return read_topic(text, str(path), names, by_rules=by_rules)


def read_topic(text: str, file: str, names: Names = NO_NAMES, *, by_rules: bool = False) -> Topic:
    """A topic from the text of its file, the names that it includes and the weights beside it.

    `by_rules`: without its scorer, as that is before it is made.
    """
    root = parse_yaml(text, file).mapping(required=_REQUIRED, optional=_OPTIONAL)
    topic_id = root["id"].text()
    if topic_id != Path(file).stem:
        root["id"].fail(f"id {topic_id!r} is not the file's name", f"write id: {Path(file).stem}")
    if not is_topic_id(topic_id):
        root["id"].fail(f"{topic_id!r} is no topic's id", ID_FORM)
    written = root["groups"].entries()
    groups = {group: _group(node, written, names) for group, (_, node) in written.items()}
    if "masks" in root:
        groups[MASKS] = _group(root["masks"], written, names)
    common: dict[Rule, Rule] = {}
    rules = tuple(_rule(node, written, common) for node in root["rules"].items())
    if not rules:
        root["rules"].fail("a topic without a rule flags nothing", "add one")
    lexicon = _lexicon(root["lexicon"], written) if "lexicon" in root else {}
    scorer = None
    if "decides" in root and root["decides"].one_of(DECIDERS) == "scorer":
        if not {"place", "process"} <= lexicon.keys():
            root["decides"].fail("a scorer needs groups for place and process", "add lexicon:")
        scorer = None if by_rules else read_scorer(Path(file).with_suffix(SUFFIX))
    return Topic(
        topic_id=topic_id,
        name=root["name"].text(),
        description=root["description"].text() if "description" in root else "",
        definition=text,
        version=_version(text, groups, scorer),
        groups=groups,
        subject=_subject(root, rules, written),
        rules=rules,
        threshold=root["threshold"].number(0, 1) if "threshold" in root else _least(scorer),
        lexicon=lexicon,
        scorer=scorer,
        tests=tuple(_test(node) for node in root["tests"].items()) if "tests" in root else (),
        file=file,
        where=read_condition(root["where"]) if "where" in root else ANYTHING,
        is_active=root["active"].boolean() if "active" in root else True,
    )


def _subject(
    root: Mapping[str, Node], rules: Sequence[TopicRule], groups: Collection[str]
) -> frozenset[str]:
    """The groups under `subject`; those that rules begin with, if that is left out."""
    if "subject" in root:
        return frozenset(item.one_of(tuple(groups)) for item in root["subject"].items())
    return frozenset(name for rule in rules for name in first_groups(rule.rule))


def _least(scorer: Scorer | None) -> float:
    return scorer.threshold if scorer is not None else 0.0


def _version(text: str, groups: Mapping[str, Sequence[Pattern]], scorer: Scorer | None) -> str:
    forms = [(pattern.written, pattern.languages) for group in groups.values() for pattern in group]
    return hashlib.sha256(repr((text, forms, scorer)).encode()).hexdigest()[:12]


def _group(node: Node, groups: Collection[str], names: Names) -> tuple[Pattern, ...]:
    """Aliases, plain or by language, and under `include` names of the library."""
    sections = node.entries() if node.is_mapping else {}
    included = names.included(sections.pop(INCLUDE)[1]) if INCLUDE in sections else []
    written = read_sections(sections, groups) if node.is_mapping else read_aliases(node, groups)
    found = (*names_of(included), *written)
    if not found:
        node.fail("an empty group matches nothing", "add a word, or take the group out")
    return found


def _lexicon(node: Node, groups: Collection[str]) -> Lexicon:
    """What kind of words the groups hold; a group has one kind."""
    found: dict[Kind, frozenset[str]] = {}
    seen: set[str] = set()
    for key, below in node.entries().values():
        kind = cast("Kind", key.one_of(KINDS))
        for item in below.items():
            if item.one_of(tuple(groups)) in seen:
                item.fail(f"{item.text()!r} is of two kinds", "leave it in one of them")
            seen.add(item.text())
        found[kind] = frozenset(below.texts())
    return found


def _rule(node: Node, groups: Collection[str], common: dict[Rule, Rule]) -> TopicRule:
    row = node.mapping(
        required=("id", "when"), optional=("weight", "because", "where", "threshold")
    )
    when = row["when"].text()
    try:
        rule = shared(parse_rule(when, groups), common)
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
        where=read_condition(row["where"]) if "where" in row else ANYTHING,
        threshold=row["threshold"].number(0, 1) if "threshold" in row else 0.0,
    )


def _test(node: Node) -> TopicTest:
    row = node.mapping(required=("text", "flag"), optional=("title", "subtitle"))
    title = row["title"].text() if "title" in row else ""
    subtitle = row["subtitle"].text() if "subtitle" in row else ""
    return TopicTest(title, row["text"].text(), row["flag"].boolean(), node.line, subtitle)
