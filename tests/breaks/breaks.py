"""The breaks: each harms the service, waits until it has healed, and says what came of it."""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import psutil
import yaml

from breaks.standing import PARTS, Standing, begin, end, tell
from demo.airflow import trigger
from demo.stage import READER
from launcher import api
from launcher.service import start, stop

PATIENCE = 600.0
STOPPED = 120.0  # seconds
CLOCK = Path(__file__).with_name("clock.c")
JUMP = timedelta(hours=2)


class NotHealed(Exception):
    """It was waited for long enough."""


@dataclass(frozen=True)
class Break:
    """`harm` returns how many seconds it took to heal; raises `NotHealed`."""

    name: str
    by: str  # what heals it
    harm: Callable[[Standing], float]


def all_breaks() -> Iterator[Break]:
    for name in PARTS:
        yield Break(f"kill -9 {name}", "the supervisor", partial(killed, name=name))
    by = "the supervisor; Airflow's processes end and follow"
    yield Break("kill -9 postgres", by, partial(killed, name="postgres"))
    for name in PARTS:
        by = "nobody: it goes on" if name == "watchdog" else "the supervisor, which ends it"
        yield Break(f"{name} stands still for 2 min", by, partial(stopped, name=name))
    by = "nobody: it goes on"
    yield Break("postgres stands still for 2 min", by, partial(stopped, name="postgres"))
    yield Break("supervisor stands still for 2 min", by, partial(stopped, name="supervisor"))
    yield Break("feeds.yaml broken", "the mended file: the next run", feeds_broken)
    yield Break("mail server away", "the first run after the next try's time", mail_away)
    yield Break("disk full for 2 min", "room on the disk", disk_full)
    yield Break("kill -9 supervisor and scheduler", "`make up`, or systemd", without_supervisor)
    yield Break("reboot: kill -9 of everything", "`make up`, or systemd", reboot)
    yield Break("clock jumps 2 h ahead", "nobody: it goes on", clock_ahead)
    yield Break("clock is set back by 2 h", "`make down && make up`", clock_back)


