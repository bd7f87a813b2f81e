"""What `newswatch export` reads: the analysts' own views, a day at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from newswatch.store import rows
from newswatch.store.server.database import Connection
from newswatch.store.server.dictionary import View, ViewColumn, views

# The first of these columns that a view has says of which day a row is.
_DAYS = ("seen_at", "first_seen_at", "day", "local_date", "replaced_at", "judged_at", "changed_at")
_AS_THEY_ARE = {"smallint", "integer", "bigint", "real", "double precision", "boolean", "date"}
_AS_THEY_ARE |= {"text", "timestamp with time zone", "text[]", "bigint[]", "integer[]"}
_INDEXES = {"article_search"}  # words to search by, which are those of article


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows of one view: of a topic, of UTC days, both inclusive; all where nothing is said."""

    view: View
    topic: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def has_topics(self) -> bool:
        return any(column.name == "topic" for column in self.view.columns)

    @property
    def day_column(self) -> ViewColumn | None:
        """None: its rows are of no day."""
        columns = {column.name: column for column in self.view.columns}
        return next((columns[name] for name in _DAYS if name in columns), None)

    def of_day(self, day: date) -> Selection:
        return replace(self, since=day, until=day)


def exported_views(connection: Connection) -> dict[str, View]:
    """The analysts' views by name; of other types than programs share, columns are text."""
    return {
        view.name: replace(view, columns=tuple(map(_shared, view.columns)))
        for view in views(connection)
        if view.schema == "analyst" and view.name not in _INDEXES
    }


def _shared(column: ViewColumn) -> ViewColumn:
    return column if column.type in _AS_THEY_ARE else replace(column, type="text")


def flagged_topics(connection: Connection) -> list[str]:
    """The topics that ever flagged anything."""
    return rows.values(connection, "select distinct topic from analyst.topic order by 1")


@contextmanager
def one_moment(connection: Connection) -> Iterator[None]:
    """In this block the database is as it was at its beginning."""
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        yield


def days(connection: Connection, selection: Selection) -> list[date]:
    """The days that there are rows of, in order."""
    column = selection.day_column
    if column is None:
        return []
    day = column.name if column.type == "date" else f"({column.name} at time zone 'UTC')::date"
    where, parameters = _condition(selection)
    return rows.values(
        connection,
        f"select distinct {day} from analyst.{selection.view.name} where {where} order by 1",
        parameters,
    )


def read(connection: Connection, selection: Selection) -> Iterator[dict[str, Any]]:
    """The rows, in an order that is the same each time. Streams: they are not held in memory."""
    columns = [_selected(column) for column in selection.view.columns]
    order = ", ".join(map(str, range(1, len(columns) + 1)))
    where, parameters = _condition(selection)
    yield from rows.stream(
        connection,
        f"select {', '.join(columns)} from analyst.{selection.view.name} where {where}"
        f" order by {order}",
        parameters,
    )


def _selected(column: ViewColumn) -> str:
    return f'"{column.name}"::{column.type} as "{column.name}"'


def _condition(selection: Selection) -> tuple[str, dict[str, object]]:
    """Written so that an index on the time serves."""
    conditions = ["topic = %(topic)s"] if selection.topic is not None else []
    if column := selection.day_column:
        if selection.since is not None:
            conditions.append(f"{column.name} >= %(since)s::date::timestamptz")
        if selection.until is not None:
            conditions.append(f"{column.name} < (%(until)s::date + 1)::timestamptz")
    asked: dict[str, object] = {
        "topic": selection.topic,
        "since": selection.since,
        "until": selection.until,
    }
    return " and ".join(conditions) or "true", asked
