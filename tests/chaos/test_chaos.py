"""A part of `make chaos`: one fault of the common kinds, on a small newsroom."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from chaos.faults import all_faults
from chaos.world import World, opened


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    # Not tmp_path: the path of a Unix socket has room for 107 bytes only.
    with (
        tempfile.TemporaryDirectory(prefix="nw-chaos-", ignore_cleanup_errors=True) as folder,
        opened(Path(folder), articles=100) as opened_world,
    ):
        yield opened_world


_PLACES = {  # quarters of the faults of a kind, which stand in the order of the stages
    "SIGKILL of a stage": 3,
    "SIGKILL of a page child": 1,
    "SIGKILL of Postgres": 1,
    "session terminated": 3,
    "statement timeout": 2,
    "two cycles at once": 1,
}


@pytest.mark.parametrize("kind", _PLACES)
def test_one_more_cycle_and_nothing_is_lost(world: World, kind: str) -> None:
    faults = [fault for fault in all_faults(world.rows) if fault.kind == kind]
    fault = faults[_PLACES[kind] * len(faults) // 4]
    assert world.attempt(fault) == "", fault
