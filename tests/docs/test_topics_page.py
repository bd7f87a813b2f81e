"""The example of docs/topics.md is a topic that can be read and passes its own tests."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from newswatch.cli.main import cli
from newswatch.settings import HOME


def test_the_example_works(tmp_path: Path) -> None:
    page = (HOME / "docs" / "topics.md").read_text()
    (example,) = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "black-sea-grain.yaml").write_text(example)
    result = CliRunner().invoke(cli, ["topics", "check", str(tmp_path)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "black-sea-grain: 1 rules, 2 tests\n"
