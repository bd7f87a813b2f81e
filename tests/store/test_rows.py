"""Rows are read by name, whatever the order of columns; records are written from their fields."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newswatch
from newswatch.store import rows
from newswatch.store.server.database import Connection, scalar

PACKAGE = Path(newswatch.__file__).parent
READS = ("fetchone", "fetchmany", "fetchall")


@dataclass(frozen=True, slots=True)
class Mooring:
    """A record with a field of each kind that tables have."""

    name: str
    length: float | None
    berths: tuple[int, ...]
    days: frozenset[int]
    facts: dict[str, object]
    spans: list[tuple[int, int]] = field(metadata=rows.JSONB)
    since: datetime | None = None


TABLE = """
    create table mooring (
        name text, length float, berths int[], days smallint[], facts jsonb, spans jsonb,
        since timestamptz
    )
"""
MOORING = Mooring(
    "north",
    12.5,
    (3, 1),
    frozenset({5, 2}),
    {"crane": True},
    [(1, 2)],
    datetime(2026, 1, 1, tzinfo=UTC),
)


@pytest.fixture
def harbour(admin: Connection) -> Connection:
    admin.execute(TABLE)
    return admin


def test_a_record_is_written_and_read_by_its_fields(harbour: Connection) -> None:
    names = rows.columns(Mooring)
    rows.write(harbour, rows.insert("mooring", names), [rows.parameters(MOORING)])
    (found,) = rows.read(harbour, Mooring, f"select {rows.listed(names)} from mooring")
    assert found == Mooring(
        "north",
        12.5,
        (3, 1),
        frozenset({5, 2}),
        {"crane": True},
        [[1, 2]],
        MOORING.since,  # type: ignore[list-item]
    )


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30
)
@given(order=st.permutations(rows.columns(Mooring)))
def test_no_order_of_columns_makes_a_difference(harbour: Connection, order: list[str]) -> None:
    harbour.execute("truncate mooring")
    rows.write(harbour, rows.insert("mooring", order), [rows.parameters(MOORING)])
    statement = "select {} from mooring"
    (given_order,) = rows.read(harbour, Mooring, statement.format(rows.listed(order)))
    (usual_order,) = rows.read(
        harbour, Mooring, statement.format(rows.listed(rows.columns(Mooring)))
    )
    assert given_order == usual_order


def test_empty_lists_and_nothing_are_told_apart(harbour: Connection) -> None:
    bare = Mooring("south", None, (), frozenset(), {}, [])
    rows.write(harbour, rows.insert("mooring", rows.columns(Mooring)), [rows.parameters(bare)])
    assert rows.first(harbour, Mooring, "select * from mooring") == bare


def test_a_column_that_is_no_field_is_refused(harbour: Connection) -> None:
    harbour.execute("insert into mooring (name) values ('east')")
    with pytest.raises(TypeError, match="depth"):
        rows.read(harbour, Mooring, "select *, 7 as depth from mooring")
    with pytest.raises(TypeError, match="missing"):
        rows.read(harbour, Mooring, "select name from mooring")


def test_values_are_of_one_column(harbour: Connection) -> None:
    assert rows.values(harbour, "select * from generate_series(1, 3)") == [1, 2, 3]
    assert rows.first_value(harbour, "select name from mooring") is None
    with pytest.raises(ValueError, match="too many values"):
        rows.values(harbour, "select 1, 2")
    with pytest.raises(ValueError, match="too many values"):
        scalar(harbour, "select 1, 2")


def test_a_mapping_names_its_key_and_its_value(harbour: Connection) -> None:
    assert rows.mapping(harbour, "a", "b", "select 2 as b, 1 as a") == {1: 2}
    with pytest.raises(ValueError, match="not in list"):
        rows.mapping(harbour, "a", "c", "select 2 as b, 1 as a")


def test_a_stream_is_read_by_name_too(harbour: Connection) -> None:
    harbour.execute(
        "insert into mooring (berths, name, days, facts) values ('{4}', 'w', '{}', '{}')"
    )
    (found,) = rows.stream(harbour, "select name, berths from mooring")
    assert found == {"name": "w", "berths": [4]}


# --- no other module takes rows from a cursor -----------------------------------------------------


def modules() -> Iterator[Path]:
    """The program's modules, but for the two that read rows for all others, and the server's own
    tools, which ask the catalogue before there is a table."""
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        if place != "store/rows.py" and not place.startswith("store/server/"):
            yield path


def positional_reads(source: str) -> list[int]:
    """Lines that take rows from a cursor: a fetch, or an `execute` whose result is more than
    a statement or a count of rows."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr in READS:
            found.append(node.lineno)
        if node.func.attr == "execute":
            parent = parents[node]
            counted = isinstance(parent, ast.Attribute) and parent.attr == "rowcount"
            if not isinstance(parent, ast.Expr) and not counted:
                found.append(node.lineno)
    return found


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("row = connection.execute(q).fetchone()", [1, 1]),
        ("for a, b in connection.execute(q):\n    pass", [1]),
        ("rows = cursor.execute(q)", [1]),
        ("dict(connection.execute(q).fetchall())", [1, 1]),
        ("connection.execute(q)", []),
        ("count = connection.execute(q).rowcount", []),
    ],
)
def test_what_counts_as_taking_rows(source: str, lines: list[int]) -> None:
    assert positional_reads(source) == lines


@pytest.mark.parametrize(
    "path", list(modules()), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_rows_come_by_name_only(path: Path) -> None:
    assert positional_reads(path.read_text(encoding="utf-8")) == [], "read it with store.rows"
