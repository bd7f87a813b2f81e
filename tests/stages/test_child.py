"""What is done in a child process costs its own CPU time, and no other call is lost by it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psutil
import pytest

from newswatch.errors import MachineFault
from newswatch.settings import HOME
from newswatch.stages import child
from newswatch.stages.child import ChildLost
from newswatch.stages.children import Children, pool, share_of_cores

FOR_EVER = range(10**15)  # to sum up; no Python code runs meanwhile that could look at a signal


@contextmanager
def children(function: str, count: int = 1, **named: Any) -> Iterator[Children]:
    opened = Children(function, count, **named)
    try:
        yield opened
    finally:
        opened.close()


def call(opened: Children, seconds: float, *arguments: object) -> Any:
    return asyncio.run(opened.call(seconds, *arguments))


def lost(opened: Children, seconds: float, *arguments: object) -> ChildLost:
    with pytest.raises(ChildLost) as caught:
        call(opened, seconds, *arguments)
    return caught.value


def when_it_sleeps(pid: int) -> None:
    """Wait until the process has nothing to do."""
    process = psutil.Process(pid)
    while process.status() != psutil.STATUS_SLEEPING:
        time.sleep(0.01)


def test_time_that_is_used_up_ends_the_call_and_the_next_is_answered() -> None:
    with children("builtins:sum") as opened:
        assert call(opened, 5.0, [1, 2]) == 3
        (before,) = opened.pids
        found = lost(opened, 0.2, FOR_EVER)
        assert (found.loss, str(found)) == ("time", "it took more than 0.2 s of CPU time")
        assert call(opened, 5.0, [1, 2]) == 3
        assert opened.pids != [before]


def test_time_in_which_a_child_does_not_run_is_not_counted() -> None:
    """A stopped child is the limit of a busy machine: it gets no CPU time at all."""
    with children("builtins:sum") as opened:
        assert call(opened, 5.0, [1]) == 1
        (pid,) = opened.pids
        when_it_sleeps(pid)
        os.kill(pid, signal.SIGSTOP)
        resumed = threading.Timer(1.0, os.kill, (pid, signal.SIGCONT))
        resumed.start()
        assert call(opened, 0.3, [1, 2]) == 3
        resumed.join()
        assert opened.pids == [pid]


def test_shards_share_the_cores_and_each_has_one() -> None:
    cores = len(os.sched_getaffinity(0))
    assert [share_of_cores(shards) for shards in (1, cores, 8 * cores)] == [cores, 1, 1]


def test_time_is_counted_for_each_call_anew() -> None:
    with children("builtins:sum") as opened:
        for _ in range(5):
            assert call(opened, 1.0, range(10_000_000)) == 49_999_995_000_000
        assert len(opened.pids) == 1


def test_a_child_that_stands_still_is_given_up_by_the_clock() -> None:
    with children("time:sleep", still_least=0.3) as opened:
        found = lost(opened, 0.02, 3_600)
        assert (found.loss, str(found)) == ("still", "it stood still for 0.3 s")
        assert call(opened, 1.0, 0) is None


def test_a_stopped_child_is_replaced_and_its_call_made_again() -> None:
    with children("builtins:sum", still_least=0.5) as opened:
        assert call(opened, 0.05, [1]) == 1
        (pid,) = opened.pids
        os.kill(pid, signal.SIGSTOP)
        assert call(opened, 0.05, [1, 2]) == 3
        assert not psutil.pid_exists(pid)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_that_somebody_ends_loses_no_call(number: signal.Signals) -> None:
    with children("builtins:sum") as opened:
        assert call(opened, 5.0, [1]) == 1
        before = opened.pids[0]
        killer = threading.Timer(0.3, os.kill, (before, number))
        killer.start()
        assert call(opened, 30.0, range(30_000_000)) == 449_999_985_000_000
        killer.join()
        os.kill(opened.pids[0], number)  # between two calls
        assert call(opened, 5.0, [2]) == 2


def first_children(opened: Children, number: signal.Signals, count: int) -> threading.Thread:
    """Send a signal to so many children as soon as they are there, while they start."""

    def strike() -> None:
        struck: set[int] = set()
        while len(struck) < count:
            for pid in set(opened.pids) - struck:
                with suppress(ProcessLookupError):
                    os.kill(pid, number)
                struck.add(pid)

    striker = threading.Thread(target=strike)
    striker.start()
    return striker


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP])
def test_a_child_that_is_ended_or_stopped_while_it_starts_is_started_anew(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "LOOK_EVERY", 0.2)
    with children("newswatch.addresses.urls:host_of") as opened:
        striker = first_children(opened, number, 2)
        assert call(opened, 5.0, "https://a.example/") == "a.example"
        striker.join()


def test_a_child_that_is_stopped_in_a_call_is_replaced_long_before_its_patience_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child, "LOOK_EVERY", 0.2)
    with children("builtins:sum", still_least=10_000.0) as opened:
        assert call(opened, 5.0, [1]) == 1
        when_it_sleeps(opened.pids[0])
        os.kill(opened.pids[0], signal.SIGSTOP)
        assert call(opened, 5.0, [1, 2]) == 3


def test_one_that_is_ended_each_time_is_lost() -> None:
    with children("signal:raise_signal") as opened:
        found = lost(opened, 5.0, signal.SIGKILL)
        assert (found.loss, str(found)) == ("killed", "its process was ended (SIGKILL)")


@pytest.mark.parametrize(
    ("function", "argument", "loss"),
    [
        ("os:_exit", 3, "crash"),
        ("signal:raise_signal", signal.SIGSEGV, "crash"),
        ("builtins:bytearray", 4 * 1024**3, "memory"),
    ],
)
def test_what_a_child_dies_of_is_told(function: str, argument: int, loss: str) -> None:
    with children(function) as opened:
        found = lost(opened, 5.0, argument)
        assert found.loss == loss
        assert "\n" not in str(found)


@pytest.mark.parametrize(
    ("function", "why"),
    [
        ("no_such_module:function", "its process died of it (status 1)"),
        ("json:no_such_function", "its process died of it (status 1)"),
    ],
)
def test_that_no_child_can_be_started_is_no_fault_of_the_call(function: str, why: str) -> None:
    with children(function) as opened, pytest.raises(MachineFault) as caught:
        call(opened, 5.0, 0)
    assert str(caught.value) == (
        f"no child process could be started for {function}: {why};"
        " look for memory, open files and a complete installation on this machine"
    )


def test_one_that_is_ended_at_each_start_is_no_fault_of_the_call() -> None:
    with children("newswatch.addresses.urls:host_of") as opened:
        striker = first_children(opened, signal.SIGKILL, child.STARTS)
        with pytest.raises(MachineFault, match="SIGKILL"):
            call(opened, 5.0, "https://a.example/")
        striker.join()


class TestThatWorkBegins:
    def test_is_told_in_the_thread_that_asked_when_a_child_is_ready(self) -> None:
        told: list[tuple[threading.Thread, list[int]]] = []
        with children("builtins:sum") as opened:

            async def ask() -> Any:
                begins = lambda: told.append((threading.current_thread(), opened.pids))  # noqa: E731
                return await opened.call(5.0, [1, 2], begins=begins)

            assert asyncio.run(ask()) == 3
            assert told == [(threading.main_thread(), opened.pids)]

    def test_is_told_once_of_a_call_that_is_made_again(self) -> None:
        told: list[int] = []
        with children("signal:raise_signal") as opened:

            async def ask() -> None:
                await opened.call(5.0, signal.SIGKILL, begins=lambda: told.append(1))

            with pytest.raises(ChildLost):
                asyncio.run(ask())
        assert told == [1]

    def test_is_not_told_where_none_can_be_started(self) -> None:
        told: list[int] = []
        with children("no_such_module:function") as opened:

            async def ask() -> None:
                await opened.call(5.0, begins=lambda: told.append(1))

            with pytest.raises(MachineFault):
                asyncio.run(ask())
        assert told == []

    def test_and_fails_is_an_error_of_the_call(self) -> None:
        with children("builtins:sum") as opened:

            async def ask() -> None:
                await opened.call(5.0, [1], begins=lambda: 1 / 0)

            with pytest.raises(ZeroDivisionError):
                asyncio.run(ask())
            assert call(opened, 5.0, [1]) == 1


def test_a_bug_comes_back_as_it_is_with_where_it_was() -> None:
    with children("json:loads") as opened:
        with pytest.raises(ValueError, match="Expecting value") as caught:
            call(opened, 5.0, "nonsense")
        assert "decoder.py" in caught.value.__notes__[0]
        assert call(opened, 5.0, "[1]") == [1]


def test_what_does_not_travel_is_an_error_too() -> None:
    with children("builtins:iter") as opened:
        with pytest.raises(Exception, match="pickle"):
            call(opened, 5.0, lambda: None)
        assert call(opened, 5.0, []) is not None


def test_a_call_that_is_given_up_leaves_its_child_to_others() -> None:
    async def give_up(opened: Children) -> None:
        task = asyncio.create_task(opened.call(60.0, FOR_EVER))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with children("builtins:sum") as opened:
        asyncio.run(give_up(opened))
        assert call(opened, 5.0, [1, 2]) == 3


def test_one_pool_serves_many_event_loops() -> None:
    assert pool("builtins:len") is pool("builtins:len")
    assert call(pool("builtins:len"), 5.0, "ab") == 2
    before = pool("builtins:len").pids
    assert call(pool("builtins:len"), 5.0, "abc") == 3
    assert set(before) <= set(pool("builtins:len").pids)


PARENT = """
import asyncio, sys
from newswatch.stages.children import pool
asyncio.run(pool("builtins:len").call(5.0, "ab"))
print(*pool("builtins:len").pids, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("end", [subprocess.Popen.kill, lambda parent: parent.stdin.close()])
def test_children_end_with_their_parent(end: Callable[[Any], None]) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", PARENT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(HOME / "plugins")},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stderr is not None
        running = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
        assert running
        end(parent)
        _, alive = psutil.wait_procs(running, timeout=20)
        assert not alive
        assert parent.stderr.read() == b""


PARENT_OF_ONE_AT_WORK = """
import asyncio
from newswatch.stages.children import pool
asyncio.run(pool("builtins:sum").call(5.0, [1]))
print(*pool("builtins:sum").pids, flush=True)
asyncio.run(pool("builtins:sum").call(60.0, range(10**8)))
"""


def test_a_child_at_work_says_nothing_when_its_parent_is_gone() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT_OF_ONE_AT_WORK],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(HOME / "plugins")},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stderr is not None
        running = psutil.Process(int(parent.stdout.readline()))
        before = running.cpu_times().user
        while running.cpu_times().user < before + 0.1:
            time.sleep(0.01)
        parent.kill()
        running.wait(timeout=60)
        assert parent.stderr.read() == b""
