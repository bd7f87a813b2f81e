"""`newswatch`: joins the command modules."""

from __future__ import annotations

import click

from newswatch.cli.database import db, migrate
from newswatch.cli.feeds import feeds
from newswatch.cli.output import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newswatch")
def cli() -> None:
    """Feeds to flagged stories in Postgres to a daily digest.

    \b
    Example: newswatch run
    """


for command in (migrate, db, feeds):
    cli.add_command(command)


def main() -> None:
    cli(prog_name="newswatch")
