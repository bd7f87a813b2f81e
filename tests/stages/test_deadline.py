"""A limit of CPU time: where it stops work, and that no stop is lost."""

from __future__ import annotations

import threading
import time

import pytest

from newswatch.stages.deadline import Overdue, cpu_deadline


def work(seconds: float) -> None:
    """Uses so much CPU time of this process."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_work_within_its_limit_is_let_be() -> None:
    with cpu_deadline(30.0):
        work(0.01)
    work(0.05)


def test_work_beyond_its_limit_is_stopped_where_it_is() -> None:
    reached = []

    def overlong() -> None:
        with cpu_deadline(0.02):
            work(60.0)
            reached.append("end")

    with pytest.raises(Overdue, match=r"more than 0\.02 s of CPU time"):
        overlong()
    assert reached == []


def test_waiting_costs_nothing() -> None:
    with cpu_deadline(0.05):
        time.sleep(0.2)


class Careless:
    """Python drops what is raised in a destructor."""

    def __del__(self) -> None:
        work(0.1)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("after", [0.0, 60.0])
def test_a_stop_that_python_drops_is_made_up_for(after: float) -> None:
    reached = []

    def careless() -> None:
        with cpu_deadline(0.02):
            dropped = Careless()
            del dropped
            reached.append("destructor")
            work(after)
            reached.append("end")

    with pytest.raises(Overdue):
        careless()
    assert reached == (["destructor"] if after else ["destructor", "end"])


def test_an_error_of_the_work_is_its_own() -> None:
    with pytest.raises(KeyError), cpu_deadline(30.0):
        raise KeyError("of the work")


def test_in_another_thread_there_is_no_limit() -> None:
    done = threading.Event()

    def run() -> None:
        with cpu_deadline(0.01):
            work(0.1)
        done.set()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30.0)
    assert done.is_set()
