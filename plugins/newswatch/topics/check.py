"""What an analyst should know of a topic that can be read: what fails, is idle, or is too loose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newswatch.text.language import language_of, name_of
from newswatch.topics.collisions import collisions
from newswatch.topics.evaluate import needed_groups
from newswatch.topics.load import MASKS, Topic, TopicRule, TopicTest
from newswatch.topics.match import Matcher, TopicReading
from newswatch.topics.names import Names
from newswatch.topics.partners import Hit
from newswatch.topics.patterns import ELSEWHERE, Pattern
from newswatch.topics.rules import Count, Either, Group, Join, Pair, Placed, Rule, groups_of
from newswatch.topics.salience import HIGHEST_SCORE

SHORTEST_OPEN = 3  # letters before a *
SHORTEST = 2
SHORTEST_ALONE = 4  # where the word by itself flags an article


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one line of a topic's file."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class FailedTest:
    """A test that its topic does not pass, and why: what fired, or which words are there."""

    test: TopicTest
    why: str


def failed_tests(topic: Topic) -> list[FailedTest]:
    """The topic's own tests that it does not pass; their language is found by their text."""
    matcher = Matcher([topic])
    failed = []
    for test in topic.tests:
        language = language_of(test.text)
        found = matcher.match(test.title, test.text, language, subtitle=test.subtitle)
        if bool(found) != test.flag:
            why = (
                f"{found[0].rule}: {found[0].reason}" if found else _words(matcher, test, language)
            )
            failed.append(FailedTest(test, why))
    return failed


def _words(matcher: Matcher, test: TopicTest, language: str | None) -> str:
    """Which groups stand in the text, with their words."""
    told = [
        f"{group}: {', '.join(sorted({_text(reading, hit) for hit in hits}))}"
        for reading in matcher.readings(test.title, test.text, language, subtitle=test.subtitle)
        for group, hits in sorted(reading.found.items())
    ]
    return f"only {'; '.join(told)}" if told else "none of its words"


def _text(reading: TopicReading, hit: Hit) -> str:
    return f"“{reading.article.parts[hit.part].text[hit.start : hit.end]}”"


def ended_offices(names: Names, day: str) -> list[str]:
    """Whoever holds no office any more by that day (`2026-03-01`), and whose office nobody else of
    the library holds; a line each."""
    held = {
        office.title
        for name in names.by_id.values()
        for office in name.offices
        if not office.has_ended(day)
    }
    return [
        f"{name.name_id}: {name.name} is no longer {name.offices[-1].title}"
        f" (to {name.offices[-1].until}); who is? Tags: {', '.join(name.tags)}"
        for name in names.by_id.values()
        if name.offices
        and all(office.has_ended(day) for office in name.offices)
        and name.offices[-1].title not in held
    ]


def colliding_names(names: Names) -> list[str]:
    """Forms in the library that are frequent words of another language, a line each."""
    return [
        f"{name.name_id}: {_collision(alias, tag, word)}"
        for name in names.by_id.values()
        for alias, tag, word in collisions(name.forms)
    ]


def remarks(topic: Topic) -> list[Remark]:
    """Unused groups, rules that never flag, and aliases that are idle, too loose, or another
    language's; by line."""
    found = [
        *_unused_groups(topic),
        *_idle_rules(topic),
        *_aliases(topic),
        *_collisions(topic),
    ]
    return sorted(found, key=lambda remark: (remark.line, remark.text))


def _unused_groups(topic: Topic) -> Iterator[Remark]:
    used = {name for rule in topic.rules for name in groups_of(rule.rule)} | {MASKS}
    used |= {group for groups in topic.lexicon.values() for group in groups}
    used |= {alias.needs for aliases in topic.groups.values() for alias in aliases if alias.needs}
    for name, aliases in topic.groups.items():
        if name not in used:
            line = max(alias.line for alias in aliases)
            yield Remark(line, f"neither a rule nor the lexicon uses the group {name!r}")


def _idle_rules(topic: Topic) -> Iterator[Remark]:
    seen: dict[Rule, TopicRule] = {}
    for rule in topic.rules:
        if _contradicts_itself(rule.rule):
            yield Remark(rule.line, f"rule {rule.name!r} can never match: it forbids what it needs")
        if HIGHEST_SCORE * (0.5 + 0.5 * rule.weight) < topic.threshold:
            yield Remark(
                rule.line,
                f"rule {rule.name!r} alone never flags: its weight keeps it below the threshold",
            )
        first = seen.setdefault(rule.rule, rule)
        if first is not rule:
            yield Remark(rule.line, f"rule {rule.name!r} says the same as rule {first.name!r}")


