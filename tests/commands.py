"""All commands of `newswatch`, by what one types."""

from __future__ import annotations

from collections.abc import Iterator

import click


def subcommands(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    """Name and command of each, whether or not its module was asked for before."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield name, command


def commands_of(
    group: click.Group, prefix: str = "newswatch"
) -> Iterator[tuple[str, click.Command]]:
    for name, command in subcommands(group):
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command
