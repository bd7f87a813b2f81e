"""The data dictionary, read from the comments that the database carries."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from newswatch.store.server.database import Connection

HEAD = """# Data dictionary

Made from the database's own comments by `newswatch db document`; do not edit.
"""


def dictionary(connection: Connection) -> str:
    """Markdown: every view of the schemas `analyst` and `ops` with its columns, and all codes."""
    rows = connection.execute(
        """
        select namespace.nspname || '.' || view.relname,
               obj_description(view.oid),
               attribute.attname,
               case when type.typtype = 'd'
                    then format('%s: [%s](#%s)',
                                format_type(type.typbasetype, null), type.typname, type.typname)
                    else format_type(attribute.atttypid, attribute.atttypmod) end,
               col_description(view.oid, attribute.attnum)
        from pg_class as view
        join pg_namespace as namespace on namespace.oid = view.relnamespace
        join pg_attribute as attribute on attribute.attrelid = view.oid and attribute.attnum > 0
        join pg_type as type on type.oid = attribute.atttypid
        where namespace.nspname in ('analyst', 'ops') and view.relkind = 'v'
        order by 1, attribute.attnum
        """
    ).fetchall()
    parts = [HEAD]
    for (name, purpose), columns in groupby(rows, key=lambda row: (row[0], row[1])):
        lines = [f"| `{column}` | {kind} | {meaning} |" for _, _, column, kind, meaning in columns]
        parts.append(f"\n## {name}\n\n{purpose}\n\n| column | type | meaning |\n|---|---|---|\n")
        parts.append("\n".join(lines) + "\n")
    return "".join(parts) + _codes(connection)


def _codes(connection: Connection) -> str:
    rows = connection.execute("select list, code, meaning from analyst.code").fetchall()
    parts = ["\n# Codes\n\nThe rows of `analyst.code`.\n"]
    for name, codes in groupby(rows, key=itemgetter(0)):
        lines = [f"| `{code}` | {meaning} |\n" for _, code, meaning in codes]
        parts.append(f"\n## {name}\n\n| code | meaning |\n|---|---|\n{''.join(lines)}")
    return "".join(parts)
