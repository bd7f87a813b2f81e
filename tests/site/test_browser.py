"""The pages in a real browser, where there is one: nothing overflows, nothing is refused, and all
of it works by the keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from newsroom.world import World
from served import PASSWORD

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
PATHS = (
    *("/", "/topic/witkoff", "/story/1", "/article/1", "/article/5", "/article/1/why-not"),
    *("/search?q=witkoff", "/search?language=ar", "/judgements", "/feeds", "/runs", "/deliveries"),
)
WIDTHS = (375, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Any, newsroom_page: httpx.Client) -> Iterator[Any]:
    """A tab that is logged in; what the browser complains of is in `tab.complaints`."""
    context = browser.new_context(base_url=str(newsroom_page.base_url))
    opened = context.new_page()
    opened.goto("/")
    opened.fill("input[name=name]", "Ann")
    opened.fill("input[name=password]", PASSWORD)
    opened.keyboard.press("Enter")
    opened.wait_for_selector("nav")
    opened.complaints = []
    opened.on("console", lambda message: opened.complaints.append(message.text))
    yield opened
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen_and_nothing_is_refused(tab: Any, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    for path in PATHS:
        tab.goto(path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
        assert tab.complaints == [], path


def test_right_to_left_words_begin_at_the_right(tab: Any, world: World) -> None:
    ((article_id,),) = world.rows(
        "select article_id from analyst.article where language = 'ar' and word_count > 50 limit 1"
    )
    tab.goto(f"/article/{article_id}")
    assert tab.eval_on_selector(".reading h1", "e => getComputedStyle(e).direction") == "rtl"
    assert tab.eval_on_selector(".reading h1", "e => e.lang") == "ar"
    assert tab.eval_on_selector(".side h2", "e => getComputedStyle(e).direction") == "ltr"


def test_all_is_reached_by_the_keyboard(tab: Any) -> None:
    tab.goto("/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    reached = set()
    for _ in range(400):
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
    things = tab.eval_on_selector_all(
        "a[href], button, input:not([type=hidden]), select, summary",
        "all => all.map(e => e.outerHTML.slice(0, 200))",
    )
    assert set(things) - {t for t in things if 'class="skip"' in t} <= reached


def test_search_by_the_box_of_every_page(tab: Any) -> None:
    tab.goto("/feeds")
    tab.fill("#find", "Larnaca")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=Larnaca")
    assert tab.locator(".results li").count() > 3
    tab.click(".results a >> nth=0")
    assert "/article/" in tab.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(tab: Any, scheme: str) -> None:
    """Contrast of 4.5 (WCAG AA) of every text that is shown."""
    tab.emulate_media(color_scheme=scheme)
    for path in PATHS:
        tab.goto(path)
        assert tab.evaluate(CONTRAST) == [], path


CONTRAST = """() => {
  const light = ([r, g, b]) => {
    const linear = c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
    const [x, y, z] = [r, g, b].map(c => linear(c / 255));
    return .2126 * x + .7152 * y + .0722 * z;
  };
  const numbers = text => text.match(/[\\d.]+/g).map(Number);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const found = numbers(getComputedStyle(e).backgroundColor);
      if (found.length < 4 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const bad = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const unseen = element.closest('.unseen, .skip, meter, svg, option');
    if (!walker.currentNode.textContent.trim() || unseen) continue;
    const both = [numbers(getComputedStyle(element).color), ground(element)];
    const [a, b] = both.map(light).sort((one, other) => one - other);
    if ((b + .05) / (a + .05) < 4.5) bad.add(element.outerHTML.slice(0, 120));
  }
  return [...bad];
}"""