def wait_for(condition: Callable[[], bool], patience: float = PATIENCE) -> float:
    """Seconds until it is so."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > patience:
            raise NotHealed
        time.sleep(0.5)
    return time.monotonic() - begun


def run(here: Standing, dag: str, conf: Mapping[str, str]) -> float:
    """Seconds until a run has gone well. Raises `NotHealed` if it fails."""
    known = api.token(here.service)
    _, address = trigger(here.service, dag, conf, known)

    def state() -> str:
        return str(api.request(address, token=known, seconds=60)["state"])

    seconds = wait_for(lambda: state() in ("success", "failed"))
    if state() == "failed":
        raise NotHealed(f"{address} failed")
    return seconds


def killed(here: Standing, name: str) -> float:
    before, broke_at = here.pids(), datetime.now(UTC)
    here.leader(name).kill()
    return wait_for(lambda: here.pids()[name] != before[name] and here.is_well(broke_at))


def stopped(here: Standing, name: str) -> float:
    """With all that it has started, and as long as nobody ends it."""
    leader, broke_at = here.leader(name), datetime.now(UTC)
    family = [leader, *leader.children(recursive=True)]
    if name == "supervisor":  # its children are the other parts
        family = [leader]
    _signal(family, signal.SIGSTOP)
    begun = time.monotonic()
    try:
        with contextlib.suppress(NotHealed):
            return wait_for(
                lambda: here.pids().get(name) not in (None, leader.pid) and here.is_well(broke_at),
                STOPPED,
            )
    finally:
        _signal(family, signal.SIGCONT)
    goes_on_at = datetime.now(UTC)
    wait_for(lambda: here.is_well(goes_on_at))
    return time.monotonic() - begun


def _signal(family: list[psutil.Process], number: signal.Signals) -> None:
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(number)


def without_supervisor(here: Standing) -> float:
    """As an out-of-memory killer may choose. A person is told, and types `make up`."""
    broke_at = datetime.now(UTC)
    for name in ("supervisor", "scheduler"):
        end(here.leader(name))
    wait_for(lambda: _is_told(here, "supervisor"), 240)
    start(here.service, tell)
    return wait_for(lambda: here.is_well(max(broke_at, datetime.now(UTC) - timedelta(seconds=10))))


def _is_told(here: Standing, words: str) -> bool:
    """By a mail that is there, or was told of."""
    return any(words in subject for subject in here.mails_to_operators())


def reboot(here: Standing) -> float:
    """As a power cut does it: pid files, locks and sockets stay."""
    victims = [here.leader(name) for name in ("supervisor", *PARTS, "postgres")]
    family = {child for victim in victims for child in victim.children(recursive=True)}
    broke_at = datetime.now(UTC)
    for process in (*victims, *family):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    for process in (*victims, *family):
        end(process)
    begun = time.monotonic()
    start(here.service, tell)
    wait_for(lambda: here.is_well(broke_at))
    return time.monotonic() - begun


def disk_full(here: Standing) -> float:
    """Until nothing more can be written; then there is room again."""
    state = here.service.state
    if not state.is_mount():
        raise NotHealed("only root can mount a disk for it")
    filling = state / "filling"
    until = time.monotonic() + STOPPED
    with filling.open("wb", buffering=0) as file:
        while time.monotonic() < until:  # whoever deletes something makes room
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(100_000))
            time.sleep(0.5)
    filling.unlink()
    free_at = datetime.now(UTC)
    return wait_for(lambda: here.is_well(free_at))


def feeds_broken(here: Standing) -> float:
    """The file is no list of feeds: a run fails and is told; once mended the next goes well."""
    before = here.feeds.read_text()
    here.feeds.write_text("feeds: [")
    trigger(here.service, "watch_news", {}, api.token(here.service))
    told_after = wait_for(lambda: _is_told(here, "watch_news"))
    tell(f"told after {told_after:.0f} s")
    here.feeds.write_text(before)
    return run(here, "watch_news", {})


def mail_away(here: Standing) -> float:
    """While an edition is due. The clock of the runs says when it is tried again."""
    now = here.newsroom.now
    with here.mailbox.away():
        here.feeds.write_text(here.newsroom.feeds_yaml())
        subscribers = here.feeds.with_name("subscribers.yaml")
        subscribers.write_text(yaml.safe_dump({"subscribers": [READER]}))
        run(here, "watch_news", {"now": now.isoformat()})
        _send(here, now + timedelta(minutes=1))
        assert set(_states(here)) == {"deferred"}, _states(here)
    healed = _send(here, now + timedelta(minutes=12))
    assert set(_states(here)) == {"sent"}, _states(here)
    return healed


def _send(here: Standing, now: datetime) -> float:
    conf = {"now": now.isoformat(), "day": f"{here.newsroom.now.date()}"}
    return run(here, "send_digest", conf)


def _states(here: Standing) -> list[str]:
    return [state for (state,) in here.rows("select state from ops.delivery")]


def clock_ahead(here: Standing) -> float:
    """For all processes but this one, Postgres among them; then a run is asked for, and is well."""
    _set_clock(here, JUMP)
    jumped_at = datetime.now(UTC) + JUMP
    begun = time.monotonic()
    wait_for(lambda: here.is_well(jumped_at) and _is_now(here, jumped_at))
    run(here, "watch_news", {})
    return time.monotonic() - begun


def clock_back(here: Standing) -> float:
    """After runs of the time before. A person is told, and starts all anew: then Airflow's next run
    is one of the time that it is."""
    if not _clock(here).exists():
        clock_ahead(here)
    _set_clock(here, timedelta())
    told_after = wait_for(lambda: _is_told(here, "clock was set back"), 240)
    tell(f"told after {told_after:.0f} s")
    begun = time.monotonic()
    stop(here.service)
    begin(here.service)
    address = f"{here.service.address}/api/v2/dags/watch_news"

    def goes_on() -> bool:
        dag = api.request(address, token=api.token(here.service))
        return datetime.fromisoformat(dag["next_dagrun_run_after"]) < datetime.now(UTC) + JUMP / 2

    wait_for(goes_on)
    run(here, "watch_news", {})
    return time.monotonic() - begun


def _clock(here: Standing) -> Path:
    return here.service.state / "clock"


def _set_clock(here: Standing, ahead: timedelta) -> None:
    """For the processes of the service, which are started anew the first time."""
    clock = _clock(here)
    if not clock.exists():
        stop(here.service)
        _write(clock, timedelta())
        os.environ |= {"LD_PRELOAD": str(_library(here)), "CLOCK_AHEAD": str(clock)}
        begin(here.service)
    _write(clock, ahead)


def _library(here: Standing) -> Path:
    """The clock that its processes see. Raises `NotHealed` where it cannot be compiled."""
    built = here.service.state / "clock.so"
    command = ["cc", "-shared", "-fPIC", "-O1", "-o", str(built), str(CLOCK), "-ldl"]
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotHealed(f"a clock for some processes needs a C compiler: {error}") from None
    return built


def _write(clock: Path, ahead: timedelta) -> None:
    """In place: processes have the file mapped."""
    file = os.open(clock, os.O_RDWR | os.O_CREAT, 0o644)
    os.pwrite(file, struct.pack("=q", round(ahead.total_seconds())), 0)
    os.close(file)


def _is_now(here: Standing, moment: datetime) -> bool:
    """Whether the database has seen the jump."""
    ((now,),) = here.rows("select now()")
    return bool(abs(now - moment) < timedelta(minutes=30))
