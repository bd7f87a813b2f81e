"""What came near a flag, and what stopped it."""

from __future__ import annotations

import pytest

from newswatch.topics.almost import almost
from newswatch.topics.facts import Facts
from newswatch.topics.load import read_topic
from newswatch.topics.match import Matcher

TEMPLATE = """\
id: t
name: T
groups:
  a: [alpha]
  b: [beta]
  c: [gamma]
rules:
  - {{id: r, when: {rule}{rest}}}
"""


def missed(rule: str, text: str, rest: str = "") -> list[str]:
    topic = read_topic(TEMPLATE.format(rule=rule, rest=rest), "t.yaml")
    matcher = Matcher([topic])
    assert matcher.match("", text, facts=Facts(words=3)) == []
    return [
        near.missed
        for reading in matcher.readings("", text, facts=Facts(words=3))
        for near in almost(reading)
    ]


@pytest.mark.parametrize(
    ("rule", "text", "conditions"),
    [
        ("a SENT b", "Alpha. Beta.", ["SENT b"]),
        ("a NEAR/2 b", "Alpha one two three four beta.", ["NEAR/2 b"]),
        ("a ONEAR/2-5 b", "Alpha one beta.", ["ONEAR/2-5 b"]),
        ("a WITHOUT c", "Alpha gamma.", ["WITHOUT c"]),
        ("a SENT b WITHOUT c", "Alpha beta gamma.", ["WITHOUT c"]),
        ("a WITHOUT c NEARER b", "Beta, and so on, alpha gamma.", ["WITHOUT c NEARER b"]),
        ("a AND NOT c", "Alpha. Gamma.", ["AND NOT c"]),
        ("a IF b", "Alpha.", ["IF b"]),
        ("title:a", "Alpha.", ["title:a"]),
        ("count(a) >= 3", "Alpha alpha.", ["count(a) >= 3"]),
        ("(a OR b) SENT c", "Alpha. Gamma.", ["SENT c"]),
        ("b SENT c", "Alpha.", []),  # none of what it needs
        ("a SENT b WITHOUT c", "Alpha gamma. Beta gamma.", []),  # two conditions
    ],
)
def test_the_condition_is_told(rule: str, text: str, conditions: list[str]) -> None:
    assert missed(rule, text)[: len(conditions)] == conditions
    assert bool(missed(rule, text)) == bool(conditions)


def test_a_fact_that_is_missing_is_told() -> None:
    assert missed("a", "Alpha.", ", where: {words: 100}") == ["where:"]


def test_a_score_below_the_threshold_is_told() -> None:
    text = "Nothing. " * 30 + "Alpha."
    assert missed("a", text, ", threshold: 0.5") == ["threshold: 0.5"]
