"""What README.md tells people to type works, and no command goes without an example."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from commands import commands_of, subcommands
from newswatch.cli.main import cli
from newswatch.settings import HOME
from scratch import scratch

README = (HOME / "README.md").read_text()
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def shell() -> Iterator[dict[str, str]]:
    """An environment in which `newswatch` works on an embedded server of its own."""
    with scratch() as folder:
        yield {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": os.environ.get("HOME", "/"),
            "NEWSWATCH_STATE_DIR": str(folder),
        }


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_readme_block_runs(block: str, shell: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        env=shell,
        cwd=HOME,
        capture_output=True,
        text=True,
        timeout=600,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_readme_names_only_commands_and_targets_that_exist() -> None:
    known = {name for name, _ in commands_of(cli)}
    groups = {name.rsplit(" ", 1)[0] for name in known}
    for first, second in re.findall(r"newswatch ([a-z-]+)(?: ([a-z]+))?", "\n".join(BLOCKS)):
        assert {f"newswatch {first}", f"newswatch {first} {second}"} & known, first
    for line in re.findall(r"^\| `newswatch .*$", README, re.MULTILINE):
        for name in re.findall(r"newswatch ([a-z-]+)", line):
            assert f"newswatch {name}" in known | groups, name
    targets = set(re.findall(r"^([a-z-]+):", (HOME / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", README)) <= targets


def test_readme_shows_every_top_level_command() -> None:
    named = set(re.findall(r"`([a-z-]+)`", README))
    named |= set(re.findall(r"newswatch ([a-z-]+)", README))
    assert {name for name, _ in subcommands(cli)} <= named


@pytest.mark.parametrize(
    ("name", "command"), list(commands_of(cli)), ids=lambda value: str(value)[:40]
)
def test_help_has_an_example_of_that_command(name: str, command: click.Command) -> None:
    assert f"Example: {name}" in (command.help or "") or name in (command.help or "")


def test_links_lead_to_files() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (HOME / target).exists(), target
