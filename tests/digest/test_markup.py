"""A mail's HTML has no parse error, neither as the template writes it nor as it is sent: with its
styles in its elements, which mends what it can."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.editions import DAY, SIGNED
from digest.invented import DAYS, day
from digest.test_golden import FOLDER
from markup import faults
from newswatch.digest.compose import compose
from newswatch.digest.render import ReaderLinks, markup


@pytest.mark.parametrize("links", [SIGNED, ReaderLinks("mailto:a@b.example?subject=stop")])
@pytest.mark.parametrize("name", DAYS)
def test_the_mail_of_an_invented_day_has_none(name: str, links: ReaderLinks) -> None:
    reader, material = day(name)
    found = compose(reader, DAY, material, links)
    assert faults(markup(found.edition, links, found.rendered.words)) == []
    assert faults(found.rendered.html) == []
    assert faults(found.page or found.rendered.html) == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.name)
def test_the_mail_of_the_sample_newsroom_has_none(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("wrong", ["<p>a</div>", "<p id=a id=b>", "<table><b>a</b></table>", "&lt"])
def test_what_is_wrong_is_found(wrong: str) -> None:
    assert faults(f"<!doctype html><title>x</title>{wrong}") != []
