"""The dashboard and the alert rules ask for metrics, labels and severities that there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from health.healthy import NOW, database, measured
from newswatch.health.prometheus import metrics
from newswatch.models.health import BacklogHealth, EditionHealth, Finding, ParkedHealth
from newswatch.settings import HOME

BOARD: dict[str, Any] = json.loads((HOME / "deploy" / "grafana" / "newswatch.json").read_text())
RULES: list[dict[str, Any]] = yaml.safe_load(
    (HOME / "deploy" / "prometheus" / "rules.yml").read_text()
)["groups"][0]["rules"]
EVERYTHING = measured(
    database=database(
        backlog=(BacklogHealth("flag", 1, NOW),),
        parked=(ParkedHealth("flag", "raised", 1, "x"),),
        editions=(EditionHealth("desk", NOW.date(), "deferred", NOW, 1, None),),
    )
)
LABELS = {
    metric.name: {label for labels, _ in metric.samples for label in labels}
    for metric in metrics(EVERYTHING, [Finding("backlog", "warning", "x")])
}


def expressions() -> Iterator[tuple[str, str]]:
    for panel in BOARD["panels"]:
        for target in panel["targets"]:
            yield target["expr"], target["legendFormat"]
    for rule in RULES:
        yield rule["expr"], " ".join(rule["annotations"].values())


@pytest.mark.parametrize(("expression", "text"), list(expressions()))
def test_what_is_asked_for_is_printed(expression: str, text: str) -> None:
    names = re.findall(r"\bnewswatch_\w+", expression)
    assert names
    assert set(names) <= set(LABELS)
    known = set.union(*(LABELS[name] for name in names))
    asked = re.findall(r"\{\{ ?\$?(?:labels\.)?(\w+) ?\}\}", text.replace("$value", ""))
    asked += re.findall(r"[{,](\w+)=", expression)
    by = re.search(r"by \(([^)]*)\)", expression)
    asked += [label.strip() for label in by[1].split(",")] if by else []
    assert set(asked) <= known


def test_every_metric_is_on_the_board() -> None:
    asked = " ".join(expression for expression, _ in expressions())
    shown = set(re.findall(r"newswatch_\w+", asked))
    assert shown == set(LABELS)


def test_the_board_is_one_that_grafana_reads() -> None:
    ids = [panel["id"] for panel in BOARD["panels"]]
    assert len(ids) == len(set(ids))
    places = [tuple(panel["gridPos"][key] for key in "xywh") for panel in BOARD["panels"]]
    assert len(places) == len(set(places))
    assert all(x + w <= 24 for x, _, w, _ in places)
    (source,) = BOARD["templating"]["list"]
    assert {panel["datasource"]["uid"] for panel in BOARD["panels"]} == {f"${{{source['name']}}}"}
    assert BOARD["uid"]
    assert BOARD["schemaVersion"] > 30


def test_each_rule_is_whole() -> None:
    for rule in RULES:
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        assert rule["annotations"]["summary"]
