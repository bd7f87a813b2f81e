"""What is known of pairs of reports before they are compared: one event, or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from newswatch.models import ArticleId

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """Reports of one side and reports of the other are of one event, or are not: a person merged
    two stories, or split one; or one copies the other."""

    kind: Literal["together", "apart"]
    one_side: frozenset[ArticleId]
    other_side: frozenset[ArticleId]


@dataclass(frozen=True, slots=True)
class Constraints:
    """Rows that begin as one group, and pairs of rows that never meet."""

    together: tuple[tuple[int, ...], ...]
    apart: frozenset[Pair]

    def holds(self, first: int, second: int) -> bool:
        """Whether the two rows are of one group because it was said."""
        return any(first in group and second in group for group in self.together)


def constraints_of(rows: Mapping[ArticleId, int], statements: Sequence[Statement]) -> Constraints:
    """Of statements in the order in which they were made: where two contradict one another the
    newer holds. What is said of reports that have no row says nothing of the others."""
    group_of = {row: frozenset((row,)) for row in rows.values()}
    apart: set[Pair] = set()
    for statement in reversed(statements):
        for first, second in _pairs(rows, statement):
            one, other = group_of[first], group_of[second]
            if one is other:
                continue
            between = {(min(pair), max(pair)) for pair in product(one, other)}
            if statement.kind == "apart":
                apart.add((min(first, second), max(first, second)))
            elif not between & apart:
                both = one | other
                group_of |= dict.fromkeys(both, both)
    groups = {tuple(sorted(group)) for group in group_of.values() if len(group) > 1}
    return Constraints(tuple(sorted(groups)), frozenset(apart))


def _pairs(rows: Mapping[ArticleId, int], statement: Statement) -> list[Pair]:
    """Pairs that say the same: of reports that are together each with the first, of reports that
    are apart each of one side with each of the other."""
    one_side = sorted(rows[key] for key in statement.one_side & rows.keys())
    other_side = sorted(rows[key] for key in statement.other_side & rows.keys())
    if statement.kind == "apart":
        return list(product(one_side, other_side))
    every = sorted({*one_side, *other_side})
    return [(every[0], row) for row in every[1:]]
