"""Logs stay short while somebody writes to them."""

from __future__ import annotations

from pathlib import Path

from launcher.logs import KEPT, rotate


def test_a_short_log_is_left_alone(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    assert not rotate(log)
    log.write_text("x" * 100)
    assert not rotate(log, longest=100)


def test_who_has_it_open_goes_on_writing_to_it(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"before" * 20)
        assert rotate(log, longest=100)
        writer.write(b"after")
    assert log.read_bytes() == b"after"
    assert (tmp_path / "a.log.1").read_bytes() == b"before" * 20


def test_the_oldest_goes(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    for number in range(KEPT + 3):
        log.write_text(f"{number}" * 101)
        assert rotate(log, longest=100)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a.log",
        *(f"a.log.{number}" for number in range(1, KEPT + 1)),
    ]
    assert (tmp_path / "a.log.1").read_text()[0] == f"{KEPT + 2}"
