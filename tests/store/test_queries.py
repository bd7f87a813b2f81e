"""The analysts' cookbook: every query runs, as the analyst, on the views alone."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from newswatch.settings import HOME
from newswatch.store.server.database import connect, with_role

QUERIES = sorted((HOME / "sql" / "queries").glob("*.sql"))


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_query_runs_for_the_analyst(database: str, path: Path) -> None:
    text = path.read_text()
    assert text.startswith("-- "), "the first line is the question that it answers"
    with connect(with_role(database, "newswatch_analyst")) as analyst:
        assert analyst.execute(text.encode()).description is not None


@pytest.mark.parametrize(
    "statement",
    [
        "select * from news.article",
        "delete from news.article",
        "create table public.mine (a int)",
        "create temporary table mine (a int)",
        "create view analyst.mine as select 1 as a",
    ],
)
def test_analyst_may_only_read_the_views(database: str, statement: str) -> None:
    with (
        connect(with_role(database, "newswatch_analyst")) as analyst,
        pytest.raises(
            (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)
        ),
    ):
        analyst.execute(statement.encode())


@pytest.mark.parametrize("statement", ["drop table news.article", "create table news.mine (a int)"])
def test_writer_may_change_no_table(database: str, statement: str) -> None:
    with connect(database) as writer, pytest.raises(psycopg.errors.InsufficientPrivilege):
        writer.execute(statement.encode())
