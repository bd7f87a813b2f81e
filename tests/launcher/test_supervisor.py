"""What ends or hangs is started again; what another supervisor left is taken on."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher import processes
from launcher.supervisor import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    OFTEN,
    Component,
    Hung,
    Supervisor,
    is_hung,
    pause_after,
    stop_all,
)

SLEEPS = "import time; time.sleep(60)"
ENDS = "raise SystemExit(1)"
# A parent that leaves a child behind when it is killed.
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEPS!r}])"


class Service:
    """Components of one line of Python each, under a supervisor that is told the time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = time.time()
        self.well: dict[str, bool] = {}
        self.fault = ""
        self.told: list[str] = []
        self.components: list[Component] = []

    def add(self, name: str, code: str) -> None:
        self.components.append(
            Component(
                *(name, [sys.executable, "-c", code], os.environ),
                *(self.folder / f"{name}.pid", self.folder / f"{name}.log", self.folder),
            )
        )

    def supervisor(self) -> Supervisor:
        return Supervisor(
            self.components,
            report_file=self.folder / "service.json",
            first=self.first,
            probe=lambda: self.well,
            hung=Hung(after=60, starting=300),
            tell=self.told.append,
        )

    def first(self) -> None:
        if self.fault:
            raise OSError(self.fault)

    def process(self, name: str) -> psutil.Process | None:
        return processes.running(self.folder / f"{name}.pid")

    def wait(self, condition: Callable[[], bool], looks: Callable[[], None]) -> None:
        deadline = time.monotonic() + 15
        while not condition():
            assert time.monotonic() < deadline, self.told
            self.now += 1.0
            looks()
            time.sleep(0.02)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path)
    yield made
    stop_all([component.pid_file for component in made.components], seconds=0)


def ended(process: psutil.Process | None) -> bool:
    return process is None or not processes.alive(process)


def test_all_are_started_and_a_killed_one_is_started_again(service: Service) -> None:
    service.add("one", SLEEPS)
    service.add("two", SLEEPS)
    supervisor = service.supervisor()
    supervisor.look(service.now)
    first, other = service.process("one"), service.process("two")
    assert first is not None
    assert other is not None
    first.kill()
    service.wait(lambda: ended(first), lambda: None)
    service.wait(lambda: not ended(service.process("one")), lambda: supervisor.look(service.now))
    assert service.process("one") != first
    assert service.process("two") == other
    assert "one has ended: it is started again in 0.5 s" in service.told


def test_what_a_killed_one_left_behind_is_ended(service: Service) -> None:
    service.add("one", PARENT)
    supervisor = service.supervisor()
    supervisor.look(service.now)
    first = service.process("one")
    assert first is not None
    service.wait(lambda: bool(first.children()), lambda: None)
    (child,) = first.children()
    first.kill()
    service.wait(lambda: ended(first), lambda: None)
    supervisor.look(service.now)
    assert ended(child)


def test_one_that_ends_at_once_is_tried_less_and_less_often_and_is_told_of(
    service: Service,
) -> None:
    service.add("one", ENDS)
    supervisor = service.supervisor()

    def pauses() -> list[float]:
        said = [re.search(r"started again in ([\d.]+) s", told) for told in service.told]
        return [float(match[1]) for match in said if match]

    service.wait(lambda: len(pauses()) >= OFTEN + 2, lambda: supervisor.look(service.now))
    assert pauses() == [pause_after(ends + 1) for ends in range(len(pauses()))]
    supervisor.report(service.now)
    (state,) = json.loads((service.folder / "service.json").read_text())["components"].values()
    assert "times in the last 10 minutes" in state["failing"]
    assert state["restarts"] >= OFTEN


def test_a_supervisor_takes_on_what_another_left(service: Service) -> None:
    service.add("one", SLEEPS)
    service.supervisor().look(service.now)
    first = service.process("one")
    another = service.supervisor()
    another.look(service.now)
    assert service.process("one") == first
    assert first is not None
    first.kill()
    service.wait(lambda: ended(first), lambda: None)
    service.wait(lambda: not ended(service.process("one")), lambda: another.look(service.now))


def test_one_that_cannot_be_started_now_is_started_later(service: Service) -> None:
    service.add("one", SLEEPS)
    service.add("two", SLEEPS)
    service.components[0] = replace(service.components[0], log_file=service.folder / "away" / "log")
    supervisor = service.supervisor()
    supervisor.look(service.now)
    assert not ended(service.process("two"))
    assert service.told[0].startswith("one cannot be started (")
    (service.folder / "away").mkdir()
    service.wait(lambda: not ended(service.process("one")), lambda: supervisor.look(service.now))


def run_for_a_second(service: Service) -> None:
    stop = threading.Event()
    thread = threading.Timer(1.0, stop.set)
    thread.start()
    service.supervisor().run(stop)
    thread.join()


def test_a_report_that_cannot_be_written_ends_nothing(service: Service) -> None:
    service.add("one", SLEEPS)
    (service.folder / "service.new").mkdir()
    run_for_a_second(service)
    assert not ended(service.process("one"))
    assert len([told for told in service.told if told.startswith("report: ")]) == 1


def test_nothing_is_started_while_what_it_stands_on_is_away(service: Service) -> None:
    service.add("one", SLEEPS)
    supervisor = service.supervisor()
    service.fault = "no database"
    for _ in range(3):
        supervisor.look(service.now)
    assert service.process("one") is None
    assert service.told == ["waiting: no database"]
    service.fault = ""
    supervisor.look(service.now)
    assert service.process("one") is not None


def test_one_that_stands_still_is_ended_and_started_again(service: Service) -> None:
    service.add("one", SLEEPS)
    supervisor = service.supervisor()
    supervisor.look(service.now)
    first = service.process("one")
    assert first is not None
    first.send_signal(signal.SIGSTOP)
    service.well = {"one": True}
    supervisor.ask(service.now)
    service.well = {"one": False}
    supervisor.ask(service.now + 10)
    supervisor.ask(service.now + 69)
    assert not ended(first)
    supervisor.ask(service.now + 71)
    service.wait(lambda: ended(first), lambda: None)
    service.wait(lambda: not ended(service.process("one")), lambda: supervisor.look(service.now))


def test_one_that_nobody_can_ask_about_is_left_alone(service: Service) -> None:
    service.add("one", SLEEPS)
    supervisor = service.supervisor()
    supervisor.look(service.now)
    for minute in range(60):
        supervisor.ask(service.now + 60 * minute)
    assert not ended(service.process("one"))


def test_it_ends_when_it_is_told_to_and_leaves_the_rest_running(service: Service) -> None:
    service.add("one", SLEEPS)
    run_for_a_second(service)
    assert not ended(service.process("one"))
    told = json.loads((service.folder / "service.json").read_text())
    assert told["components"]["one"]["pid"] == service.process("one").pid  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("unwell", "alive", "was_well", "hung"),
    [
        (59, 900, True, False),
        (60, 900, True, True),
        (60, 299, False, False),
        (60, 300, False, True),
    ],
)
def test_silence_counts_from_the_first_answer_on(
    unwell: float, alive: float, was_well: bool, hung: bool
) -> None:
    assert is_hung(unwell, alive, was_well, Hung(after=60, starting=300)) == hung


@given(st.integers(1, 10_000))
def test_pauses_grow_and_have_an_end(ends: int) -> None:
    assert FIRST_PAUSE <= pause_after(ends) <= pause_after(ends + 1) <= LONGEST_PAUSE
