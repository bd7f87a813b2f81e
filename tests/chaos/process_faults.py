"""Harm to the program's own processes: killed, stopped, short of what they need, or doubled."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial

import psutil

from chaos.fault import Before, Cost, Fault
from chaos.trial import NotUnderWay, Place, Trial, Worker, wait_for

PARSER, PAGE = "newswatch.feeds.", "newswatch.extract."

# Where a stage stands still to be harmed: the tables that it writes, and how.
TABLES: Mapping[Before, tuple[tuple[str, str], ...]] = {
    "poll": (("insert", "news.entry"), ("insert", "news.feed_fetch")),
    "extract": (("insert", "news.page"), ("insert", "news.article")),
    "deduplicate": (
        *(("insert", "news.fingerprint"), ("insert", "news.posting")),
        *(("insert", "news.version_decision"), ("insert", "news.story_term")),
    ),
    "flag": (("insert", "news.flag"), ("insert", "news.mention")),
    "load": (("update", "news.article"),),
    "send_digest": (
        *(("insert", "news.edition"), ("insert", "news.edition_story")),
        ("update", "news.outbox"),
    ),
}
Rows = Mapping[tuple[str, str], int]
OF_A_DELIVERY = 3  # updates: it is taken, handed over, and told


def places(rows: Rows, before: Before, count: int) -> Iterator[Place]:
    """So many places in each table that the stage writes, from its first row to its last."""
    for event, table in TABLES[before]:
        most = _writes(rows, before, event, table)
        numbers = {1 + (most - 1) * n // max(1, count - 1) for n in range(count)}
        yield from (Place(table, event, number) for number in sorted(numbers) if number <= most)


def _writes(rows: Rows, before: Before, event: str, table: str) -> int:
    if event == "insert":
        return rows[before, table]
    return OF_A_DELIVERY if table == "news.outbox" else rows["extract", "news.article"]


def process_faults(rows: Rows) -> Iterator[Fault]:
    for before in TABLES:
        for place in places(rows, before, 5):
            yield Fault("SIGKILL of a stage", f"at {place}", before, partial(kill, place=place))
        for place in places(rows, before, 2):
            yield Fault("SIGTERM of a stage", f"at {place}", before, partial(end, place=place))
    for number in range(1, 7):  # a feed whose parser is killed twice is left for some time
        yield _child(number, "SIGKILL of a parser child", "poll", PARSER, signal.SIGKILL)
        yield _child(number, "SIGKILL of a page child", "extract", PAGE, signal.SIGKILL)
    yield _child(1, "SIGSTOP of a child", "poll", PARSER, signal.SIGSTOP)
    yield _child(1, "SIGSTOP of a child", "extract", PAGE, signal.SIGSTOP)
    for descriptors in (16, 20, 24, 32, 40):
        strike = partial(starve, descriptors=descriptors)
        yield Fault("no file descriptors", f"{descriptors} in all", "poll", strike)
        yield Fault("no file descriptors", f"{descriptors} at pages", "extract", strike)
    for before in ("poll", "extract", "deduplicate", "flag", "load", "send_digest"):
        yield Fault("two cycles at once", f"from {before}", before, twice)
    for hours in (1, 30):
        strike = partial(set_back, hours=hours)
        yield Fault("clock set back", f"by {hours} h", "poll", strike, cost="hours")


def kill(trial: Trial, place: Place) -> None:
    with trial.stopped_at(place) as worker:
        worker.kill()
        worker.end()
        wait_for(lambda: len(trial.sessions()) <= 1, "the session to be the only one left")
    wait_for(lambda: not trial.sessions(), "the session of the killed worker to end")


def end(trial: Trial, place: Place) -> None:
    with trial.stopped_at(place) as worker:
        worker.kill(signal.SIGTERM)
        worker.end()
    wait_for(lambda: not trial.sessions(), "the session of the ended worker to end")


def harm_child(trial: Trial, function: str, number: signal.Signals, count: int) -> None:
    """Send a signal to one of the children, so many times, each time to one at work."""
    worker = trial.start()
    harmed: set[int] = set()
    while len(harmed) < count and worker.alive:
        for child in _at_work(worker, function, harmed):
            with suppress(psutil.NoSuchProcess):
                child.send_signal(number)
                harmed.add(child.pid)
            break
    if not harmed:
        raise NotUnderWay("no child was seen at work")
    code = worker.end()
    if code != 0:
        raise AssertionError(f"the stage that lost a child ended with {code}")


def _at_work(worker: Worker, function: str, harmed: set[int]) -> list[psutil.Process]:
    found = []
    for child in worker.children(function):
        with suppress(psutil.NoSuchProcess):
            if child.pid not in harmed and child.cpu_times().user > 0.3:
                found.append(child)
    return found


def starve(trial: Trial, descriptors: int) -> None:
    trial.start(descriptors=descriptors).end()


def twice(trial: Trial) -> None:
    workers = [trial.start(), trial.start()]
    codes = [worker.end() for worker in workers]
    if codes != [0, 0]:
        raise AssertionError(f"two cycles at once ended with {codes}")


def set_back(trial: Trial, hours: int) -> None:
    assert trial.work.digest_at is not None
    earlier = trial.work.now - timedelta(hours=hours)
    code = Worker.end(trial.start(now=earlier, digest_at=None))
    if code != 0:
        raise AssertionError(f"the cycle of the wrong clock ended with {code}")


def _child(count: int, kind: str, before: Before, function: str, number: signal.Signals) -> Fault:
    strike: Callable[[Trial], None] = partial(
        harm_child, function=function, number=number, count=count
    )
    cost: Cost = "hours for some" if count > 1 else "nothing"
    return Fault(kind, f"{count} of them", before, strike, cost)
