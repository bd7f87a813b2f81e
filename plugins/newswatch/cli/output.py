"""How every command reads lines, prints tables and JSON, and reports what a person can mend."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newswatch.errors import InputError, NewswatchError
from newswatch.text.invisible import DIRECTION, UNSTORABLE, shown

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")


class Commands(click.Group):
    """A group whose commands report `InputError` with exit code 2, other errors of ours with 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except InputError as error:
            print_lines([f"newswatch: {error}"], err=True)
            ctx.exit(2)
        except NewswatchError as error:
            print_lines([f"newswatch: {error}"], err=True)
            ctx.exit(1)


def refuse(errors: Sequence[InputError]) -> None:
    """Tell of all, and raise the first: what was right has been dealt with."""
    for error in errors[1:]:
        print_lines([f"newswatch: {error}"], err=True)
    if errors:
        raise errors[0]


class Moment(click.ParamType[datetime]):
    """An ISO 8601 time with its zone, as in 2025-12-18T06:00:00Z."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not an ISO time; write 2025-12-18T06:00:00Z", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} has no zone; write {value}Z for UTC", param, ctx)
        return moment


class Day(click.ParamType[date]):
    """A calendar day, as in 2025-12-18."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write 2025-12-18", param, ctx)


def read_json_lines(
    required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[dict[str, Any]]:
    """The objects on standard input, one a line; blank lines are passed over.

    Raises `InputError` naming the line if it is not an object, lacks a required key, or holds
    anything but a string (or null, where optional) under a known key. Other keys are left alone.
    """
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(
                f"not JSON: {error}", file="<stdin>", line=number, mend="write one object a line"
            ) from None
        if not isinstance(row, dict):
            raise InputError(
                "not an object", file="<stdin>", line=number, mend='write {"id": ...} on the line'
            )
        for key in required:
            if not isinstance(row.get(key), str) and not (
                key == "id" and isinstance(row.get(key), int)
            ):
                raise InputError(
                    f"{key!r} is missing or not a string",
                    file="<stdin>",
                    line=number,
                    mend=f"every line needs {', '.join(required)}",
                )
        for key in optional:
            if not isinstance(row.get(key), str | None):
                raise InputError(f"{key!r} is not a string", file="<stdin>", line=number)
        yield row


def print_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Lines for people; what came from outside may stand in them."""
    for line in lines:
        click.echo(shown(line), err=err)


def _json(value: Any, indent: int | None = None) -> str:
    """JSON whose strings hold no character that steers a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    return re.sub(
        "[\x7f-\x9f\u2028\u2029" + DIRECTION + UNSTORABLE + "]",
        lambda found: f"\\u{ord(found.group()):04x}",
        text,
    )


def print_json_line(row: Mapping[str, Any]) -> None:
    """One object on one line, at once: a reader of the pipe sees each row as it is decided."""
    click.echo(_json(row))


def print_rows(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], *, as_json: bool, title: str = ""
) -> None:
    """A table for people, or with `as_json` a list of objects."""
    if as_json:
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(_json(objects, indent=2))
        return
    table = Table(title=title or None, title_justify="left")
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if value is None else shown(str(value))) for value in row))
    # A pipe has no width: cells that are cut to fit 80 columns are of no use there.
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def print_records(
    record: type[DataclassInstance],
    records: Sequence[DataclassInstance],
    *,
    as_json: bool,
    title: str = "",
) -> None:
    """The same, of records: a column a field."""
    columns = [known.name for known in fields(record)]
    rows = [[getattr(row, name) for name in columns] for row in records]
    print_rows(columns, rows, as_json=as_json, title=title)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)