def _contradicts_itself(rule: Rule) -> bool:
    match rule:
        case Group():
            return False
        case Placed(_, inner) | Count(inner, _):
            return _contradicts_itself(inner)
        case Either(options):
            return all(_contradicts_itself(option) for option in options)
        case Pair("WITHOUT", None, left, right, None) | Join("AND NOT", left, right):
            forbidden = set(_found_by_itself(right))
            needed = needed_groups(left)
            return _contradicts_itself(left) or all(forbidden & groups for groups in needed)
        case Pair(_, _, left, right) | Join(_, left, right):
            return _contradicts_itself(left) or _contradicts_itself(right)


def _found_by_itself(rule: Rule) -> Iterator[str]:
    """The groups of which one occurrence is enough for the rule."""
    match rule:
        case Group(name):
            yield name
        case Either(options):
            for option in options:
                yield from _found_by_itself(option)
        case _:
            return


def _aliases(topic: Topic) -> Iterator[Remark]:
    alone = {name for rule in topic.rules for name in _found_by_itself(rule.rule)}
    own = {
        group: [alias for alias in aliases if alias.line != ELSEWHERE]
        for group, aliases in topic.groups.items()
    }
    for group, aliases in own.items():
        yield from _idle_aliases(aliases, masks=group == MASKS)
        if group != MASKS:
            yield from (
                Remark(alias.line, f"{alias.written!r} is so short that it will match by chance")
                for alias in aliases
                if _is_loose(alias, alone=group in alone)
            )
    yield from _idle_masks(topic)


def _collisions(topic: Topic) -> Iterator[Remark]:
    for aliases in topic.groups.values():
        own = [alias for alias in aliases if alias.line != ELSEWHERE]
        for alias, tag, word in collisions(own):
            yield Remark(alias.line, _collision(alias, tag, word))


def _collision(alias: Pattern, tag: str, word: str) -> str:
    where = ", ".join(alias.languages)
    return f"{alias.written!r} ({where}) finds {word!r}, a frequent word in {name_of(tag)}"


def _idle_masks(topic: Topic) -> Iterator[Remark]:
    hidden = {
        alias.literal
        for name, aliases in topic.groups.items()
        if name != MASKS
        for alias in aliases
    }
    for mask in topic.groups.get(MASKS, ()):
        if not any(literal in mask.literal and literal != mask.literal for literal in hidden):
            yield Remark(mask.line, f"the mask {mask.written!r} hides nothing: it holds no alias")


def _idle_aliases(aliases: Sequence[Pattern], *, masks: bool) -> Iterator[Remark]:
    """Those that another alias of the same section makes superfluous. Not so a mask that holds
    another: it hides more words."""
    for number, alias in enumerate(aliases):
        for place, other in enumerate(aliases):
            if place == number or (masks and len(other.literal) < len(alias.literal)):
                continue
            if _takes_in(other, alias) and (not _takes_in(alias, other) or place < number):
                text = f"{alias.written!r} is idle: {other.written!r} finds all of it"
                yield Remark(alias.line, text)
                break


def _takes_in(wide: Pattern, narrow: Pattern) -> bool:
    """Does `wide` match wherever `narrow` does?"""
    if wide.surface is not None or wide.only or wide.needs or wide.rest:
        return False
    if (wide.languages, wide.script) != (narrow.languages, narrow.script):
        return False
    if wide.literal == narrow.literal and not narrow.rest and not narrow.open_end:
        return True
    if wide.literal != narrow.literal and f" {wide.literal} " in f" {narrow.literal} ":
        return True
    return wide.open_end and narrow.literal.startswith(wide.literal) and " " not in narrow.literal


def _is_loose(alias: Pattern, *, alone: bool) -> bool:
    if alias.needs or alias.surface is not None or alias.rest:
        return False
    if alias.script in ("spaceless", "hangul"):  # a character says as much as a syllable
        return len(alias.literal) < SHORTEST
    shortest = SHORTEST_OPEN if alias.open_end else SHORTEST
    return len(alias.literal) < (SHORTEST_ALONE if alone else shortest)
