"""What matching costs: in step with the length of the text, whatever stands in it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.errors import InputError
from newswatch.text.limits import LONGEST_SENTENCE, LONGEST_TEXT
from newswatch.topics.boundaries import LETTER
from newswatch.topics.load import read_topic
from newswatch.topics.match import Matcher
from newswatch.topics.patterns import LONGEST_GAP, compile_pattern
from shipped import shipped_matcher

DENSE = "Ukraine talks peace Kyiv Moscow negotiations Gaza Hamas mediators Doha Witkoff envoy "
TEMPLATE = """\
id: t
name: T
groups:
  a: [alpha]
  b: [beta]
  c: [{{alias: gamma, needs: a}}, {{alias: delta, needs: b, within: 3}}]
masks: [alpha male]
rules:
  - id: r
    when: {rule}
"""


def steps(work: Callable[[], Any]) -> int:
    """How many instructions of Python run."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "text",
    [
        DENSE,
        DENSE.replace(" ", ". "),
        DENSE.replace(" ", "\n"),
        "Related\nUkraine talks in Kyiv resume\n",
        "Ukraine ",
        "peace talks ",
        "停火谈判加沙",
    ],
    ids=["one sentence", "sentences", "lines", "links", "a word", "a phrase", "no spaces"],
)
def test_twice_the_text_is_at_most_a_little_over_twice_the_work(text: str) -> None:
    once, twice = text * (6_000 // len(text)), text * (2 * (6_000 // len(text)))
    shipped_matcher().match("", twice)  # caches are warm
    assert steps(lambda: shipped_matcher().match("", twice)) <= 2.2 * steps(
        lambda: shipped_matcher().match("", once)
    )


@pytest.mark.parametrize("operator", ["SENT", "PARA", "NEAR/9", "ONEAR/9", "WITHOUT", "WITHOUT/9"])
@pytest.mark.parametrize("text", ["alpha beta gamma delta alpha male ", "alpha gamma "])
def test_so_is_each_operator_masks_and_needs(operator: str, text: str) -> None:
    rule = f"(a {operator} b) PARA c"
    matcher = Matcher([read_topic(TEMPLATE.format(rule=rule), "t.yaml")])
    steps(lambda: matcher.match("", text * 100))
    once, twice = (
        steps(lambda repeated=text * times: matcher.match("", repeated)) for times in (100, 200)
    )
    assert twice <= 2.2 * once


def test_a_text_longer_than_any_article_is_looked_at_as_far_as_that() -> None:
    text = DENSE * (LONGEST_TEXT // len(DENSE) + 1)
    assert shipped_matcher().match("", text * 10) == shipped_matcher().match(
        "", text[:LONGEST_TEXT]
    )


def test_the_sentence_of_a_mention_is_short_and_holds_it() -> None:
    (flag, *_) = shipped_matcher().match("", DENSE * 100)
    for mention in flag.mentions:
        assert len(mention.sentence) <= LONGEST_SENTENCE + len("…  …")
        assert mention.text in mention.sentence


@pytest.mark.parametrize(
    "text",
    [
        "." * 300_000,
        "U.S. " * 60_000,
        "a\u0316\u0301" * 100_000,
        "witkoff" * 40_000,
        "ו" * 300_000,
        "غزة" * 100_000,
        "停火" * 100_000,
        "Read more on this\n" * 20_000,
    ],
    ids=["dots", "stops", "marks", "one word", "prefixes", "clitics", "no spaces", "headings"],
)
def test_hostile_texts_come_to_an_end(text: str) -> None:
    assert all(flag.mentions for flag in shipped_matcher().match(text, text))


PIECES = st.lists(st.text("ab ", min_size=1, max_size=3), min_size=1, max_size=4)


@given(PIECES, st.text("ab c.", max_size=30))
def test_stars_inside_an_alias_stand_for_letters(pieces: list[str], rest: str) -> None:
    pattern = compile_pattern("*".join(["xyz", *pieces]) + "*")
    found = re.compile("".join(f"{LETTER}*{re.escape(piece)}" for piece in pattern.rest)).match(
        f"xyz{rest}", 3
    )
    end = pattern.match(f"xyz{rest}", 0, 3)
    assert (end is None) == (found is None)
    if found is not None and end is not None:
        assert end >= found.end()


def test_many_stars_are_no_more_work() -> None:
    pattern = compile_pattern("a*a*a*a*a*a*b")
    text = "a" * 20_000
    assert steps(lambda: pattern.match(text, 0, 1)) < 1_000
    assert pattern.match("aaaaaaab", 0, 1) == 8
    assert pattern.match("a" * 7 + "c" * (LONGEST_GAP + 1) + "b", 0, 1) is None


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("(" * 2_000 + "a" + ")" * 2_000, "more than 50 parentheses or places in one another"),
        ("title:" * 800 + "a", "more than 50 parentheses or places in one another"),
        ("a NEAR/999999999 b", "no article has so many words: write at most 100000"),
        (f"a NEAR/{'9' * 4_400} b", "no article has so many words"),
        ("count(a) >= 999999999", "no article has so many words"),
    ],
)
def test_a_rule_beyond_measure_is_refused_where_it_stands(rule: str, message: str) -> None:
    with pytest.raises(InputError, match=f"^t.yaml:10:11: {re.escape(message)}.*; see docs/topics"):
        read_topic(TEMPLATE.format(rule=rule), "t.yaml")


def test_the_longest_rules_are_read_and_matched() -> None:
    names = [f"g{number}" for number in range(100)]
    groups = "".join(f"  {name}: [alpha]\n" for name in names)
    rule = " AND ".join(f"({a} OR {b})" for a, b in zip(names[::2], names[1::2], strict=True))
    text = TEMPLATE.format(rule=rule).replace("masks:", f"{groups}masks:")
    assert Matcher([read_topic(text, "t.yaml")]).match("", "Alpha met beta.")
    with pytest.raises(InputError, match="a rule that names more than 100 groups"):
        read_topic(text.replace(rule, f"{rule} AND a"), "t.yaml")
