"""How far apart the requests to one host are, in a time that passes only while nothing is to do."""

from __future__ import annotations

import asyncio
import selectors
from collections import defaultdict
from itertools import accumulate, chain

from hypothesis import given
from hypothesis import strategies as st

from newswatch.web.politeness import Politeness

Turn = tuple[str, int]  # a host, and the pause after it in seconds


class _Idle(selectors.SelectSelector):
    """A selector that waits for nothing: it moves the clock by what it was to wait."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._idle = _Idle()
        super().__init__(self._idle)

    def time(self) -> float:
        return self._idle.now


def begun(turns: list[Turn], concurrency: int) -> dict[str, list[int]]:
    """By host, the seconds at which its turns began, all of them asked for at once."""
    politeness = Politeness(concurrency, host_concurrency=concurrency)
    found: dict[str, list[int]] = defaultdict(list)

    async def take(host: str, pause: int) -> None:
        async with politeness.turn(host, pause=pause):
            found[host].append(round(asyncio.get_running_loop().time()))

    async def take_all() -> None:
        await asyncio.gather(*(take(*turn) for turn in turns))

    with asyncio.Runner(loop_factory=_Loop) as runner:
        runner.run(take_all())
    return dict(found)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3_600)), max_size=20),
    st.integers(1, 30),
)
def test_each_pause_is_made_and_no_longer_one(turns: list[Turn], concurrency: int) -> None:
    pauses: dict[str, list[int]] = defaultdict(list)
    for host, pause in turns:
        pauses[host].append(pause)
    assert begun(turns, concurrency) == {
        host: list(accumulate(chain([0], after[:-1]))) for host, after in pauses.items()
    }


def test_without_a_pause_all_begin_at_once() -> None:
    assert begun([("a", 0)] * 3, 3) == {"a": [0, 0, 0]}
