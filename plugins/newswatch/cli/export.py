"""`newswatch export`: the analysts' views as files."""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

import click

from newswatch.cli.database import opened
from newswatch.cli.output import Day
from newswatch.errors import InputError
from newswatch.settings import read_settings
from newswatch.stages.export import folder, sqlite
from newswatch.stages.export.formats import WRITERS
from newswatch.store import exports
from newswatch.store.exports import Selection
from newswatch.store.server.database import Connection


@click.command()
@click.option("--view", "names", multiple=True, help="A view of analyst.  [default: see above]")
@click.option("--topic", help="Rows of this topic only.")
@click.option("--since", type=Day(), help="First UTC day.")
@click.option("--until", type=Day(), help="Last UTC day, inclusive.")
@click.option("--format", "form", type=click.Choice([*WRITERS, "sqlite"]), default="csv")
@click.option("--to", type=click.Path(path_type=Path), help="A folder; of sqlite, a file.")
def export(
    names: tuple[str, ...],
    topic: str | None,
    since: date | None,
    until: date | None,
    form: str,
    to: Path | None,
) -> None:
    """Write views of the analysts: one to standard output (flag, if none is named), or all of them
    to a folder, a file a day, or to an SQLite database with its metadata for Datasette.

    A row is of the day of the first of these columns that its view has: seen_at, first_seen_at,
    day, local_date, replaced_at, judged_at, changed_at. What is there and still so is left alone.

    \b
    Example: newswatch export --view flag --topic witkoff --since 2025-12-17 --format csv
    Example: newswatch export --format parquet --to lake --since 2025-12-17
    Example: newswatch export --format sqlite --to news.sqlite
    """
    if since and until and until < since:
        raise InputError(f"--until {until} is before --since {since}", mend="swap them")
    with opened(read_settings()) as connection:
        chosen = names or (() if to else ("flag",))
        selections = _selections(connection, chosen, topic, since, until)
        if to is None:
            _print(connection, selections, form)
        elif form == "sqlite":
            metadata = sqlite.export(connection, selections, to)
            click.echo(f"datasette {to} --metadata {metadata}")
        else:
            for done in folder.export(connection, selections, form, to):
                click.echo(
                    f"{done.view}: {done.written} written, {done.unchanged} unchanged,"
                    f" {done.removed} removed"
                )


def _selections(
    connection: Connection,
    names: tuple[str, ...],
    topic: str | None,
    since: date | None,
    until: date | None,
) -> list[Selection]:
    """Raises `InputError` for what there is not, or that has not what is asked for."""
    views = exports.exported_views(connection)
    if unknown := [name for name in names if name not in views]:
        raise InputError(f"there is no view {unknown[0]!r}", mend=f"known: {', '.join(views)}")
    if topic is not None and topic not in (known := exports.flagged_topics(connection)):
        raise InputError(
            f"topic {topic!r} has flagged nothing yet",
            mend=f"known: {', '.join(known) or 'none; run newswatch run first'}",
        )
    found = [Selection(views[name], topic, since, until) for name in names or views]
    if not names and topic is not None:
        return [selection for selection in found if selection.has_topics]
    for selection in found if names else ():
        if topic is not None and not selection.has_topics:
            raise InputError(
                f"rows of {selection.view.name} are of no topic", mend="leave out --topic"
            )
        if (since or until) and selection.day_column is None:
            raise InputError(
                f"rows of {selection.view.name} are of no day", mend="leave out --since and --until"
            )
    return found


def _print(connection: Connection, selections: list[Selection], form: str) -> None:
    """By way of a file: who writes Parquet asks where it is, which a pipe does not know."""
    if len(selections) > 1 or form == "sqlite":
        raise InputError("that is more than one table", mend="give a folder or a file with --to")
    (selection,) = selections
    with tempfile.TemporaryFile() as written:
        WRITERS[form](selection.view.columns, exports.read(connection, selection), written)
        written.seek(0)
        shutil.copyfileobj(written, sys.stdout.buffer)
