"""A session is the program's own, however the server is set up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from newswatch.store.server.database import Connection, connect, scalar

FOREIGN = {
    "timezone": "Pacific/Chatham",
    "datestyle": "SQL, DMY",
    "intervalstyle": "sql_standard",
    "default_transaction_isolation": "repeatable read",
}


def test_times_are_read_whatever_the_server_writes(admin: Connection, database: str) -> None:
    name = scalar(admin, "select current_database()")
    for setting, value in FOREIGN.items():
        admin.execute(f"alter database {name} set {setting} = '{value}'".encode())
    with connect(database) as connection:
        noon = datetime(2026, 1, 14, 12, tzinfo=UTC)
        assert scalar(connection, "select '2026-01-14 12:00Z'::timestamptz") == noon
        assert scalar(connection, "select '-26 hours'::interval") == -timedelta(hours=26)
        assert scalar(connection, "show transaction_isolation") == "read committed"
