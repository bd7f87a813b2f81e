"""The commands of `newswatch`: each is there under its own name, and costs only its own imports."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from commands import subcommands
from newswatch.cli.main import cli


def test_each_is_called_as_it_is_typed() -> None:
    named = {name: command.name for name, command in subcommands(cli)}
    assert named == {name: name for name in named}


def imported_by(*arguments: str) -> str:
    looked = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return looked.stderr


@pytest.mark.parametrize("command", ["health", "status", "run"])
def test_a_command_imports_no_parser_before_it_parses(command: str) -> None:
    assert "trafilatura" not in imported_by("-m", "newswatch", command, "--help")


def test_what_parses_pages_imports_one() -> None:
    assert "trafilatura" in imported_by("-c", "import newswatch.extract.page")


def test_a_command_that_is_none() -> None:
    result = CliRunner().invoke(cli, ["helth"])
    assert result.exit_code == 2
    assert "No such command 'helth'" in result.output
