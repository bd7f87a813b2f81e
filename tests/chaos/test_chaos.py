"""A part of `make chaos`: one fault a kind and stage, on a small newsroom."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from chaos.fault import Fault
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


@pytest.mark.parametrize(
    "kind",
    [
        *("SIGKILL of a stage", "SIGKILL of a page child", "SIGKILL of Postgres"),
        *("session terminated", "statement timeout", "two cycles at once"),
    ],
)
def test_one_more_cycle_and_nothing_is_lost(world: World, kind: str) -> None:
    faults = [fault for fault in all_faults(world.rows) if fault.kind == kind]
    for fault in _one_in_each_half(faults):
        assert world.attempt(fault) == "", fault


def _one_in_each_half(faults: list[Fault]) -> list[Fault]:
    return [faults[len(faults) // 4], faults[3 * len(faults) // 4]]
