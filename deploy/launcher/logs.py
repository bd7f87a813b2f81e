"""Log files stay small: what grew too long is put aside, and the oldest goes."""

from __future__ import annotations

import shutil
from pathlib import Path

LONGEST = 10_000_000  # bytes
KEPT = 3


def rotate(log: Path, longest: int = LONGEST) -> bool:
    """Put the file aside if it is too long. Who has it open in append mode goes on writing to it,
    so it is copied and emptied, not renamed: a line that comes in between may be lost."""
    if not log.is_file() or log.stat().st_size <= longest:
        return False
    for number in range(KEPT - 1, 0, -1):
        older = _aside(log, number)
        if older.exists():
            older.replace(_aside(log, number + 1))
    shutil.copyfile(log, _aside(log, 1))
    with log.open("r+b") as opened:
        opened.truncate(0)
    return True


def _aside(log: Path, number: int) -> Path:
    return log.with_name(f"{log.name}.{number}")
