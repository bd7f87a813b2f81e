"""Connections, and the claim that keeps two workers off the same work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString
from zlib import crc32

import psycopg
from psycopg.abc import Buffer, DumperKey
from psycopg.adapt import PyFormat
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow
from psycopg.types.array import BaseListDumper, ListDumper
from psycopg.types.json import JsonbDumper

from newswatch.errors import DatabaseUnreachable, InputError, ShardBusy
from newswatch.masking import masked

Connection = psycopg.Connection[TupleRow]

# What the program relies on, however the server, the database or the role is set up.
_SESSION = """
    set datestyle to 'ISO, MDY'; set intervalstyle to 'postgres'; set timezone to 'UTC';
    set default_transaction_isolation to 'read committed'
"""


def connect(url: str) -> Connection:
    """An autocommit connection: every group of writes is an explicit `connection.transaction()`.

    Raises `DatabaseUnreachable` with the address (never the password), `InputError` if it is none.
    """
    _parts(url)
    try:
        connection = psycopg.connect(
            url, autocommit=True, connect_timeout=10, application_name="newswatch"
        )
    except psycopg.OperationalError as error:
        raise DatabaseUnreachable(_masked(f"{_describe(url)}: {str(error).strip()}", url)) from None
    connection.execute(_SESSION)
    connection.adapters.register_dumper(dict, JsonbDumper)
    for immutable in (tuple, frozenset):
        connection.adapters.register_dumper(immutable, _ArrayDumper)
    return connection


class _ArrayDumper(ListDumper):
    """A tuple, or a set in ascending order, as an array: psycopg's own makes a composite of it."""

    def get_key(self, obj: Any, format: PyFormat) -> DumperKey:
        return super().get_key(_as_list(obj), format)

    def upgrade(self, obj: Any, format: PyFormat) -> BaseListDumper:
        return super().upgrade(_as_list(obj), format)

    def dump(self, obj: Any) -> Buffer | None:
        return super().dump(_as_list(obj))


def _as_list(values: tuple[Any, ...] | frozenset[Any]) -> list[Any]:
    return sorted(values) if isinstance(values, frozenset) else list(values)


def with_database(url: str, database: str) -> str:
    """The same server and role, another database."""
    _parts(url)
    return make_conninfo(url, dbname=database)


def with_role(url: str, role: str) -> str:
    """The same server and database, another role."""
    _parts(url)
    return make_conninfo(url, user=role)


def _parts(url: str) -> dict[str, Any]:
    """The address by its parts; a malformed one is refused without being shown.

    libpq's own message quotes what it stumbles over, which may be the password. An @ in a later
    part says that the password had one, or a slash, that was not percent-encoded.
    """
    mend = "percent-encode the password: @ is %40, / is %2F, a blank is %20"
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise InputError("the database's address cannot be read", mend=mend) from None
    if any("@" in str(parts.get(key, ""))[1:] for key in ("host", "port", "dbname")):
        raise InputError("the database's address cannot be read", mend=mend)
    return parts


def _masked(text: str, url: str) -> str:
    return masked(text, str(_parts(url).get("password") or ""))


def _describe(url: str) -> str:
    parts = _parts(url)
    return f"{parts.get('user', '')}@{parts.get('host', '')}/{parts.get('dbname', '')}"


@contextmanager
def claimed(connection: Connection, stage: str, shard: int, wait: float = 60.0) -> Iterator[None]:
    """Hold the claim on one shard of a stage: a session-level advisory lock.

    It ends with the block or with the session, so a killed worker's claim is free at once and
    needs no lease to run out. Raises `ShardBusy` when it is not free within `wait` seconds.
    """
    key = (crc32(f"newswatch:{stage}".encode()) & 0x7FFFFFFF, shard)
    try:
        with connection.transaction():
            connection.execute("select set_config('lock_timeout', %s, true)", [f"{wait:g}s"])
            connection.execute("select pg_advisory_lock(%s, %s)", key)
    except psycopg.errors.LockNotAvailable:
        raise ShardBusy(
            f"{stage}, shard {shard}: another process works on it (waited {wait:g} s)"
        ) from None
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("select pg_advisory_unlock(%s, %s)", key)


def end_overdue_sessions(connection: Connection) -> int:
    """End the sessions of analysts that lifted their time limits and are past them; how many."""
    return int(scalar(connection, "select news.end_overdue_sessions()"))


def scalar(connection: Connection, query: LiteralString, parameters: Any = None) -> Any:
    """The only column of the only row of `query`."""
    row = connection.execute(query, parameters).fetchone()
    if row is None:
        raise LookupError(f"no row from: {query}")
    (value,) = row
    return value
