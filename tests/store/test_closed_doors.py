"""What the analyst may not: take a lock, create anything, or outstay the limits."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psycopg
import pytest

from newswatch.errors import DatabaseUnreachable, InputError
from newswatch.store.server.database import (
    Connection,
    claimed,
    connect,
    end_overdue_sessions,
    with_role,
)

ROUTINES = """
select oid::regprocedure::text from pg_proc
where has_function_privilege('newswatch_analyst', oid, 'execute')
  and (proname ~ 'advisory' or proname ~ '^lo_' or proname in ('loread', 'lowrite')
       or proname = 'pg_logical_emit_message')
"""
CREATIONS = (
    "create temp table mine (a int)",
    "create table public.mine (a int)",
    "create table analyst.mine (a int)",
    "create view analyst.mine as select 1 as a",
    "create function public.mine() returns int return 1",
    "create schema mine",
    "create extension btree_gin",
    "create role mine",
    "select lo_create(0)",
    "select lo_from_bytea(0, 'x')",
    "select lo_creat(-1)",
    "select pg_logical_emit_message(false, 'mine', 'x')",
    "copy (select 1) to '/tmp/mine'",
    "copy (select 1) to program 'true'",
)


@pytest.fixture
def analyst(database: str) -> Iterator[Connection]:
    with connect(with_role(database, "newswatch_analyst")) as opened:
        # Whatever a default forbids is lifted: what is left is forbidden.
        opened.execute("set session characteristics as transaction read write")
        opened.execute("set statement_timeout = 0; set transaction_timeout = 0")
        yield opened


def test_what_tells_of_readers_is_for_operators_only(
    analyst: Connection, admin: Connection
) -> None:
    private = {"ops.delivery", "ops.alert"}
    for role, hidden in (("newswatch_analyst", private), ("newswatch_operator", set())):
        found = admin.execute(
            "select schemaname || '.' || viewname from pg_views"
            " where schemaname in ('analyst', 'ops')"
            " and not has_table_privilege(%s, schemaname || '.' || viewname, 'select')",
            [role],
        )
        assert {name for (name,) in found} == hidden
    for view in private:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            analyst.execute(f"select * from {view}".encode())
    (address,) = admin.execute(
        "select count(*) from information_schema.columns where column_name ~ 'e?mail|address'"
        " and table_schema in ('analyst', 'ops') and table_name <> 'delivery'"
    )
    assert address == (0,)


@pytest.mark.parametrize("statement", CREATIONS)
def test_nothing_can_be_created(analyst: Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        analyst.execute(statement.encode())


def test_no_lock_that_the_program_uses_can_be_taken(
    analyst: Connection, connection: Connection
) -> None:
    for statement in ("pg_advisory_lock(1)", "pg_try_advisory_xact_lock_shared(1, 2)"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            analyst.execute(f"select {statement}".encode())
    assert connection.execute(ROUTINES.encode()).fetchall() == []
    with claimed(connection, "flag", 0):
        pass


@pytest.mark.parametrize("setting", ["temp_file_limit = -1", "session_replication_role = replica"])
def test_limits_of_the_server_are_not_the_analysts(analyst: Connection, setting: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        analyst.execute(f"set {setting}".encode())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        analyst.execute(f"alter role newswatch_analyst set {setting}".encode())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        analyst.execute("alter role newswatch_analyst connection limit -1")


def test_a_session_that_lifted_its_limits_is_ended(
    analyst: Connection, connection: Connection, admin: Connection
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        analyst.execute("select news.end_overdue_sessions()")
    analyst.execute("begin")
    analyst.execute("select 1")
    assert end_overdue_sessions(connection) == 0  # within its time
    shorter = admin.execute(
        "select pg_get_functiondef('news.end_overdue_sessions'::regproc)"
    ).fetchall()[0][0]
    admin.execute(shorter.replace("00:06:00", "00:00:00").encode())
    time.sleep(0.01)
    assert end_overdue_sessions(connection) == 1
    with pytest.raises(psycopg.errors.AdminShutdown):
        analyst.execute("select 1")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:s3cret@127.0.0.1:1/x",
        "postgresql://u:s3 cret@127.0.0.1:1/x",
        "postgresql://u:s3@cret@127.0.0.1:1/x",
        "postgresql://u:s3/cret@127.0.0.1:1/x",
        "postgresql://u:s3%zzcret@127.0.0.1:1/x",
        "postgresql://u:s3cret@127.0.0.1:99999/x",
        "postgresql://u:s3cret@127.0.0.1:port/x",
        "postgresql://u:s3#cret@127.0.0.1:1/x",
        "postgresql://u:s3?cret@127.0.0.1:1/x",
        "postgresql://u:s3:cret@127.0.0.1:1/x",
        "host=127.0.0.1 port=1 password=s3 cret",
        "host=127.0.0.1 port=1 password='s3cret",
        "host=127.0.0.1 port=1 passwort=s3cret",
    ],
)
def test_no_part_of_a_password_is_in_an_error(url: str) -> None:
    with pytest.raises((InputError, DatabaseUnreachable)) as raised:
        connect(url)
    error: BaseException | None = raised.value
    while error is not None:
        assert "s3" not in str(error)
        assert "cret" not in str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
