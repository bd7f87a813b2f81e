"""docs/settings.md names every setting, and nothing else."""

from __future__ import annotations

import dataclasses
import re

from newswatch.settings import HOME, PREFIX, Settings


def test_every_setting_is_documented() -> None:
    page = (HOME / "docs" / "settings.md").read_text()
    documented = re.findall(rf"^\| `({PREFIX}[A-Z_]+)` \|", page, re.MULTILINE)
    assert documented == [PREFIX + field.name.upper() for field in dataclasses.fields(Settings)]
