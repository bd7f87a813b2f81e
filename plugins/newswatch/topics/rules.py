"""The rule language: `mediation SENT gaza`, `(qatar OR egypt) NEAR/12 hosts AND NOT sport`.

    rule   := both (OR both)*
    both   := unit (AND unit | AND NOT unit | IF unit)*
    unit   := atom ((NEAR/n | ONEAR/n | SENT | PARA | WITHOUT) atom)*
    atom   := group | title:group | lead:group | count(group) >= n | ( rule )

An expression finds mentions. OR joins them; AND joins them if both sides found some; AND NOT keeps
the left ones if the right side found none, IF the left ones if it found some. NEAR/n keeps pairs
with at most n words between, ONEAR/n those in this order, SENT pairs in one sentence, PARA pairs in
one paragraph. WITHOUT keeps the left ones in whose sentence the right side found none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from newswatch.topics.document import LEAD_WORDS, Document, Part


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """One occurrence of a group's pattern, in folded offsets. `part` 0 is the title, 1 the text."""

    part: int
    start: int
    end: int
    group: str


Hits = tuple[Hit, ...]
Found = Mapping[str, Hits]
Rule = Callable[[Document, Found], Hits]


class RuleError(Exception):
    """A rule that cannot be read; `column` counts from 0."""

    def __init__(self, problem: str, column: int, word: str = "") -> None:
        super().__init__(problem)
        self.column, self.word = column, word


_TOKEN = re.compile(
    r"\s*(?:(?P<pair>O?NEAR/\d+|SENT\b|PARA\b|WITHOUT\b)|(?P<word>AND\b|OR\b|NOT\b|IF\b)|(?P<mark>[()])|"
    r"count\(\s*(?P<counted>[\w-]+)\s*\)\s*>=\s*(?P<least>\d+)|"
    r"(?P<where>title:|lead:)?(?P<group>[A-Za-z_][\w-]*))"
)


@dataclass(slots=True)
class _Reader:
    text: str
    groups: frozenset[str]
    at: int = 0
    used: set[str] | None = None

    def peek(self) -> re.Match[str] | None:
        if not self.text[self.at :].strip():
            return None
        found = _TOKEN.match(self.text, self.at)
        if found is None:
            raise RuleError("expected a group, an operator or a parenthesis", self._column())
        return found

    def take(self) -> re.Match[str]:
        found = self.peek()
        if found is None:
            raise RuleError("the rule ends where a group was expected", len(self.text))
        self.at = found.end()
        return found

    def known(self, name: str, column: int) -> str:
        if name not in self.groups:
            raise RuleError(f"no group is called {name!r}", column, name)
        if self.used is not None:
            self.used.add(name)
        return name

    def _column(self) -> int:
        return self.at + len(self.text[self.at :]) - len(self.text[self.at :].lstrip())


def parse_rule(text: str, groups: Sequence[str]) -> tuple[Rule, frozenset[str]]:
    """The rule as a function, and the groups that it uses. Raises `RuleError`."""
    reader = _Reader(text, frozenset(groups), used=set())
    rule = _either(reader)
    if (rest := reader.peek()) is not None:
        raise RuleError(f"{rest.group().strip()!r} does not continue the rule", reader._column())
    return rule, frozenset(reader.used or ())


def _either(reader: _Reader) -> Rule:
    rules = [_both(reader)]
    while (token := reader.peek()) and token["word"] == "OR":
        reader.take()
        rules.append(_both(reader))
    if len(rules) == 1:
        return rules[0]
    return lambda document, found: _union(*(rule(document, found) for rule in rules))


def _both(reader: _Reader) -> Rule:
    rule = _unit(reader)
    while (token := reader.peek()) and token["word"] in ("AND", "IF"):
        how = reader.take()["word"]
        token = reader.peek()
        if how == "AND" and token is not None and token["word"] == "NOT":
            how = reader.take()["word"]
        rule = _joined(rule, _unit(reader), how)
    return rule


def _joined(left: Rule, right: Rule, how: str) -> Rule:
    def evaluate(document: Document, found: Found) -> Hits:
        ours = left(document, found)
        if not ours:
            return ()
        theirs = right(document, found)
        if how == "NOT":
            return () if theirs else ours
        if not theirs:
            return ()
        return _union(ours, theirs) if how == "AND" else ours

    return evaluate


def _unit(reader: _Reader) -> Rule:
    rule = _atom(reader)
    while (token := reader.peek()) and token["pair"]:
        reader.take()
        rule = _paired(rule, _atom(reader), token["pair"])
    return rule


def _paired(left: Rule, right: Rule, operator: str) -> Rule:
    name, _, number = operator.partition("/")
    near = _CLOSE[name](int(number or 0))

    def evaluate(document: Document, found: Found) -> Hits:
        ours = left(document, found)
        theirs = right(document, found) if ours else ()
        if name == "WITHOUT":
            return tuple(
                hit
                for hit in ours
                if not any(
                    other.part == hit.part and near(document, hit, other) for other in theirs
                )
            )
        pairs = [
            (hit, other)
            for hit in ours
            for other in theirs
            if hit.part == other.part and near(document, hit, other)
        ]
        return _union(*pairs)

    return evaluate


Close = Callable[[Document, Hit, Hit], bool]


def _same(place: Callable[[Part, int], int]) -> Close:
    def close(document: Document, a: Hit, b: Hit) -> bool:
        part = document.parts[a.part]
        return place(part, a.start) == place(part, b.start)

    return close


def _words_between(most: int, in_order: bool) -> Close:
    def close(document: Document, a: Hit, b: Hit) -> bool:
        if in_order and b.start < a.end:
            return False
        part = document.parts[a.part]
        first, second = sorted((a, b))
        between = part.word_at(second.start) - part.word_at(first.end - 1) - 1
        return between <= most

    return close


_CLOSE: dict[str, Callable[[int], Close]] = {
    "NEAR": lambda most: _words_between(most, in_order=False),
    "ONEAR": lambda most: _words_between(most, in_order=True),
    "SENT": lambda _: _same(Part.sentence_at),
    "WITHOUT": lambda _: _same(Part.sentence_at),
    "PARA": lambda _: _same(Part.paragraph_at),
}


def _atom(reader: _Reader) -> Rule:
    token = reader.take()
    if token["mark"] == "(":
        rule = _either(reader)
        if reader.take()["mark"] != ")":
            raise RuleError("a parenthesis is not closed", token.start())
        return rule
    if token["counted"]:
        return _counted(reader.known(token["counted"], token.start("counted")), int(token["least"]))
    if token["group"]:
        name = reader.known(token["group"], token.start("group"))
        return _placed(name, token["where"])
    raise RuleError(f"{token.group().strip()!r} stands where a group was expected", token.start())


def _counted(name: str, least: int) -> Rule:
    def evaluate(document: Document, found: Found) -> Hits:
        hits = found.get(name, ())
        return hits if len(hits) >= least else ()

    return evaluate


def _placed(name: str, where: str | None) -> Rule:
    def evaluate(document: Document, found: Found) -> Hits:
        hits = found.get(name, ())
        if where == "title:":
            return tuple(hit for hit in hits if hit.part == 0)
        if where == "lead:":
            return tuple(hit for hit in hits if in_lead(document, hit))
        return hits

    return evaluate


def in_lead(document: Document, hit: Hit) -> bool:
    """In the title or among the first words of the text."""
    return hit.part == 0 or document.text.word_at(hit.start) < LEAD_WORDS


def _union(*groups: Sequence[Hit]) -> Hits:
    return tuple(sorted({hit for group in groups for hit in group}))
