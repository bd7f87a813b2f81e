"""A rule of any size is read or refused, and what is read can be evaluated."""

from __future__ import annotations

import pytest

from newswatch.errors import InputError
from newswatch.topics.load import read_topic
from newswatch.topics.match import Matcher
from newswatch.topics.rule_reader import DEEPEST, MOST_GROUPS

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


WARS = """\
id: talks
name: Talks
groups:
  talks: [talks]
  own: [Harbour]
  other: [Island]
rules:
  - {id: r, when: talks WITHOUT other NEARER own}
"""


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Talks on the Harbour began, those on the Island did not.", True),
        ("Talks on the Island began, those on the Harbour did not.", False),
        ("The Harbour opens long talks, while the Island sleeps.", True),
        ("The Harbour sleeps, the Island opens talks.", False),
        ("Talks on the Island began.", False),
        ("Talks began.", True),
        ("The Harbour sleeps. Talks on the Island began.", False),
    ],
)
def test_a_word_belongs_to_what_its_sentence_names_nearest(text: str, flagged: bool) -> None:
    matcher = Matcher([read_topic(WARS, "talks.yaml")])
    assert bool(matcher.match("", text)) is flagged


@pytest.mark.parametrize(
    "rule", ["talks SENT other NEARER own", "talks WITHOUT/4 other NEARER own"]
)
def test_nearer_stands_after_without_alone(rule: str) -> None:
    with pytest.raises(InputError, match="NEARER stands only after a WITHOUT without a number"):
        read_topic(WARS.replace("talks WITHOUT other NEARER own", rule), "talks.yaml")
