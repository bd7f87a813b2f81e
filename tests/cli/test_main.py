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


@pytest.mark.parametrize(
    ("command", "parses_pages"), [("health", False), ("status", False), ("run", True)]
)
def test_a_look_at_the_service_imports_no_parser(command: str, parses_pages: bool) -> None:
    looked = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "newswatch", command, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ("trafilatura" in looked.stderr) == parses_pages


def test_a_command_that_is_none() -> None:
    result = CliRunner().invoke(cli, ["helth"])
    assert result.exit_code == 2
    assert "No such command 'helth'" in result.output
