"""What the database says of itself: its views with the comments that they carry, as records and as
the data dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from newswatch.store import rows
from newswatch.store.server.database import Connection

HEAD = """# Data dictionary

Made from the database's own comments by `newswatch db document`; do not edit.
"""


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """`code` is the list of `analyst.code` that its values are of, if they are codes."""

    name: str
    type: str
    code: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class View:
    schema: str
    name: str
    meaning: str
    columns: tuple[ViewColumn, ...]


def views(connection: Connection) -> list[View]:
    """Every view of the schemas `analyst` and `ops`, by name."""
    return rows.read(
        connection,
        View,
        """
        select namespace.nspname as schema, view.relname as name,
               obj_description(view.oid) as meaning,
               jsonb_agg(jsonb_build_object(
                   'name', attribute.attname,
                   'type', case when type.typtype = 'd' then format_type(type.typbasetype, null)
                           else format_type(attribute.atttypid, attribute.atttypmod) end,
                   'code', case when type.typtype = 'd' then type.typname end,
                   'meaning', col_description(view.oid, attribute.attnum)
               ) order by attribute.attnum) as columns
        from pg_class as view
        join pg_namespace as namespace on namespace.oid = view.relnamespace
        join pg_attribute as attribute on attribute.attrelid = view.oid and attribute.attnum > 0
        join pg_type as type on type.oid = attribute.atttypid
        where namespace.nspname in ('analyst', 'ops') and view.relkind = 'v'
        group by namespace.nspname, view.relname, view.oid
        order by namespace.nspname || '.' || view.relname
        """,
    )


def dictionary(connection: Connection) -> str:
    """Markdown: every view with its columns, and all codes."""
    parts = [HEAD]
    for view in views(connection):
        parts.append(f"\n## {view.schema}.{view.name}\n\n{view.meaning}\n\n")
        parts.append("| column | type | meaning |\n|---|---|---|\n")
        for column in view.columns:
            code = f": [{column.code}](#{column.code})" if column.code else ""
            parts.append(f"| `{column.name}` | {column.type}{code} | {column.meaning} |\n")
    return "".join(parts) + _codes(connection)


def _codes(connection: Connection) -> str:
    rows = connection.execute("select list, code, meaning from analyst.code").fetchall()
    parts = ["\n# Codes\n\nThe rows of `analyst.code`.\n"]
    for name, codes in groupby(rows, key=itemgetter(0)):
        lines = [f"| `{code}` | {meaning} |\n" for _, code, meaning in codes]
        parts.append(f"\n## {name}\n\n| code | meaning |\n|---|---|\n{''.join(lines)}")
    return "".join(parts)
