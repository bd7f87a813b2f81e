"""The example of docs/topics.md is a topic that can be read and passes its own tests."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from newswatch.cli.main import cli
from newswatch.settings import HOME
from newswatch.topics.facts import Facts, read_condition
from newswatch.topics.rule_reader import RuleError, parse_rule
from newswatch.yamlfile import parse_yaml

PAGE = (HOME / "docs" / "topics.md").read_text()
RULES = PAGE.partition("\n| expression | finds |\n|---|---|\n")[2].partition("\n\n")[0]
WRITTEN = re.findall(r"`([^`]+)`", "\n".join(row.split("|")[1] for row in RULES.splitlines()))


def blocks() -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("rule", WRITTEN)
def test_each_expression_is_read(rule: str) -> None:
    assert parse_rule(rule, {"a", "b", "c"})


def test_the_conditions_are_read() -> None:
    _, conditions = blocks()
    where = parse_yaml(conditions, "where.yaml").mapping(required=("where",))["where"]
    condition = read_condition(where)
    facts = Facts(outlet="example.com", language="he", words=200, is_original=True)
    assert condition.holds(facts)
    assert not condition.holds(replace(facts, words=199))


@pytest.mark.parametrize("odd", ["a W/5 b", "outlet:reuters"])
def test_what_is_refused_with_how_it_is_written(odd: str) -> None:
    assert f"`{odd}`" in PAGE
    with pytest.raises(RuleError, match=r"NEAR/10|where:"):
        parse_rule(odd, {"a", "b"})


def test_the_example_works(tmp_path: Path) -> None:
    example, _ = blocks()
    (tmp_path / "black-sea-grain.yaml").write_text(example)
    result = CliRunner().invoke(cli, ["topics", "check", str(tmp_path)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "black-sea-grain: 1 rule, 2 tests\n"
