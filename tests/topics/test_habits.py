"""What is written by the habits of another query language is refused, with how it is written here;
what is read is written again as text that reads back to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.errors import InputError
from newswatch.topics.load import read_topic
from newswatch.topics.rule_reader import parse_rule
from newswatch.topics.rules import (
    Count,
    Either,
    Group,
    Join,
    Pair,
    Placed,
    Rule,
    groups_of,
    written,
)

TEMPLATE = """\
id: t
name: T
groups:
  a: [{alias}]
  b: [beta]
rules:
  - id: r
    when: {rule}
"""


def refusal(rule: str = "a", alias: str = "alpha") -> InputError:
    with pytest.raises(InputError) as caught:
        read_topic(TEMPLATE.format(rule=rule, alias=alias), "t.yaml")
    return caught.value


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("'a AND outlet:reuters'", "facts of the article stand under where:"),
        ("'language:ar AND a'", "facts of the article stand under where:"),
        ("'text:a'", "there is no such field; there are title:, subtitle:, lead:"),
        ("a and b", "operators are written in capitals"),
        ("a && b", "write AND and OR"),
        ("a || b", "write AND and OR"),
        ("a -b", "what must not be there is written AND NOT or WITHOUT"),
        ("'a !b'", "what must not be there is written AND NOT or WITHOUT"),
        ("a W/5 b", "a distance is written NEAR/10"),
        ("a ADJ b", "a distance is written NEAR/10"),
        ("a PARA/2 b", "PARA and SENT take no number"),
        ("a~5", "weights stand under weight:"),
        ("a^2", "weights stand under weight:"),
        ("alph*", "no group is called 'alph'"),
        ("a AND beta*", "no group is called 'beta'"),
        ("'a \"peace talks\"'", "words stand in groups, a rule names the group"),
        ("'+a'", "a + says nothing here"),
        ("a NEAR/3-10 b", "in order, ONEAR/3-10 takes a range"),
        ("a ONEAR/10-3 b", "the range ends before it begins"),
        ("count(a) b", "write count(rule) >= n"),
    ],
)
def test_rules(rule: str, said: str) -> None:
    error = refusal(rule=rule)
    assert said in str(error)
    assert error.line == 8


@pytest.mark.parametrize(
    ("alias", "said"),
    [
        ("dut(y|ies)", "it looks like a regular expression"),
        ("/nuke.*/", "it looks like a regular expression"),
        ("'\\bwar\\b'", "it looks like a regular expression"),
        ("'[Ww]ar'", "it looks like a regular expression"),
        ("nuclear AND deal", "it looks like a query"),
        ("nuclear NEAR/3 deal", "it looks like a query"),
        ("'title:war'", "it looks like a query's field"),
        ("roam~2", "it looks like a query"),
        ("'tariff?'", "a ? is looked for as it stands; a * takes any ending"),
        ("tariff?", "a ? is looked for as it stands; a * takes any ending"),
    ],
)
def test_aliases(alias: str, said: str) -> None:
    error = refusal(alias=alias)
    assert said in str(error)
    assert error.line == 4


@pytest.mark.parametrize("alias", ["U.S.", "AT&T", "20-point", "M23", "'Yahoo!'", "CO2", "Rand"])
def test_what_only_looks_odd_is_read(alias: str) -> None:
    read_topic(TEMPLATE.format(rule="a", alias=alias), "t.yaml")


@pytest.mark.parametrize("alias", ["*tariff", "&name", "@name", "%50", "`word`", "tariff: high"])
def test_what_yaml_takes_for_its_own_must_be_quoted(alias: str) -> None:
    error = refusal(alias=alias)
    assert "quotes" in str(error)
    assert error.line == 4


groups = st.sampled_from([Group("a"), Group("b"), Group("c")])


def _extended(rules: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    figures = st.integers(0, 20)
    return st.one_of(
        st.builds(Placed, st.sampled_from(["title", "subtitle", "lead"]), rules),
        st.builds(Count, rules, figures),
        st.builds(Join, st.sampled_from(["AND", "AND NOT", "IF"]), rules, rules),
        st.builds(Pair, st.sampled_from(["SENT", "PARA", "WITHOUT"]), st.none(), rules, rules),
        st.builds(Pair, st.sampled_from(["NEAR", "WITHOUT"]), figures, rules, rules),
        st.builds(Pair, st.just("ONEAR"), st.just(20), rules, rules, st.none(), figures),
        st.builds(Pair, st.just("WITHOUT"), st.none(), rules, rules, rules),
        st.builds(lambda one, other: Either((one, other)), rules, rules),
    )


@given(st.recursive(groups, _extended, max_leaves=12))
def test_a_rule_is_written_as_it_is_read(rule: Rule) -> None:
    assert parse_rule(written(rule), set(groups_of(rule))) == rule
