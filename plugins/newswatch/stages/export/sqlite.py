"""Views as one SQLite database, and beside it what Datasette shows of it: the meaning of each view
and column."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from newswatch.stages.export.folder import replaced, written_by_one
from newswatch.stages.export.formats import GROUP, cell
from newswatch.store import exports
from newswatch.store.exports import Selection
from newswatch.store.server.database import Connection
from newswatch.store.server.dictionary import View

_KINDS = {"smallint": "integer", "integer": "integer", "bigint": "integer", "boolean": "integer"}
_KINDS |= {"real": "real", "double precision": "real"}


def export(connection: Connection, selections: Sequence[Selection], path: Path) -> Path:
    """Write both files anew, each put in its place at once; the path of the metadata."""
    metadata = path.with_suffix(".metadata.json")
    with written_by_one(path.parent), exports.one_moment(connection):
        replaced(path, lambda sink: _write(connection, selections, sink))
    described = _metadata(path.stem, [selection.view for selection in selections])
    replaced(metadata, lambda sink: _dump(described, sink))
    return metadata


def _write(connection: Connection, selections: Sequence[Selection], sink: BinaryIO) -> None:
    with closing(sqlite3.connect(sink.name)) as database:
        database.execute("pragma journal_mode = off")
        for selection in selections:
            _write_table(database, selection.view, exports.read(connection, selection))
        database.commit()


def _write_table(database: sqlite3.Connection, view: View, rows: Iterator[dict[str, Any]]) -> None:
    names = [column.name for column in view.columns]
    columns = ", ".join(f'"{each.name}" {_KINDS.get(each.type, "text")}' for each in view.columns)
    database.execute(f'create table "{view.name}" ({columns})')
    marks = ", ".join("?" * len(names))
    while group := list(islice(rows, GROUP)):
        database.executemany(
            f'insert into "{view.name}" values ({marks})',
            [[cell(row[name]) for name in names] for row in group],
        )
    for name in names:
        if name.endswith("_id"):
            database.execute(f'create index "{view.name}_{name}" on "{view.name}" ("{name}")')


def _metadata(database: str, views: Sequence[View]) -> dict[str, Any]:
    tables = {
        view.name: {
            "description": view.meaning,
            "columns": {column.name: column.meaning for column in view.columns},
        }
        for view in views
    }
    return {"title": "newswatch", "databases": {database: {"tables": tables}}}


def _dump(described: dict[str, Any], sink: BinaryIO) -> None:
    sink.write(json.dumps(described, ensure_ascii=False, indent=1).encode())
