"""Brings a database to the state of `sql/`: migrations forward only, views anew each time."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from newswatch.errors import MigrationError
from newswatch.settings import HOME
from newswatch.store.server.database import Connection, end_overdue_sessions

SQL = HOME / "sql"
CHECKSUMS = "checksums.txt"  # beside the migrations
ADVISORY_KEY = 0x6E657773  # "news"


@dataclass(frozen=True, slots=True)
class Migration:
    name: str
    text: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def read_migrations(folder: Path = SQL / "migrations") -> list[Migration]:
    """All migrations of the folder in order. Raises for a gap, a double number, an empty folder."""
    paths = sorted(folder.glob("*.sql"))
    if not paths:
        raise MigrationError(
            f"{folder}: no migrations here; newswatch runs from its repository or its image,"
            " which have sql/ beside plugins/"
        )
    for number, path in enumerate(paths, start=1):
        if not re.fullmatch(rf"{number:04d}_[a-z0-9_]+\.sql", path.name):
            raise MigrationError(f"{path}: expected number {number:04d}; rename it NNNN_words.sql")
    return [Migration(path.stem, path.read_text(encoding="utf-8")) for path in paths]


def check_landed(folder: Path = SQL / "migrations") -> None:
    """Raise `MigrationError` unless the folder's checksums are those of its migrations."""
    landed = _landed(folder)
    current = {migration.name: migration.checksum for migration in read_migrations(folder)}
    for name, checksum in landed.items():
        if name not in current:
            raise MigrationError(f"{folder / name}.sql has landed and is gone; restore it")
        if current[name] != checksum:
            raise MigrationError(
                f"{folder / name}.sql was edited after it landed; restore it and add a new one"
            )
    if new := [name for name in current if name not in landed]:
        raise MigrationError(
            f"{folder / new[0]}.sql is not in {CHECKSUMS}; run: newswatch db land-migrations"
        )


def land(folder: Path = SQL / "migrations") -> list[str]:
    """Add the checksums of new migrations to the folder's; their names. Those that are there stay.

    The file has the form that `sha256sum --check` reads.
    """
    landed = _landed(folder)
    new = [migration for migration in read_migrations(folder) if migration.name not in landed]
    with (folder / CHECKSUMS).open("a", encoding="utf-8") as file:
        for migration in new:
            file.write(f"{migration.checksum}  {migration.name}.sql\n")
    check_landed(folder)
    return [migration.name for migration in new]


def _landed(folder: Path) -> dict[str, str]:
    path = folder / CHECKSUMS
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("  ", 1) for line in lines)
    return {name.removesuffix(".sql"): checksum for checksum, name in pairs}


def migrate(connection: Connection, sql: Path = SQL) -> list[str]:
    """Apply what is missing, each file in a transaction of its own; set roles and views anew.

    Needs a role that may create roles and schemas. Two at once wait for each other. Returns the
    names applied; raises `MigrationError` if a landed file was edited or is gone.
    """
    migrations = read_migrations(sql / "migrations")
    connection.execute("select pg_advisory_lock(%s)", [ADVISORY_KEY])
    try:
        connection.execute(
            "create table if not exists public.newswatch_migration ("
            " name text primary key, checksum text not null,"
            " applied_at timestamptz not null default now())"
        )
        rows = connection.execute("select name, checksum from public.newswatch_migration")
        done: dict[str, str] = dict(rows.fetchall())
        _check_history(migrations, done)
        applied = []
        for number, migration in enumerate(migrations):
            if migration.name in done:
                continue
            with connection.transaction():
                if number > 0:  # the first one makes the role that owns all else
                    connection.execute("set local role newswatch_owner")
                    connection.execute(_DROP_VIEWS)  # they would hold what they show
                connection.execute(migration.text.encode())
                connection.execute("reset role")
                connection.execute(
                    "insert into public.newswatch_migration (name, checksum) values (%s, %s)",
                    [migration.name, migration.checksum],
                )
            applied.append(migration.name)
        with connection.transaction():
            connection.execute((sql / "roles.sql").read_bytes())
        end_overdue_sessions(connection)  # what they hold would keep views from being dropped
        _create_views(connection, sql / "views")
        return applied
    finally:
        connection.execute("select pg_advisory_unlock(%s)", [ADVISORY_KEY])


def _check_history(migrations: list[Migration], done: dict[str, str]) -> None:
    known = {migration.name: migration.checksum for migration in migrations}
    for name, checksum in done.items():
        if name not in known:
            raise MigrationError(
                f"the database has {name}, sql/migrations/ has not; update the code"
            )
        if known[name] != checksum:
            raise MigrationError(
                f"sql/migrations/{name}.sql was edited after it landed;"
                " restore it and add a new one"
            )


def _create_views(connection: Connection, folder: Path) -> None:
    with connection.transaction():
        connection.execute("set local role newswatch_owner")
        connection.execute(_DROP_VIEWS)
        for path in sorted(folder.glob("*.sql")):
            connection.execute(path.read_bytes())


_DROP_VIEWS = """
do $$
declare view record;
begin
    for view in select schemaname, viewname from pg_views
                where schemaname in ('news', 'analyst', 'ops')
    loop
        execute format('drop view if exists %I.%I cascade', view.schemaname, view.viewname);
    end loop;
end
$$
"""
