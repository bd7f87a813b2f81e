"""`news.saved_search`: searches that people keep, read by the page from `analyst.saved_search`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from newswatch.errors import InputError
from newswatch.store import rows
from newswatch.store.server.database import Connection


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """`asked` has the fields of the page of search that are filled in."""

    search_id: int
    name: str
    asked: dict[str, str]
    saved_by: str
    saved_at: datetime


_SELECT = f"select {rows.listed(rows.columns(SavedSearch))} from analyst.saved_search "


def save(
    connection: Connection, name: str, asked: Mapping[str, Any], saved_by: str, now: datetime
) -> int:
    """Its id. Raises `InputError` if another one has the name."""
    try:
        found: int = rows.first_value(
            connection,
            "insert into news.saved_search (name, asked, saved_by, saved_at)"
            " values (%s, %s, %s, %s) returning search_id",
            [name, dict(asked), saved_by, now],
        )
    except psycopg.errors.UniqueViolation:
        raise InputError(
            f"there is a saved search called {name!r}", mend="give another name, or delete that one"
        ) from None
    return found


def delete(connection: Connection, search_id: int) -> None:
    connection.execute("delete from news.saved_search where search_id = %s", [search_id])


def saved_search(connection: Connection, search_id: int) -> SavedSearch | None:
    return rows.first(connection, SavedSearch, f"{_SELECT} where search_id = %s", [search_id])


def saved_searches(connection: Connection) -> list[SavedSearch]:
    """All of them by name."""
    return rows.read(connection, SavedSearch, f"{_SELECT} order by lower(name)")
