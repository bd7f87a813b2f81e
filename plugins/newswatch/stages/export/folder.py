"""Views as a folder of files, a day each: it says what the database says, and what is the same is
left as it is.

    FOLDER/flag/day=2026-11-26/part.parquet
    FOLDER/topic/part.parquet                  a view whose rows are of no day
"""

from __future__ import annotations

import fcntl
import filecmp
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from newswatch.errors import InputError
from newswatch.stages.export.formats import WRITERS
from newswatch.store import exports
from newswatch.store.exports import Selection
from newswatch.store.server.database import Connection

LOCK = ".newswatch-export"  # in the folder


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of the files of a view."""

    view: str
    written: int
    unchanged: int
    removed: int


def export(
    connection: Connection, selections: Sequence[Selection], form: str, folder: Path
) -> Iterator[Exported]:
    """Bring the files of each selection up to date; all show one moment of the database."""
    with written_by_one(folder), exports.one_moment(connection):
        for selection in selections:
            yield _exported(connection, selection, form, folder / selection.view.name)


def _exported(connection: Connection, selection: Selection, form: str, folder: Path) -> Exported:
    name = f"part.{form}"
    parts = {folder / name: selection}
    if selection.day_column:
        days = exports.days(connection, selection)
        parts = {folder / f"day={day}" / name: selection.of_day(day) for day in days}
    written = [
        replaced(path, lambda sink, part=part: _write(connection, part, form, sink))  # type: ignore[misc]
        for path, part in parts.items()
    ]
    gone = [path for path in _dated(folder, name, selection) if path not in parts]
    for path in gone:
        path.unlink()
    return Exported(selection.view.name, sum(written), len(written) - sum(written), len(gone))


def _write(connection: Connection, selection: Selection, form: str, sink: BinaryIO) -> None:
    """Without a column `day`, which the name of the folder tells."""
    columns = [column for column in selection.view.columns if column.name != "day"]
    WRITERS[form](columns, exports.read(connection, selection), sink)


def _dated(folder: Path, name: str, selection: Selection) -> list[Path]:
    """The files of the days that were asked for."""
    first, last = selection.since, selection.until
    return [
        path
        for path in folder.glob(f"day=*/{name}")
        if (first is None or path.parent.name >= f"day={first}")
        and (last is None or path.parent.name <= f"day={last}")
    ]


def replaced(path: Path, write: Callable[[BinaryIO], None]) -> bool:
    """Write the file beside and put it in its place at once, if it says anything else; whether.

    Whoever is killed leaves the old file whole, and beside it one that the next writes anew.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as sink:
        write(sink)
        sink.flush()
        os.fsync(sink.fileno())
    if path.exists() and filecmp.cmp(path, beside, shallow=False):
        beside.unlink()
        return False
    beside.replace(path)
    return True


@contextmanager
def written_by_one(folder: Path) -> Iterator[None]:
    """Raises `InputError` if another export is at work in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(
                f"another export writes to {folder}", mend="wait until it has ended"
            ) from None
        yield
