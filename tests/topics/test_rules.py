"""A rule of any size is read or refused, and what is read can be evaluated."""

from __future__ import annotations

import pytest

from newswatch.errors import InputError
from newswatch.topics.load import read_topic
from newswatch.topics.match import Matcher
from newswatch.topics.rules import DEEPEST, MOST_GROUPS

TOPIC = """\
id: quay
name: Quay
groups:
  a: {{en: [quay]}}
rules:
  - {{id: r, when: {rule}}}
"""


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("(" * 2_000 + "a" + ")" * 2_000, "parentheses or places in one another"),
        ("(" * 2_000, "parentheses or places in one another"),
        ("title:" * 2_000 + "a", "parentheses or places in one another"),
        (" AND ".join("a" * 2_000), "names more than 100 groups"),
        (" OR ".join("a" * 2_000), "names more than 100 groups"),
        (" SENT ".join("a" * 2_000), "names more than 100 groups"),
        (f"a NEAR/{'9' * 5_000} a", "(at character"),
        (f"count(a) >= {'9' * 5_000}", "(at character"),
    ],
    ids=["closed", "open", "places", "AND", "OR", "SENT", "NEAR", "count"],
)
def test_a_rule_out_of_bounds_is_refused_with_its_place(rule: str, problem: str) -> None:
    with pytest.raises(InputError) as refused:
        read_topic(TOPIC.format(rule=f"'{rule}'"), "quay.yaml")
    assert problem in refused.value.problem
    assert refused.value.line == 6


@pytest.mark.parametrize(
    "rule",
    [
        *(f" {operator} ".join("a" * MOST_GROUPS) for operator in ("AND", "OR", "SENT", "NEAR/5")),
        "(" * DEEPEST + "a" + ")" * DEEPEST,
    ],
    ids=["AND", "OR", "SENT", "NEAR", "parentheses"],
)
def test_the_longest_rule_is_evaluated(rule: str) -> None:
    topic = read_topic(TOPIC.format(rule=f"'{rule}'"), "quay.yaml")
    (flag,) = Matcher([topic]).match("The quay", "The quay and the quay.", "en")
    assert flag.rule == "r"
