"""Rows to bytes: CSV, JSON lines, Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from newswatch.store.server.dictionary import ViewColumn
from newswatch.text.cells import spreadsheet_safe

Rows = Iterator[Mapping[str, Any]]
GROUP = 5_000  # rows that are in memory at once


def write_csv(columns: Sequence[ViewColumn], rows: Rows, sink: BinaryIO) -> None:
    names = [column.name for column in columns]
    with _text(sink) as written:
        writer = csv.writer(written)
        writer.writerow(names)
        for row in rows:
            writer.writerow([spreadsheet_safe(cell(row[name])) for name in names])


def write_json_lines(columns: Sequence[ViewColumn], rows: Rows, sink: BinaryIO) -> None:
    names = [column.name for column in columns]
    with _text(sink) as written:
        for row in rows:
            known = {name: row[name] for name in names}
            written.write(json.dumps(known, ensure_ascii=False, default=_iso) + "\n")


def write_parquet(columns: Sequence[ViewColumn], rows: Rows, sink: BinaryIO) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "smallint": pa.int16(),
        "integer": pa.int32(),
        "bigint": pa.int64(),
        "real": pa.float32(),
        "double precision": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "timestamp with time zone": pa.timestamp("us", tz="UTC"),
        "text[]": pa.list_(pa.string()),
        "integer[]": pa.list_(pa.int32()),
        "bigint[]": pa.list_(pa.int64()),
    }
    schema = pa.schema([(known.name, kinds.get(known.type, pa.string())) for known in columns])
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(islice(rows, GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))


WRITERS: Mapping[str, Callable[[Sequence[ViewColumn], Rows, BinaryIO], None]] = {
    "csv": write_csv,
    "jsonl": write_json_lines,
    "parquet": write_parquet,
}


def cell(value: Any) -> Any:
    """What a column without lists and times holds of it: lists as JSON, times in ISO 8601."""
    match value:
        case list():
            return json.dumps(value, ensure_ascii=False)
        case date():
            return _iso(value)
        case _:
            return value


def _iso(moment: date) -> str:
    return moment.isoformat()


@contextmanager
def _text(sink: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """The sink as UTF-8; it is left open."""
    written = io.TextIOWrapper(sink, encoding="utf-8", newline="")
    yield written
    written.detach()
