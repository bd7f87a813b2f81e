"""`newswatch export`: flagged stories to a file, uncapped."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import date

import click

from newswatch.cli.database import opened
from newswatch.cli.output import Day
from newswatch.errors import InputError
from newswatch.settings import read_settings
from newswatch.store.exports import FlaggedRow, flagged_between, flagged_topics
from newswatch.text.cells import spreadsheet_safe

COLUMNS = tuple(known.name for known in fields(FlaggedRow))


@click.command()
@click.option("--topic", required=True, help="Id of the topic.")
@click.option("--from", "since", type=Day(), required=True, help="First UTC day.")
@click.option("--to", "until", type=Day(), required=True, help="Last UTC day, inclusive.")
@click.option("--format", "form", type=click.Choice(["csv", "jsonl", "parquet"]), default="csv")
def export(topic: str, since: date, until: date, form: str) -> None:
    """Write the flagged originals of a topic to standard output, with their evidence.

    \b
    Example: newswatch export --topic witkoff --from 2025-12-17 --to 2025-12-20 --format csv
    """
    if until < since:
        raise InputError(f"--to {until} is before --from {since}", mend="swap them")
    with opened(read_settings()) as connection:
        known = flagged_topics(connection)
        if topic not in known:
            raise InputError(
                f"topic {topic!r} has flagged nothing yet",
                mend=f"known: {', '.join(known) or 'none; run newswatch run first'}",
            )
        _WRITERS[form](flagged_between(connection, topic, since, until))


def _write_csv(rows: Iterator[FlaggedRow]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([spreadsheet_safe(getattr(row, name)) for name in COLUMNS])


def _write_jsonl(rows: Iterator[FlaggedRow]) -> None:
    for row in rows:
        sys.stdout.write(json.dumps(asdict(row), ensure_ascii=False, default=str) + "\n")


def _write_parquet(rows: Iterator[FlaggedRow]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    moment = pa.timestamp("us", tz="UTC")
    types = {
        "seen_at": moment,
        "published_at": moment,
        "score": pa.float32(),
        "story_id": pa.int64(),
    }
    types |= {"article_id": pa.int64(), "char_start": pa.int32(), "char_end": pa.int32()}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in COLUMNS])
    records = [asdict(row) for row in rows]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(records, schema=schema), sink)
    sys.stdout.buffer.write(sink.getvalue())


_WRITERS = {"csv": _write_csv, "jsonl": _write_jsonl, "parquet": _write_parquet}
