"""`newswatch migrate` and `newswatch db`, and how every other command finds its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from newswatch.cli.output import Commands
from newswatch.errors import InputError
from newswatch.settings import Settings, read_settings
from newswatch.stages.job import Work
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect, with_role
from newswatch.store.server.dictionary import dictionary
from newswatch.store.server.migrate import check_landed, land
from newswatch.store.server.migrate import migrate as migrate_database
from newswatch.store.server.schema import picture, schema


def admin_url(settings: Settings) -> str:
    """URL of the role that may create roles and databases.

    The embedded server is started if no other is set.
    """
    if settings.admin_database_url:
        return settings.admin_database_url
    if settings.database_url:
        raise InputError(
            "NEWSWATCH_DATABASE_URL is set, NEWSWATCH_ADMIN_DATABASE_URL is not",
            mend="set both, or neither for the embedded server",
        )
    return embedded.ensure_database(embedded.start(settings.state_dir / "postgres"))


def writer_url(settings: Settings) -> str:
    """URL of the program's own role, on the same terms as `admin_url`."""
    return settings.database_url or with_role(admin_url(settings), "newswatch_writer")


@contextmanager
def opened(settings: Settings) -> Iterator[Connection]:
    """A connection as the program's own role, to a migrated database.

    The embedded database is migrated on the way; for any other, `newswatch migrate` is the step.
    """
    if not settings.database_url:
        with connect(admin_url(settings)) as admin:
            migrate_database(admin)
    with connect(writer_url(settings)) as connection:
        yield connection


@contextmanager
def opened_work() -> Iterator[Work]:
    """What a tool works with: the database of the settings, and the present time."""
    settings = read_settings()
    with opened(settings) as connection:
        yield Work(connection, settings, datetime.now(UTC))


@click.command()
def migrate() -> None:
    """Bring the database to the state of sql/.

    \b
    Example: newswatch migrate
    """
    with connect(admin_url(read_settings())) as connection:
        applied = migrate_database(connection)
    for name in applied:
        click.echo(f"applied {name}")
    if not applied:
        click.echo("nothing to apply; views re-created")


@click.group(cls=Commands)
def db() -> None:
    """The embedded PostgreSQL server.

    \b
    Example: newswatch db start
    """


@db.command()
def start() -> None:
    """Start it, migrated; running already is no error.

    \b
    Example: newswatch db start
    """
    settings = read_settings()
    with opened(settings):
        pass
    click.echo(writer_url(settings))


@db.command()
def stop() -> None:
    """Stop it; not running is no error.

    \b
    Example: newswatch db stop
    """
    stopped = embedded.stop(read_settings().state_dir / "postgres")
    click.echo("stopped" if stopped else "was not running")


@db.command()
@click.option("--admin", is_flag=True, help="Of the superuser, not of the program's own role.")
@click.option("--analyst", is_flag=True, help="Of the read-only analyst.")
def url(admin: bool, analyst: bool) -> None:
    """Print the database's address; starts the embedded server if it is not running.

    \b
    Example: psql "$(newswatch db url --analyst)"
    """
    settings = read_settings()
    if admin:
        click.echo(admin_url(settings))
    elif analyst:
        click.echo(with_role(writer_url(settings), "newswatch_analyst"))
    else:
        click.echo(writer_url(settings))


DOCUMENTS = {
    "data-dictionary.md": dictionary,
    "schema.sql": schema,
    "tables.md": picture,
}


@db.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
def document(folder: Path) -> None:
    """Write what the database says of itself: the views, the tables, and a picture of them.

    \b
    Example: newswatch db document docs
    """
    with opened(read_settings()) as connection:
        for name, write in DOCUMENTS.items():
            (folder / name).write_text(write(connection), encoding="utf-8")
            click.echo(folder / name)


@db.command("check-migrations")
def check_migrations() -> None:
    """Fail if a landed migration was edited, or a new one has no checksum yet.

    \b
    Example: newswatch db check-migrations
    """
    check_landed()
    click.echo("as they landed")


@db.command("land-migrations")
def land_migrations() -> None:
    """Add the checksums of new migrations to sql/migrations/checksums.txt.

    \b
    Example: newswatch db land-migrations
    """
    for name in land():
        click.echo(f"landed {name}")
