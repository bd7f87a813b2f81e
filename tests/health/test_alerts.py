"""People are told once of what begins, and once when it is over."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health.healthy import HOUR, MINUTE, NOW
from newswatch.health.alerts import CALM, HOLD, merged, tellings, updated, with_told
from newswatch.health.words import subject_of, text_of
from newswatch.models.health import Alert, Finding, Severity

BACKLOG = Finding("backlog", "warning", "12 wait for flag", "flag")
AWAY = Finding("database-away", "critical", "no answer")
SILENT = [Finding("feed-silent", "warning", f"Paper {n}", f"https://{n}.example") for n in range(3)]


class Person:
    """Who is told: each look is at a time and sees findings."""

    def __init__(self, *channels: str, deaf: frozenset[str] = frozenset()) -> None:
        self.channels, self.deaf = channels or ("mail",), deaf
        self.alerts: tuple[Alert, ...] = ()
        self.heard: list[tuple[str, str]] = []  # what, begins or over

    def looks(self, at: datetime, *found: Finding, unknown: tuple[str, ...] = ()) -> None:
        self.alerts = updated(self.alerts, found, at, lambda check: check in unknown)
        for telling in tellings(self.alerts, self.channels, at):
            if telling.channel not in self.deaf:
                self.alerts = with_told(self.alerts, telling)
                kind = "over" if telling.over else "begins"
                self.heard.append((f"{telling.channel}: {len(telling.alerts)}", kind))


def test_once_when_it_begins_and_once_when_it_is_over() -> None:
    person = Person()
    for minute in range(60):
        person.looks(NOW + minute * MINUTE, *([BACKLOG] if 10 <= minute < 40 else []))
    assert person.heard == [("mail: 1", "begins"), ("mail: 1", "over")]


def test_what_comes_and_goes_is_one_alert() -> None:
    person = Person()
    for minute in range(60):
        person.looks(NOW + minute * MINUTE, *([BACKLOG] if minute % 3 else []))
    assert person.heard == [("mail: 1", "begins")]


def test_what_heals_by_itself_at_once_is_not_told() -> None:
    person = Person()
    for second in range(0, 3600, 30):
        at = NOW + timedelta(seconds=second)
        person.looks(at, *([AWAY] if second < HOLD["database-away"].seconds else []))
    assert person.heard == []
    for second in range(3600, 7200, 30):
        person.looks(NOW + timedelta(seconds=second), AWAY)
    assert person.heard == [("mail: 1", "begins")]


def test_many_of_one_check_are_one_message_and_a_new_one_is_a_message_of_its_own() -> None:
    person = Person()
    person.looks(NOW, *SILENT[:2])
    person.looks(NOW + MINUTE, *SILENT)
    person.looks(NOW + 2 * MINUTE, *SILENT)
    assert person.heard == [("mail: 2", "begins"), ("mail: 1", "begins")]


def test_what_becomes_more_severe_is_told_again_and_what_becomes_less_is_not() -> None:
    person = Person()
    for minute, severity in enumerate(("warning", "critical", "warning", "critical")):
        grave: Severity = "critical" if severity == "critical" else "warning"
        person.looks(NOW + minute * MINUTE, Finding("disk-full", grave, "little is free"))
    assert person.heard == [("mail: 1", "begins")] * 2


def test_a_notice_is_told_to_nobody() -> None:
    person = Person()
    person.looks(NOW, Finding("parked", "notice", "one item"))
    assert person.heard == []


def test_each_channel_hears_it_once_however_long_another_is_away() -> None:
    person = Person("mail", "webhook", deaf=frozenset({"mail"}))
    person.looks(NOW, BACKLOG)
    person.looks(NOW + MINUTE, BACKLOG)
    person.deaf = frozenset()
    person.looks(NOW + 2 * MINUTE, BACKLOG)
    person.looks(NOW + 3 * MINUTE, BACKLOG)
    assert person.heard == [("webhook: 1", "begins"), ("mail: 1", "begins")]


def test_what_cannot_be_looked_at_stays_as_it_is() -> None:
    person = Person()
    person.looks(NOW, BACKLOG)
    person.looks(NOW + HOUR, AWAY, unknown=("backlog",))
    assert ("mail: 1", "over") not in person.heard
    person.looks(NOW + HOUR + CALM)
    assert ("mail: 1", "over") in person.heard


def test_it_may_come_again() -> None:
    person = Person()
    for hour, found in enumerate((BACKLOG, None, BACKLOG, None)):
        person.looks(NOW + hour * HOUR, *([found] if found else []))
    assert person.heard == [("mail: 1", "begins"), ("mail: 1", "over")] * 2


@pytest.mark.parametrize("lost", ["file", "table"])
def test_one_of_two_books_is_enough(lost: str) -> None:
    before = Person()
    before.looks(NOW, BACKLOG)
    untold = Person(deaf=frozenset({"mail"}))
    untold.looks(NOW, BACKLOG)
    books = [before.alerts, untold.alerts] if lost == "table" else [untold.alerts, before.alerts]
    after = Person()
    after.alerts = merged(books)
    after.looks(NOW + MINUTE, BACKLOG)
    assert after.heard == []


Looks = st.lists(st.frozensets(st.sampled_from([BACKLOG, AWAY, *SILENT])), max_size=40)


@given(Looks, st.integers(1, 10))
def test_nobody_hears_of_a_beginning_twice_without_an_end_between(
    looks: list[frozenset[Finding]], minutes: int
) -> None:
    alerts: tuple[Alert, ...] = ()
    balance: Counter[tuple[str, str]] = Counter()
    for number, found in enumerate(looks):
        at = NOW + number * minutes * MINUTE
        alerts = updated(alerts, sorted(found, key=repr), at, lambda _: False)
        for telling in tellings(alerts, ["mail"], at):
            alerts = with_told(alerts, telling)
            for alert in telling.alerts:
                balance[alert.check, alert.subject] += -1 if telling.over else 1
                assert balance[alert.check, alert.subject] in (0, 1)


def test_the_message_says_what_since_when_what_to_do_and_what_else() -> None:
    alert = Alert("backlog", "flag", "warning", "12 wait for flag", NOW - HOUR, NOW)
    other = Alert("disk-full", "/var", "critical", "/var: 4 GB of 1 TB", NOW, NOW)
    assert subject_of([alert], over=False) == "[newswatch warning] 12 wait for flag"
    assert text_of([alert], [alert, other], over=False, host="desk") == (
        "* 12 wait for flag (since 2026-01-14 11:00 UTC)\n"
        "\n"
        "What to do: docs/runbook.md, under `backlog`.\n"
        "No further message on this follows until it is over.\n"
        "\n"
        "Also wrong at the moment:\n"
        "* /var: 4 GB of 1 TB (since 2026-01-14 12:00 UTC)\n"
        "\n"
        "newswatch on desk\n"
    )
    over = Alert("backlog", "flag", "warning", "12 wait for flag", NOW - HOUR, NOW, ended_at=NOW)
    assert subject_of([over, over], over=True) == "[newswatch over] 12 wait for flag (and 1 more)"
    assert "(from 2026-01-14 11:00 UTC to 2026-01-14 12:00 UTC)" in text_of(
        [over], [], over=True, host="desk"
    )
