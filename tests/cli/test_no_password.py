"""No command tells the password of an address, whatever fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from commands import commands_of
from newswatch.cli.main import cli

ASKED_FOR = ("db", "url")  # it is there to print the address
# These would go on until they are ended.
ONCE = {("watchdog",): ["--once"], ("metrics",): ["--port", "0"]}
AWAY = "postgresql://newswatch_writer:s3cret@127.0.0.1:1/newswatch"


def typed() -> Iterator[list[str]]:
    """Each command with something for every argument that it needs."""
    for name, command in commands_of(cli):
        words = name.split()[1:]
        if tuple(words) != ASKED_FOR:
            needed = [known for known in command.params if known.required]
            options = [known.opts[0] for known in needed if isinstance(known, click.Option)]
            values = ["1" for known in needed if isinstance(known, click.Argument)]
            yield [
                *words,
                *ONCE.get(tuple(words), []),
                *(part for option in options for part in (option, "1")),
                *values,
            ]


def test_no_command_tells_a_password(tmp_path: Path) -> None:
    (tmp_path / "watchlist" / "topics").mkdir(parents=True)  # some of them write
    environment = {
        "NEWSWATCH_STATE_DIR": str(tmp_path),
        "NEWSWATCH_WATCHLIST_DIR": str(tmp_path / "watchlist"),
        "NEWSWATCH_DATABASE_URL": AWAY,
        "NEWSWATCH_ADMIN_DATABASE_URL": AWAY,
        "NEWSWATCH_SMTP_URL": "smtp://reader:s3cret@127.0.0.1:1",
    }
    told = {
        " ".join(arguments): CliRunner().invoke(cli, arguments, env=environment, input="")
        for arguments in typed()
    }
    for name, result in told.items():
        assert "s3cret" not in f"{result.output} {result.exception!r}", name
    away = [name for name, result in told.items() if "newswatch_writer@127.0.0.1" in result.output]
    assert len(away) >= 10, told
