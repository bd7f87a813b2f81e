"""Keeps the processes of the service running: what ended, or hangs, is started again.

It owns no process: each has a session and a pid file of its own. So a supervisor that was killed
takes nothing with it, and the next one goes on with what it finds.
"""

from __future__ import annotations

import json
import math
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from launcher import processes

LOOK = 0.5  # seconds between two looks at the processes
PROBE = 10.0  # between two questions to Airflow how its parts are
REPORT = 5.0  # between two reports
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
REMEMBERED = 600.0  # seconds for which an end counts
OFTEN = 3  # ends within that time: a person should look
LEFT_SECONDS = 10.0  # for what an ended process left behind

Probe = Callable[[], Mapping[str, bool]]
"""Which components answer that they are well; of one that is not named, nothing is known."""


@dataclass(frozen=True, slots=True)
class Component:
    """A process of the service. `command`'s first word is a path."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    pid_file: Path
    log_file: Path
    folder: Path


@dataclass(slots=True)
class _Watched:
    """What is remembered of a component. Moments are of the monotonic clock: nobody sets it."""

    ends: list[float] = field(default_factory=list)
    start_at: float = -math.inf
    was_seen: bool = False
    was_well: bool = False
    unwell_since: float | None = None


def pause_after(ends: int) -> float:
    """Seconds to wait before the next start, by how often it ended lately."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(max(0, ends - 1), 20))


def is_hung(unwell_for: float, alive_for: float, was_well: bool, limits: Hung) -> bool:
    """Whether a living process has to be ended. One that was never well may still be starting."""
    return unwell_for >= limits.after and (was_well or alive_for >= limits.starting)


@dataclass(frozen=True, slots=True)
class Hung:
    """After how many seconds a living process that does not answer is taken for hung."""

    after: float
    starting: float  # of one that has not answered yet


class Supervisor:
    """Of these components, in the order in which they are started."""

    def __init__(
        self,
        components: Sequence[Component],
        *,
        report_file: Path,
        first: Callable[[], None],
        probe: Probe,
        hung: Hung,
        tell: Callable[[str], None],
    ) -> None:
        """`first` is done before each look, and sees to what the components stand on; while it
        raises, none is started."""
        self._components = components
        self._report_file = report_file
        self._first, self._probe, self._hung, self._tell = first, probe, hung, tell
        self._watched = {component.name: _Watched() for component in components}
        self._faults: dict[str, str] = {}  # what was told of, and has not gone well since

    def run(self, stop: threading.Event) -> None:
        """Until `stop` is set; the components go on."""
        turns = {self.look: LOOK, self.ask: PROBE, self.report: REPORT}
        done = dict.fromkeys(turns, -math.inf)
        while not stop.is_set():
            for turn, pause in turns.items():
                if time.monotonic() - done[turn] >= pause:
                    self._take(turn)
                    done[turn] = time.monotonic()
            stop.wait(LOOK)

    def _take(self, turn: Callable[[float], None]) -> None:
        """Who starts the others again must not end with them, as by a full disk."""
        try:
            turn(time.monotonic())
        except OSError as error:
            self._tell_fault(turn.__name__, f"{turn.__name__}: {error}")
        else:
            self._faults.pop(turn.__name__, None)

    def _tell_fault(self, of: str, fault: str) -> None:
        """Once, until it is another."""
        if fault != self._faults.get(of):
            self._faults[of] = fault
            self._tell(fault)

    def look(self, now: float) -> None:
        """Start what does not run, each after its own pause."""
        _reap()
        try:
            self._first()
        except Exception as error:
            self._tell_fault("first", f"waiting: {error}")
            return
        self._faults.pop("first", None)
        for component in self._components:
            watched = self._watched[component.name]
            if processes.running(component.pid_file) is not None:
                watched.was_seen = True
            elif watched.was_seen:
                self._ended(component, watched, now)
            elif now >= watched.start_at:
                self._start(component, watched, now)

    def ask(self, now: float) -> None:
        """End what lives and has not answered for too long; the next look starts it again."""
        answers = self._probe()
        for component in self._components:
            watched = self._watched[component.name]
            process = processes.running(component.pid_file)
            if process is None or component.name not in answers:
                continue
            if answers[component.name]:
                watched.was_well, watched.unwell_since = True, None
                continue
            if watched.unwell_since is None:
                watched.unwell_since = now
            unwell, alive = now - watched.unwell_since, processes.age(process)
            if is_hung(unwell, alive, watched.was_well, self._hung):
                self._tell(f"{component.name} has not answered for {unwell:.0f} s: it is ended")
                process.kill()

    def report(self, now: float) -> None:
        """Write how it stands, for `make status` and the watchdog."""
        told = {
            component.name: self._state(component, self._watched[component.name], now)
            for component in self._components
        }
        moment = datetime.now(UTC).isoformat()
        half = self._report_file.with_suffix(".new")
        half.write_text(
            json.dumps({"at": moment, "fault": self._faults.get("first", ""), "components": told})
        )
        half.replace(self._report_file)

    def _state(self, component: Component, watched: _Watched, now: float) -> dict[str, object]:
        process = processes.running(component.pid_file)
        ends = [at for at in watched.ends if now - at < REMEMBERED]
        failing = ""
        if len(ends) >= OFTEN:
            failing = f"ended {len(ends)} times in the last {REMEMBERED / 60:.0f} minutes"
        return {
            "pid": process.pid if process else None,
            "since": process.create_time() if process else None,
            "restarts": len(watched.ends),
            "failing": failing,
        }

    def _ended(
        self, component: Component, watched: _Watched, now: float, how: str = "has ended"
    ) -> None:
        watched.ends.append(now)
        lately = sum(now - at < REMEMBERED for at in watched.ends)
        pause = pause_after(lately)
        watched.was_seen, watched.was_well, watched.unwell_since = False, False, None
        watched.start_at = now + pause
        self._tell(f"{component.name} {how}: it is started again in {pause:g} s")
        processes.stop(component.pid_file, seconds=LEFT_SECONDS)  # its workers know it no more

    def _start(self, component: Component, watched: _Watched, now: float) -> None:
        try:
            process = processes.start(
                component.command,
                pid_file=component.pid_file,
                log_file=component.log_file,
                environment=component.environment,
                folder=component.folder,
            )
        except OSError as error:
            self._ended(component, watched, now, f"cannot be started ({error})")
            return
        watched.was_seen = True
        self._tell(f"{component.name} is started, pid {process.pid}")


def stop_all(pid_files: Sequence[Path], *, seconds: float) -> bool:
    """Stop what these pid files name, side by side; False if nothing of it was left."""
    with ThreadPoolExecutor(max(1, len(pid_files))) as pool:
        return any(list(pool.map(lambda path: processes.stop(path, seconds=seconds), pid_files)))


def _reap() -> None:
    """Children of ours that ended must not stay as zombies."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return
