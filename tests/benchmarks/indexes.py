"""Tables are filled without indexes, which are made of the full ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from newswatch.store.server.database import Connection


@contextmanager
def no_indexes(connection: Connection, tables: Sequence[str]) -> Iterator[None]:
    """Drop those of these tables that no constraint needs, and make them again at the end."""
    found = connection.execute(
        """
        select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
        where indrelid = any(%s::regclass[])
          and not exists (select from pg_constraint where conindid = indexrelid)
        """,
        [list(tables)],
    ).fetchall()
    for name, _ in found:
        connection.execute(f"drop index {name}".encode())
    yield
    for _, definition in found:
        connection.execute(definition.encode())
