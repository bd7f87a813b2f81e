"""The mail in a real browser, where there is one: axe finds nothing, and nothing is too wide."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from digest.editions import DAY, SIGNED
from digest.invented import DAYS, day
from newswatch.digest.compose import compose

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=["light", "dark"])
def tab(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    context = browser.new_context(color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", DAYS)
def test_axe_finds_nothing(tab: Any, name: str) -> None:
    reader, material = day(name)
    tab.set_content(compose(reader, DAY, material, SIGNED).rendered.html)
    found = axe.Axe().run(tab).response["violations"]
    assert [(rule["id"], rule["impact"], rule["nodes"][0]["html"]) for rule in found] == []


@pytest.mark.parametrize("width", [320, 375, 700])
@pytest.mark.parametrize("name", DAYS)
def test_nothing_is_wider_than_the_screen(tab: Any, name: str, width: int) -> None:
    reader, material = day(name)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.set_content(compose(reader, DAY, material, SIGNED).rendered.html)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_words_of_languages_that_run_to_the_left_begin_at_the_right(tab: Any) -> None:
    reader, material = day("right-to-left")
    tab.set_content(compose(reader, DAY, material, SIGNED).rendered.html)
    for place in ("h3[lang=ar]", "blockquote[lang=he]"):
        assert tab.eval_on_selector(place, "e => getComputedStyle(e).direction") == "rtl"
        assert tab.eval_on_selector(place, "e => getComputedStyle(e).textAlign") == "right"
