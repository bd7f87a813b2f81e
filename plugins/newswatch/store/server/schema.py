"""The tables of the schema `news` as one SQL text and as a picture, read from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter

from psycopg.rows import class_row

from newswatch.store.server.database import Connection

SCHEMA_HEAD = """-- The tables of the schema news, as all migrations together make them.
-- Made by `newswatch db document`; do not edit. The views are in sql/views/.
"""
PICTURE_HEAD = """# The tables

Made from the database by `newswatch db document`; do not edit. [schema.sql](schema.sql) has every
column. A line leads from a row to those that refer to it; it is dotted where they need not.
"""


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    oid: int
    comment: str | None
    options: list[str] | None  # such as fillfactor=70
    partitioned: str | None  # by what; its partitions are no tables of their own here


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    not_null: bool
    identity: bool
    default: str | None
    comment: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key."""

    table: str
    columns: list[str]
    refers_to: str
    optional: bool


def schema(connection: Connection) -> str:
    """SQL that makes the domains, tables and indexes of `news`, with their comments."""
    tables = {table.name: table for table in _tables(connection)}
    order: TopologicalSorter[str] = TopologicalSorter({name: set() for name in tables})
    for reference in references(connection):
        if reference.table != reference.refers_to:
            order.add(reference.table, reference.refers_to)
    order.prepare()
    parts = [SCHEMA_HEAD, *_domains(connection)]
    while order.is_active():
        for name in sorted(order.get_ready()):
            parts.append(_create_table(connection, tables[name]))
            order.done(name)
    return "\n".join(parts)


def picture(connection: Connection) -> str:
    """Markdown: the tables with their keys as a Mermaid diagram, and a list of them."""
    found = references(connection)
    lines = ["erDiagram"]
    for reference in found:
        link = "|o..o{" if reference.optional else "||--o{"
        label = ", ".join(reference.columns)
        lines.append(f'    {reference.refers_to} {link} {reference.table} : "{label}"')
    tables = _tables(connection)
    apart = {table.name for table in tables} - {
        name for reference in found for name in (reference.table, reference.refers_to)
    }
    lines += [f"    {name}" for name in sorted(apart)]
    rows = [f"| `{table.name}` | {table.comment} |" for table in tables]
    drawn = "\n".join(lines)
    listed = "\n".join(["| table | what it holds |", "|---|---|", *rows])
    return f"{PICTURE_HEAD}\n```mermaid\n{drawn}\n```\n\n{listed}\n"


def references(connection: Connection) -> list[Reference]:
    """Every foreign key of `news`, by table and column."""
    with connection.cursor(row_factory=class_row(Reference)) as cursor:
        return cursor.execute(
            """
            select child.relname as table, parent.relname as refers_to,
                   array_agg(attname::text order by place) as columns,
                   not bool_and(attnotnull) as optional
            from pg_constraint
            join pg_class as child on child.oid = conrelid
            join pg_class as parent on parent.oid = confrelid
            cross join unnest(conkey) with ordinality as key (attnum, place)
            join pg_attribute on attrelid = conrelid and pg_attribute.attnum = key.attnum
            where contype = 'f' and child.relnamespace = 'news'::regnamespace
                  and not child.relispartition
            group by pg_constraint.oid, child.relname, parent.relname
            order by 1, 3
            """
        ).fetchall()


def _tables(connection: Connection) -> list[Table]:
    with connection.cursor(row_factory=class_row(Table)) as cursor:
        return cursor.execute(
            """
            select relname as name, oid, obj_description(oid, 'pg_class') as comment,
                   reloptions as options, pg_get_partkeydef(oid) as partitioned
            from pg_class where relkind in ('r', 'p') and not relispartition
                                and relnamespace = 'news'::regnamespace
            order by relname
            """
        ).fetchall()


def _domains(connection: Connection) -> Iterator[str]:
    rows = connection.execute(
        """
        select typname, obj_description(pg_type.oid, 'pg_type'), pg_get_constraintdef(check_.oid)
        from pg_type join pg_constraint as check_ on check_.contypid = pg_type.oid
        where typnamespace = 'news'::regnamespace order by typname
        """
    )
    for name, comment, check in rows:
        values = ", ".join(re.findall(r"'[^']*'", check))
        yield f"{_remark(comment)}create domain news.{name} as text check (value in ({values}));\n"


def _create_table(connection: Connection, table: Table) -> str:
    columns = _columns(connection, table)
    checks = [
        row[0]
        for row in connection.execute(
            "select format('constraint %%I %%s', conname, pg_get_constraintdef(oid))"
            " from pg_constraint where conrelid = %s and contype <> 'n'"
            " order by array_position('{p,u,f,c}', contype), conname",
            [table.oid],
        )
    ]
    wide = max(len(column.name) for column in columns)
    items = [f"{column.name.ljust(wide)} {_type(column)}" for column in columns] + checks
    commas = [","] * (len(items) - 1) + [""]
    remarks = [f" -- {column.comment}" if column.comment else "" for column in columns]
    remarks += [""] * len(checks)
    lines = [f"    {i}{c}{r}\n" for i, c, r in zip(items, commas, remarks, strict=True)]
    after = f" partition by {table.partitioned}" if table.partitioned else ""
    after += f" with ({', '.join(table.options)})" if table.options else ""
    head = f"{_remark(table.comment)}create table news.{table.name} (\n"
    return f"{head}{''.join(lines)}){after};\n{''.join(_indexes(connection, table))}"


def _columns(connection: Connection, table: Table) -> list[Column]:
    with connection.cursor(row_factory=class_row(Column)) as cursor:
        return cursor.execute(
            """
            select attname as name, format_type(atttypid, atttypmod) as type,
                   attnotnull as not_null, attidentity <> '' as identity,
                   pg_get_expr(adbin, adrelid) as default,
                   col_description(attrelid, attnum) as comment
            from pg_attribute
            left join pg_attrdef on adrelid = attrelid and adnum = attnum
            where attrelid = %s and attnum > 0 and not attisdropped
            order by attnum
            """,
            [table.oid],
        ).fetchall()


def _type(column: Column) -> str:
    parts = [column.type]
    if column.identity:
        parts.append("generated always as identity")
    elif column.not_null:
        parts.append("not null")
    if column.default:
        parts.append(f"default {column.default}")
    return " ".join(parts)


def _indexes(connection: Connection, table: Table) -> Iterator[str]:
    rows = connection.execute(
        "select pg_get_indexdef(indexrelid) from pg_index"
        " where indrelid = %s and not exists (select from pg_constraint where conindid = indexrelid"
        " and conrelid = indrelid) order by indexrelid::regclass::text",
        [table.oid],
    )
    return (f"{row[0].replace(' ON ONLY ', ' ON ')};\n" for row in rows)


def _remark(comment: str | None) -> str:
    return f"-- {comment}\n" if comment else ""
