"""The metrics as Prometheus reads them."""

from __future__ import annotations

import re

from health.healthy import HOUR, LIMITS, NOW, database, measured
from newswatch.health.checks import findings
from newswatch.health.prometheus import metrics, text
from newswatch.models.health import BacklogHealth, DiskHealth, Measurements

LINE = re.compile(
    r'^([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (-?[0-9.e+-]+)$', re.ASCII
)


def told(of: Measurements) -> dict[tuple[str, str], float]:
    lines = text(metrics(of, findings(of, LIMITS))).splitlines()
    found = [LINE.match(line) for line in lines if not line.startswith("#")]
    assert all(found)
    return {(match[1], match[2] or ""): float(match[3]) for match in found if match}


def test_values_with_their_labels() -> None:
    values = told(measured(database=database(backlog=(BacklogHealth("flag", 12, NOW - 3 * HOUR),))))
    assert values["newswatch_backlog", 'stage="flag"'] == 12
    assert values["newswatch_backlog_age_seconds", 'stage="flag"'] == 3 * 3600
    assert values["newswatch_run_age_seconds", 'dag="watch_news"'] == 300
    assert values["newswatch_feeds", 'state="active"'] == 10
    assert values["newswatch_feeds_silent", ""] == 0
    assert values["newswatch_findings", 'check="backlog",severity="warning"'] == 1
    assert values["newswatch_database_up", ""] == 1


def test_names_stay_when_the_database_is_away() -> None:
    away = measured(database="no answer")
    names = [metric.name for metric in metrics(measured(), ())]
    assert [metric.name for metric in metrics(away, ())] == names
    assert len(names) == len(set(names))
    assert told(away)["newswatch_database_up", ""] == 0


def test_each_metric_says_what_it_is_once() -> None:
    lines = text(metrics(measured(), ())).splitlines()
    helped = [line.split()[2] for line in lines if line.startswith("# HELP")]
    typed = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert helped == typed == [metric.name for metric in metrics(measured(), ())]


def test_labels_are_escaped() -> None:
    odd = measured(disks=(DiskHealth('/a"b\\c\nd', 50, 100),))
    assert told(odd)["newswatch_disk_free_bytes", 'folder="/a\\"b\\\\c\\nd"'] == 50
