"""`newswatch status`: what an operator looks at first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click

from newswatch.cli.database import opened
from newswatch.cli.output import json_option, print_json_line, print_lines
from newswatch.settings import read_settings
from newswatch.store.status import sections

_TITLES = {
    "runs": "RUNS",
    "waiting": "WAITING",
    "wrong": "WRONG IN THE WATCHLIST",
    "parked": "PARKED",
    "feeds": "FEEDS",
    "undelivered": "NOT DELIVERED",
}


@click.command()
@json_option
def status(as_json: bool) -> None:
    """The last runs, what waits or is parked, and what is wrong in the watchlist.

    \b
    Example: newswatch status
    """
    with opened(read_settings()) as connection:
        found = sections(connection)
    if as_json:
        print_json_line(found)
        return
    for name, rows in found.items():
        print_lines([_TITLES[name], *(f"  {_told(row)}" for row in rows)])
        if not rows:
            print_lines(["  none"])


def _told(row: Mapping[str, Any]) -> str:
    shown = {name: value for name, value in row.items() if value is not None}
    return ", ".join(f"{name.replace('_', ' ')} {_shown(value)}" for name, value in shown.items())


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}Z"
    return f"{value:.1f}" if isinstance(value, float) else str(value)
