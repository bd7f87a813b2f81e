"""Rows by name, records written once.

A row is read into a record by the names of its columns, never by their order; the columns that
hold a record are the fields of its class, and stand nowhere else. Only this module takes rows from
a cursor: a test holds the other modules of the program to that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, partial
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from psycopg.rows import dict_row, kwargs_row, tuple_row
from psycopg.types.json import Jsonb

from newswatch.store.server.database import Connection

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")


def query(text: str) -> bytes:
    """SQL put together from literals of ours. psycopg takes text only where the type checker sees
    a literal, so that nobody's input becomes SQL; here every value is a parameter all the same."""
    return text.encode()


# --- reading --------------------------------------------------------------------------------------


def read(
    connection: Connection,
    record: type[T],
    sql: str,
    parameters: Any = None,
    *,
    binary: bool = False,
) -> list[T]:
    """All rows, each as a record. A column that is no field of it, or one that lacks, raises."""
    make = _maker(record)
    with connection.cursor(row_factory=kwargs_row(make), binary=binary) as cursor:
        return cursor.execute(query(sql), parameters).fetchall()


def first(connection: Connection, record: type[T], sql: str, parameters: Any = None) -> T | None:
    """The first row as a record, if there is one."""
    with connection.cursor(row_factory=kwargs_row(_maker(record))) as cursor:
        return cursor.execute(query(sql), parameters).fetchone()


def stream(connection: Connection, sql: str, parameters: Any = None) -> Iterator[dict[str, Any]]:
    """All rows as column to value, from a cursor of the server: a million of them take no memory
    here."""
    with (
        connection.transaction(),
        connection.cursor(name="stream", row_factory=dict_row) as cursor,
    ):
        connection.execute("set local cursor_tuple_fraction = 1")  # all are taken, not the first
        cursor.itersize = 2_000
        cursor.execute(query(sql), parameters)
        yield from cursor


def objects(connection: Connection, sql: str, parameters: Any = None) -> list[dict[str, Any]]:
    """All rows as column to value, for what goes to a person as it is."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query(sql), parameters).fetchall()


def values(connection: Connection, sql: str, parameters: Any = None) -> list[Any]:
    """The only column of each row. Raises `ValueError` if there are more."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        cursor.execute(query(sql), parameters)
        return [value for (value,) in cursor]


def first_value(connection: Connection, sql: str, parameters: Any = None) -> Any:
    """The only column of the first row; None where there is no row."""
    return next(iter(values(connection, sql, parameters)), None)


def mapping(
    connection: Connection, key: str, value: str, sql: str, parameters: Any = None
) -> dict[Any, Any]:
    """The column named `key` to the column named `value`, of all rows."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        cursor.execute(query(sql), parameters)
        names = [column.name for column in cursor.description or ()]
        key_at, value_at = names.index(key), names.index(value)
        return {row[key_at]: row[value_at] for row in cursor}


_MAKERS: dict[type, Callable[..., Any]] = {}  # of each record that was read


def _maker(record: type[T]) -> Callable[..., T]:
    """The class itself, or where fields are tuples, sets and records, what makes them of the lists
    and objects that the database gives."""
    if record not in _MAKERS:
        hints = get_type_hints(record).items()
        collections = {name: made for name, hint in hints if (made := _collection(hint))}
        _MAKERS[record] = partial(_made, record, collections) if collections else record
    return _MAKERS[record]


def _made(record: type[T], collections: dict[str, Callable[[Any], object]], **row: Any) -> T:
    for name, collection in collections.items():
        if row.get(name) is not None:
            row[name] = collection(row[name])
    return record(**row)


def _collection(hint: object) -> Callable[[Any], object] | None:
    for alternative in (hint, *_alternatives(hint)):
        kind, parts = get_origin(alternative), get_args(alternative)
        if kind in (tuple, frozenset):
            if parts and is_dataclass(parts[0]):
                return partial(_records, kind, cast(type, parts[0]))
            return cast(Callable[[Any], object], kind)
    return None


def _records(
    kind: Callable[[Any], object], record: type[Any], found: list[dict[str, Any]]
) -> object:
    return kind(record(**each) for each in found)


def _alternatives(hint: object) -> tuple[object, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else ()


# --- writing --------------------------------------------------------------------------------------


JSONB = {"jsonb": True}
"""As `metadata` of a record's field: its list is stored as jsonb, not as an array."""


def columns(record: type[DataclassInstance], *, but: Collection[str] = ()) -> tuple[str, ...]:
    """The names of the record's fields, which are those of its columns."""
    return tuple(known.name for known in fields(record) if known.name not in but)


def parameters(record: DataclassInstance, **more: object) -> dict[str, object]:
    """The record's values by the names of its columns, and `more`."""
    row: dict[str, object] = {}
    for name, as_json in _fields_of(type(record)):
        value = getattr(record, name)
        row[name] = Jsonb(list(value)) if as_json and value is not None else value
    return row | more


@cache
def _fields_of(record: type[DataclassInstance]) -> tuple[tuple[str, bool], ...]:
    """The names of the fields, each with whether its list is jsonb."""
    return tuple((known.name, bool(known.metadata.get("jsonb"))) for known in fields(record))


def listed(names: Iterable[str], of: str | None = None) -> str:
    """Columns as a select or an insert lists them; `of` is their table."""
    return ", ".join(f"{of}.{name}" if of else name for name in names)


def insert(table: str, names: Sequence[str]) -> str:
    """Insert one row, whose values are parameters of the same names."""
    marks = ", ".join(f"%({name})s" for name in names)
    return f"insert into {table} ({listed(names)}) values ({marks}) "


def assigned(names: Iterable[str]) -> str:
    """Columns as an update sets them, to parameters of the same names."""
    return ", ".join(f"{name} = %({name})s" for name in names)


def taken_from(source: str, names: Iterable[str]) -> str:
    """Columns as an update sets them, to the columns of the same names of another row."""
    return ", ".join(f"{name} = {source}.{name}" for name in names)


def copy(
    connection: Connection, table: str, names: Sequence[str], rows: Iterable[dict[str, object]]
) -> None:
    """Insert many rows, given by the names of their columns: faster than as many inserts."""
    with (
        connection.cursor() as cursor,
        cursor.copy(query(f"copy {table} ({listed(names)}) from stdin")) as into,
    ):
        for row in rows:
            into.write_row([row[name] for name in names])


def write(connection: Connection, sql: str, rows: Iterable[dict[str, object]]) -> int:
    """The same statement for each of the rows; how many it wrote."""
    with connection.cursor() as cursor:
        cursor.executemany(query(sql), list(rows))
        return max(cursor.rowcount, 0)
