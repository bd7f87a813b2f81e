"""One database for many tests, emptied after each: a clone for each took a tenth of all the time.

What a test may leave behind is rows. Where it changed more than that (a table, a function, a
setting of the database) the next test gets a clone.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import LiteralString

from newswatch.store.server.database import Connection, connect, scalar

_NAMES = itertools.count(1)
# A change of any row here is one of the schema; statistics are written in place and are none.
_CATALOG: LiteralString = """
    select array[
        (select concat_ws(' ', count(*), max(xmin::text::bigint)) from pg_class
          where relpersistence = 'p'),
        (select concat_ws(' ', count(*), max(a.xmin::text::bigint)) from pg_attribute as a
           join pg_class as c on c.oid = a.attrelid where c.relpersistence = 'p'),
        (select concat_ws(' ', count(*), max(xmin::text::bigint)) from pg_constraint),
        (select concat_ws(' ', count(*), max(xmin::text::bigint)) from pg_proc),
        (select concat_ws(' ', count(*), max(xmin::text::bigint)) from pg_trigger),
        (select concat_ws(' ', count(*), max(xmin::text::bigint)) from pg_rewrite),
        (select concat_ws(' ', count(*), max(xmin::text::bigint)) from pg_db_role_setting
          where setdatabase in (select oid from pg_database where datname = current_database()))
    ]
"""
_TABLES: LiteralString = """
    select format('%I.%I', schemaname, tablename) from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1
"""
_END_SESSIONS: LiteralString = """
    select pg_terminate_backend(pid, 10000) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
       and backend_type = 'client backend'
"""
_USED_SEQUENCES: LiteralString = """
    select format('%I.%I', schemaname, sequencename) from pg_sequences
     where last_value is not null
"""
_RESTART: LiteralString = """
    select setval(name::regclass, seqstart, false) from unnest(%s::text[]) as _ (name)
      join pg_sequence on seqrelid = name::regclass
"""


class Reused:
    """The database that the tests of one process find, each as the template has it."""

    def __init__(self, clone: Callable[[str], AbstractContextManager[str]]) -> None:
        self._clone = clone
        self._url = ""
        self._open = ExitStack()

    def ready(self) -> str:
        """URL of its superuser."""
        if not self._url:
            self._url = self._open.enter_context(self._clone(f"test_{next(_NAMES)}"))
            with connect(self._url) as connection:
                self._tables = _names(connection, _TABLES)
                self._stocked = self._filled(connection)  # look-up tables, which migrations fill
                self._rows = self._contents(connection)
                self._used = _names(connection, _USED_SEQUENCES)
                self._catalog = scalar(connection, _CATALOG)
        return self._url

    def empty(self) -> None:
        """End what a test has left open, and delete its rows."""
        with connect(self._url) as connection:
            connection.execute(_END_SESSIONS)
            is_as_before = (
                scalar(connection, _CATALOG) == self._catalog
                and self._contents(connection) == self._rows
            )
            if is_as_before:
                connection.execute("set session_replication_role = replica")  # in any order
                for table in self._filled(connection):
                    if table not in self._stocked:
                        connection.execute(f"delete from {table}".encode())
                used = set(_names(connection, _USED_SEQUENCES)) - set(self._used)
                connection.execute(_RESTART, [list(used)])
        if not is_as_before:
            self.close()

    def close(self) -> None:
        """Drop it; the next test gets another."""
        self._open.close()
        self._url = ""

    def _filled(self, connection: Connection) -> list[str]:
        """The tables that have a row."""
        look = "select {} where exists (select from {})"
        return _names(
            connection,
            " union all ".join(look.format(f"'{table}'", table) for table in self._tables),
        )

    def _contents(self, connection: Connection) -> list[str]:
        """What the tables hold that are never empty, each as a number of its rows' texts."""
        look = "select md5(string_agg(r::text, ' ' order by r::text)) from {} as r"
        return [name for table in self._stocked for name in _names(connection, look.format(table))]


def _names(connection: Connection, query: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(query.encode()).fetchall()]
