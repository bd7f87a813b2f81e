"""What a rule is once it is read: a tree. `rule_reader` reads it, `evaluate` does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Place = Literal["title", "subtitle", "lead"]
PairOperator = Literal["NEAR", "ONEAR", "SENT", "PARA", "WITHOUT"]
JoinOperator = Literal["AND", "AND NOT", "IF"]


@dataclass(frozen=True, slots=True)
class Group:
    """Every occurrence of a group."""

    name: str


@dataclass(frozen=True, slots=True)
class Count:
    """Every finding of a rule, if there are so many."""

    rule: Rule
    least: int


@dataclass(frozen=True, slots=True)
class Placed:
    """What a rule finds in the title, in the subtitle, or in these and the first words."""

    place: Place
    rule: Rule


@dataclass(frozen=True, slots=True)
class Pair:
    """Left and right close together; for WITHOUT the left ones that have no right one close.

    `own`: the right one counts only where it stands nearer than this. `least`: words that must
    stand between.
    """

    operator: PairOperator
    words: int | None  # the n of NEAR/n
    left: Rule
    right: Rule
    own: Rule | None = None
    least: int = 0  # the m of ONEAR/m-n


@dataclass(frozen=True, slots=True)
class Join:
    """Left and right in one article."""

    operator: JoinOperator
    left: Rule
    right: Rule


@dataclass(frozen=True, slots=True)
class Either:
    options: tuple[Rule, ...]


Rule = Group | Count | Placed | Pair | Join | Either


def groups_of(rule: Rule) -> Iterator[str]:
    """The names of the groups that a rule speaks of, as often as it does."""
    match rule:
        case Group(name):
            yield name
        case Placed(_, inner) | Count(inner, _):
            yield from groups_of(inner)
        case Pair(_, _, left, right, own, _):
            for side in (left, right, own):
                yield from groups_of(side) if side is not None else ()
        case Join(_, left, right):
            yield from groups_of(left)
            yield from groups_of(right)
        case Either(options):
            for option in options:
                yield from groups_of(option)


def shared(rule: Rule, known: dict[Rule, Rule]) -> Rule:
    """The rule with each part that is in `known` as the object that is there; others are put in.
    So what rules have in common is one object, and is found by that."""
    match rule:
        case Group():
            made: Rule = rule
        case Placed(_, inner) | Count(inner, _):
            made = replace(rule, rule=shared(inner, known))
        case Pair(_, _, left, right, own):
            nearer = shared(own, known) if own is not None else None
            made = replace(rule, left=shared(left, known), right=shared(right, known), own=nearer)
        case Join(_, left, right):
            made = replace(rule, left=shared(left, known), right=shared(right, known))
        case Either(options):
            made = Either(tuple(shared(option, known) for option in options))
    return known.setdefault(made, made)


def written(rule: Rule) -> str:
    """The rule as text that reads back to it."""
    match rule:
        case Group(name):
            return name
        case Count(inner, least):
            return f"count({written(inner)}) >= {least}"
        case Placed(place, inner):
            return f"{place}:{_inside(inner)}"
        case Pair(operator, words, left, right, own, least):
            distance = "" if words is None else f"/{f'{least}-' if least else ''}{words}"
            nearer = f" NEARER {_inside(own)}" if own is not None else ""
            first = written(left) if isinstance(left, Pair) else _inside(left)
            return f"{first} {operator}{distance} {_inside(right)}{nearer}"
        case Join(operator, left, right):
            first, second = (
                f"({written(side)})" if isinstance(side, Either) else written(side)
                for side in (left, right)
            )
            return f"{first} {operator} {f'({second})' if isinstance(right, Join) else second}"
        case Either(options):
            return " OR ".join(
                f"({written(option)})" if isinstance(option, Either) else written(option)
                for option in options
            )


def _inside(rule: Rule) -> str:
    """As an atom."""
    is_atom = isinstance(rule, Group | Placed | Count)
    return written(rule) if is_atom else f"({written(rule)})"


def first_groups(rule: Rule) -> Iterator[str]:
    """The groups that a rule begins with: what it is about."""
    match rule:
        case Group(name):
            yield name
        case Placed(_, inner) | Count(inner, _):
            yield from first_groups(inner)
        case Pair(_, _, left) | Join(_, left):
            yield from first_groups(left)
        case Either(options):
            for option in options:
                yield from first_groups(option)
