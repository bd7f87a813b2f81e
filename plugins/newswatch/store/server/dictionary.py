"""The data dictionary, read from the comments that the database carries."""

from __future__ import annotations

from itertools import groupby

from newswatch.store.server.database import Connection

HEAD = """# Data dictionary

Made from the database's own comments by `newswatch db dictionary`; do not edit.
"""


def dictionary(connection: Connection) -> str:
    """Markdown: every view of the schemas `analyst` and `ops`, with its columns."""
    rows = connection.execute(
        """
        select namespace.nspname || '.' || view.relname,
               obj_description(view.oid),
               attribute.attname,
               format_type(attribute.atttypid, attribute.atttypmod),
               col_description(view.oid, attribute.attnum)
        from pg_class as view
        join pg_namespace as namespace on namespace.oid = view.relnamespace
        join pg_attribute as attribute on attribute.attrelid = view.oid and attribute.attnum > 0
        where namespace.nspname in ('analyst', 'ops') and view.relkind = 'v'
        order by 1, attribute.attnum
        """
    ).fetchall()
    parts = [HEAD]
    for (name, purpose), columns in groupby(rows, key=lambda row: (row[0], row[1])):
        lines = [f"| `{column}` | {kind} | {meaning} |" for _, _, column, kind, meaning in columns]
        parts.append(f"\n## {name}\n\n{purpose}\n\n| column | type | meaning |\n|---|---|---|\n")
        parts.append("\n".join(lines) + "\n")
    return "".join(parts)
