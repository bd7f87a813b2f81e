"""`newswatch`: joins the command modules."""

from __future__ import annotations

import click

from newswatch.cli.compare import compare
from newswatch.cli.database import db, migrate
from newswatch.cli.dedupe import dedupe
from newswatch.cli.digest import digest, subscribers
from newswatch.cli.export import export
from newswatch.cli.extract import extract
from newswatch.cli.feeds import feeds
from newswatch.cli.health import health, watchdog
from newswatch.cli.output import Commands
from newswatch.cli.parse import parse
from newswatch.cli.run import run
from newswatch.cli.seeds import seeds
from newswatch.cli.status import status
from newswatch.cli.story import story
from newswatch.cli.topics import match_lines, topics
from newswatch.cli.why import why


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newswatch")
def cli() -> None:
    """Feeds to flagged stories in Postgres to a daily digest.

    \b
    Example: newswatch run
    """


for command in (
    run,
    status,
    health,
    watchdog,
    why,
    story,
    feeds,
    topics,
    seeds,
    subscribers,
    digest,
    export,
    match_lines,
    dedupe,
    compare,
    parse,
    extract,
    migrate,
    db,
):
    cli.add_command(command)


def main() -> None:
    cli(prog_name="newswatch")
