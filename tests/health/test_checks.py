"""What is wrong with a running product, and how urgent it is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from health.healthy import DAY, HOUR, LIMITS, NOW, database, feed, measured
from newswatch.health.checks import LOCAL_CHECKS, findings, unknown
from newswatch.models.health import (
    BacklogHealth,
    ComponentHealth,
    DiskHealth,
    EditionHealth,
    FlagsHealth,
    JobHealth,
    Measurements,
    ParkedHealth,
    RunFailure,
    StageHealth,
    WrongRow,
)
from newswatch.settings import HOME


def edition(state: str, *, attempts: int = 1, age: float = 0) -> EditionHealth:
    built_at = NOW - age * HOUR
    return EditionHealth("desk", date(2026, 1, 14), state, built_at, attempts, "451 later")


def disk(free: int) -> DiskHealth:
    return DiskHealth("/var", free, 100)


def job(name: str, hours: float | None, began: float = 1000) -> tuple[JobHealth, ...]:
    finished = None if hours is None else NOW - hours * HOUR
    return (JobHealth(name, NOW - began * HOUR, finished),)


AWAY = "the database cannot be asked: no answer"
WRONG = {
    # A disk, by the share that is free of the tenth that should be.
    "disk 9 %": (measured(disks=(disk(9),)), "disk-full", "warning"),
    "disk 4 %": (measured(disks=(disk(4),)), "disk-full", "critical"),
    "scheduler": (
        measured(components=(ComponentHealth("scheduler", False, "is unhealthy"),)),
        "component-ill",
        "critical",
    ),
    "no mail server": (measured(mail_is_set=False), "mail-unset", "critical"),
    "nobody": (measured(somebody_is_told=False), "nobody-is-told", "notice"),
    "database": (measured(database=AWAY), "database-away", "critical"),
    # Jobs: three of their own intervals, and never less than the operator's limit.
    "no run": (measured(database=database(jobs=job("load", 0.8))), "run-late", "critical"),
    "never a run": (
        measured(database=database(jobs=job("load", None, began=0.8))),
        "run-late",
        "critical",
    ),
    "no digest": (measured(database=database(jobs=job("send_digest", 1))), "run-late", "critical"),
    "no care": (measured(database=database(jobs=job("maintain", 73))), "run-late", "warning"),
    "failed": (
        measured(database=database(failures=(RunFailure("watch_news", "failed", "x", NOW),))),
        "run-failed",
        "warning",
    ),
    "late": (
        measured(database=database(failures=(RunFailure("watch_news", "late", "x", NOW),))),
        "run-late",
        "warning",
    ),
    "slow": (
        measured(database=database(stages=(StageHealth("extract", 400, 100, 600),))),
        "stage-slow",
        "warning",
    ),
    "offline": (measured(database=database(offline_since=NOW - HOUR)), "offline", "critical"),
    "backlog": (
        measured(database=database(backlog=(BacklogHealth("flag", 12, NOW - 3 * HOUR),))),
        "backlog",
        "warning",
    ),
    "few parked": (
        measured(database=database(parked=(ParkedHealth("flag", "raised", 3, "x"),))),
        "parked",
        "notice",
    ),
    "many parked": (
        measured(database=database(parked=(ParkedHealth("flag", "raised", 300, "x"),))),
        "parked",
        "warning",
    ),
    "wrong row": (
        measured(database=database(wrong=(WrongRow("feeds.yaml:3", "no address"),))),
        "watchlist-wrong",
        "warning",
    ),
    "refused twice": (
        measured(database=database(editions=(edition("deferred", attempts=2),))),
        "edition-undelivered",
        "warning",
    ),
    "unsent for long": (
        measured(database=database(editions=(edition("pending", attempts=0, age=2),))),
        "edition-undelivered",
        "warning",
    ),
    "may have arrived": (
        measured(database=database(editions=(edition("unknown"),))),
        "edition-undelivered",
        "warning",
    ),
    "refused for good": (
        measured(database=database(editions=(edition("refused"),))),
        "edition-undelivered",
        "warning",
    ),
    "overtaken": (
        measured(database=database(editions=(edition("carried-over"),))),
        "edition-undelivered",
        "warning",
    ),
    "no flags": (
        measured(database=database(flags=FlagsHealth(0, (22, 19, 25)))),
        "flags-few",
        "warning",
    ),
    "clock": (
        measured(database=database(skew=-31.0)),
        "clock-skewed",
        "warning",
    ),
    "clock set back by a minute": (
        measured(database=database(last_end=NOW + HOUR / 60)),
        "clock-set-back",
        "warning",
    ),
    "clock set back by two hours": (
        measured(database=database(last_end=NOW + 2 * HOUR)),
        "clock-set-back",
        "critical",
    ),
}
WELL = {
    "all": measured(),
    "disk 10 %": measured(disks=(disk(10),)),
    "no size": measured(disks=(DiskHealth("/proc", 0, 0),)),
    "nobody reads": measured(mail_is_set=False, has_subscribers=False),
    "three intervals": measured(database=database(jobs=job("load", 0.75))),
    "never run here": measured(database=database(jobs=(JobHealth("load", None, None),))),
    # A stage whose runs are few, or short, or that was slow once only (`latest` is the fastest).
    "few runs": measured(database=database(stages=(StageHealth("flag", 400, 100, 19),))),
    "short runs": measured(database=database(stages=(StageHealth("flag", 9, 1, 600),))),
    "waits a little": measured(database=database(backlog=(BacklogHealth("flag", 9, NOW - HOUR),))),
    "nothing waits": measured(database=database(backlog=(BacklogHealth("flag", 0, None),))),
    "just refused": measured(database=database(editions=(edition("deferred"),))),
    # Few flags on a weekday that has few, or with one week to go by.
    "few flags ever": measured(database=database(flags=FlagsHealth(0, (4, 2, 0)))),
    "young": measured(database=database(flags=FlagsHealth(0, (22,)))),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found(name: str) -> None:
    spoilt, check, severity = WRONG[name]
    assert [(found.check, found.severity) for found in findings(spoilt, LIMITS)] == [
        (check, severity)
    ]


@pytest.mark.parametrize("name", WELL)
def test_what_is_well_is_left_alone(name: str) -> None:
    assert findings(WELL[name], LIMITS) == ()


def test_each_sentence_says_what_and_since_when() -> None:
    late = measured(database=database(jobs=job("load", 0.9)))
    assert findings(late, LIMITS)[0].what == "no run of watch_news has finished for 54 minutes"
    waits = measured(database=database(editions=(edition("deferred", attempts=4, age=5),)))
    assert findings(waits, LIMITS)[0].what == (
        "the edition of 2026-01-14 for desk is deferred for 5 hours, 4 tries: 451 later"
    )


def test_the_most_severe_comes_first() -> None:
    spoilt = measured(
        somebody_is_told=False,
        disks=(disk(9),),
        database=database(offline_since=NOW - HOUR),
    )
    assert [found.severity for found in findings(spoilt, LIMITS)] == [
        "critical",
        "warning",
        "notice",
    ]


def test_no_feed_is_blamed_while_nothing_is_polled() -> None:
    broken = tuple(feed(url=f"https://x.example/{n}", state="broken") for n in range(10))
    offline = database(feeds=broken, offline_since=NOW - HOUR)
    assert {found.check for found in findings(measured(database=offline), LIMITS)} == {"offline"}
    stopped = database(feeds=broken, jobs=job("load", 9))
    assert {found.check for found in findings(measured(database=stopped), LIMITS)} == {"run-late"}


@pytest.mark.parametrize("name", WRONG)
def test_without_a_database_only_this_machine_is_judged(name: str) -> None:
    spoilt, check, _ = WRONG[name]
    away = replace(spoilt, database=AWAY)
    assert unknown(away, check) == (check not in LOCAL_CHECKS)
    found = {finding.check for finding in findings(away, LIMITS)}
    assert "database-away" in found
    assert found <= set(LOCAL_CHECKS)


def test_every_check_has_its_paragraph_in_the_runbook() -> None:
    runbook = (HOME / "docs" / "runbook.md").read_text()
    told = set(re.findall(r"^\| `([a-z-]+)` \|", runbook, re.MULTILINE))
    feeds: tuple[Measurements, ...] = (
        measured(database=database(feeds=tuple(feed(state="broken") for _ in range(9)))),
        measured(database=database(feeds=(feed(last_entry_at=NOW - 30 * DAY),))),
    )
    checks = {check for _, check, _ in WRONG.values()}
    checks |= {found.check for spoilt in feeds for found in findings(spoilt, LIMITS)}
    assert len(checks) == 19
    assert checks <= told
