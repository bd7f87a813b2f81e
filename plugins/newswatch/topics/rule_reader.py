"""The rule language, read into a tree: `mediation SENT gaza WITHOUT/8 elsewhere`.

    rule   := both (OR both)*
    both   := unit (AND unit | AND NOT unit | IF unit)*
    unit   := atom ((NEAR/n | ONEAR/n | ONEAR/m-n | SENT | PARA | WITHOUT/n) atom
                    | WITHOUT atom [NEARER atom])*
    atom   := [title: | subtitle: | lead:] (group | '(' rule ')') | count(rule) >= n

docs/topics.md tells what each means; `evaluate` does it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import cast

from newswatch.topics.habits import habit_of
from newswatch.topics.rules import (
    Count,
    Either,
    Group,
    Join,
    JoinOperator,
    Pair,
    PairOperator,
    Place,
    Placed,
    Rule,
)

_TOKEN = re.compile(
    r"\s*(?:(?P<near>O?NEAR|WITHOUT)/(?:(?P<fewest>\d{1,9})-)?(?P<words>\d{1,9})(?![A-Za-z_-])|"
    r"(?P<pair>SENT|PARA|WITHOUT)\b(?!/)|(?P<nearer>NEARER)\b|"
    r"(?P<word>AND\s+NOT|AND|OR|IF)\b|(?P<count>count\s*\()|(?P<mark>[()])|"
    r"(?P<place>title|subtitle|lead):|(?P<group>[A-Za-z_][\w-]*))"
)
_AT_LEAST = re.compile(r"\s*>=\s*(?P<least>\d{1,9})(?!\w)")
_OPERATORS = ("AND", "AND NOT", "OR", "IF", "NEAR", "ONEAR", "SENT", "PARA", "WITHOUT")
_WRONG = {
    "NEAR": "NEAR needs a number of words, as in NEAR/10",
    "ONEAR": "ONEAR needs a number of words, as in ONEAR/10",
    "NOT": "NOT stands only after AND",
    "count": "write count(rule) >= n",
}


_EXPECTED = "expected a group, an operator or a parenthesis"
DEEPEST = 50  # parentheses or places in one another
MOST_GROUPS = 100  # named in one rule
FURTHEST = 100_000  # words of a distance, occurrences of a count


class RuleError(Exception):
    """A rule that cannot be read; `column` counts from 0. `word` is none of the `known` that could
    stand there."""

    def __init__(
        self, problem: str, column: int, word: str = "", known: Collection[str] = ()
    ) -> None:
        super().__init__(problem)
        self.column, self.word, self.known = column, word, tuple(known)


def parse_rule(text: str, groups: Collection[str]) -> Rule:
    """Raises `RuleError` with the place of what cannot be read."""
    reader = _Reader(text, groups)
    rule = reader.either()
    if (rest := reader.peek()) is not None:
        word = rest.group().strip()
        habit = habit_of(text[reader.column :]) or _WRONG.get(word)
        raise RuleError(
            habit or f"{word!r} does not continue the rule: expected an operator",
            reader.column,
            word.upper(),
            () if habit else _OPERATORS,
        )
    return rule


class _Reader:
    """Recursive descent over one rule's text."""

    def __init__(self, text: str, groups: Collection[str]) -> None:
        self._text, self._groups, self._at = text, groups, 0
        self._depth = self._named = 0

    @property
    def column(self) -> int:
        rest = self._text[self._at :]
        return self._at + len(rest) - len(rest.lstrip())

    def peek(self) -> re.Match[str] | None:
        if not self._text[self._at :].strip():
            return None
        found = _TOKEN.match(self._text, self._at)
        if found is None:
            raise RuleError(habit_of(self._text[self.column :]) or _EXPECTED, self.column)
        return found

    def _take(self) -> re.Match[str]:
        found = self.peek()
        if found is None:
            raise RuleError("the rule ends where a group was expected", len(self._text))
        self._at = found.end()
        return found

    def either(self) -> Rule:
        options = [self._both()]
        while (token := self.peek()) and token["word"] == "OR":
            self._take()
            options.append(self._both())
        return options[0] if len(options) == 1 else Either(tuple(options))

    def _both(self) -> Rule:
        rule = self._unit()
        while (token := self.peek()) and token["word"] not in (None, "OR"):
            operator = cast("JoinOperator", " ".join(self._take()["word"].split()))
            rule = Join(operator, rule, self._unit())
        return rule

    def _unit(self) -> Rule:
        rule = self._atom()
        while (token := self.peek()) and (token["near"] or token["pair"]):
            self._take()
            operator = cast("PairOperator", token["near"] or token["pair"])
            words = self._figure(token, "words") if token["words"] else None
            least = self._fewest(token, words)
            right = self._atom()
            rule = Pair(operator, words, rule, right, self._own(operator, words), least)
        return rule

    def _fewest(self, token: re.Match[str], words: int | None) -> int:
        """The m of ONEAR/m-n."""
        if not token["fewest"]:
            return 0
        if token["near"] != "ONEAR":
            problem = f"{token['near']} takes one number; in order, ONEAR/3-10 takes a range"
            raise RuleError(problem, token.start("near"))
        least = self._figure(token, "fewest")
        if words is not None and least > words:
            raise RuleError("the range ends before it begins", token.start("fewest"))
        return least

    def _own(self, operator: PairOperator, words: int | None) -> Rule | None:
        """What follows NEARER, if that stands here."""
        token = self.peek()
        if token is None or not token["nearer"]:
            return None
        if operator != "WITHOUT" or words is not None:
            raise RuleError("NEARER stands only after a WITHOUT without a number", self.column)
        self._take()
        return self._atom()

    def _atom(self) -> Rule:
        column = self.column
        token = self._take()
        if token["mark"] == "(":
            rule = self._deeper(self.either, column)
            closing = self.peek()
            if closing is None or closing["mark"] != ")":
                raise RuleError("this parenthesis is not closed", column)
            self._take()
            return rule
        if token["place"]:
            return Placed(cast("Place", token["place"]), self._deeper(self._atom, column))
        if token["count"]:
            return self._counted(column)
        if token["group"]:
            return Group(self._known(token["group"], column))
        raise RuleError(f"{token.group().strip()!r} stands where a group was expected", column)

    def _counted(self, column: int) -> Rule:
        rule = self._deeper(self.either, column)
        closing = self.peek()
        if closing is None or closing["mark"] != ")":
            raise RuleError("this parenthesis is not closed", column)
        self._take()
        least = _AT_LEAST.match(self._text, self._at)
        if least is None:
            raise RuleError(_WRONG["count"], self.column)
        self._at = least.end()
        return Count(rule, self._figure(least, "least"))

    def _deeper(self, read: Callable[[], Rule], column: int) -> Rule:
        if self._depth == DEEPEST:
            raise RuleError(f"more than {DEEPEST} parentheses or places in one another", column)
        self._depth += 1
        rule = read()
        self._depth -= 1
        return rule

    def _figure(self, token: re.Match[str], name: str) -> int:
        digits = token[name].lstrip("0") or "0"
        if len(digits) > len(str(FURTHEST)) or int(digits) > FURTHEST:
            problem = f"no article has so many words: write at most {FURTHEST}"
            raise RuleError(problem, token.start(name))
        return int(digits)

    def _known(self, name: str, column: int) -> str:
        if name not in self._groups:
            habit = habit_of(self._text[column:]) or _WRONG.get(name)
            known = () if habit else self._groups
            raise RuleError(habit or f"no group is called {name!r}", column, name, known)
        if self._named == MOST_GROUPS:
            raise RuleError(f"a rule that names more than {MOST_GROUPS} groups", column)
        self._named += 1
        return name
