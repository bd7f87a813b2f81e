"""`newswatch`: joins the command modules, each imported when a command of it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from newswatch.cli.output import Commands

# In the order of the help.
_MODULES = {
    "run": "run",
    "status": "status",
    "health": "health",
    "watchdog": "health",
    "metrics": "health",
    "why": "why",
    "story": "story",
    "feeds": "feeds",
    "topics": "topics",
    "seeds": "seeds",
    "subscribers": "digest",
    "digest": "digest",
    "export": "export",
    "serve": "serve",
    "judge": "judge",
    "to-judge": "judge",
    "match": "topics",
    "dedupe": "dedupe",
    "compare": "compare",
    "parse": "parse",
    "extract": "extract",
    "migrate": "database",
    "db": "database",
}
# Of functions that are not called as their command.
_NAMES = {"match": "match_lines", "to-judge": "to_judge"}


class _Modules(Commands):
    """Its commands stand in modules of their own: all of them take two seconds to import, and a
    check of health is asked twice a minute."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _MODULES:
            return None
        module = import_module(f"newswatch.cli.{_MODULES[cmd_name]}")
        command: click.Command = getattr(module, _NAMES.get(cmd_name, cmd_name))
        return command


@click.group(cls=_Modules, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newswatch")
def cli() -> None:
    """Feeds to flagged stories in Postgres to a daily digest.

    \b
    Example: newswatch run
    """


def main() -> None:
    cli(prog_name="newswatch")
