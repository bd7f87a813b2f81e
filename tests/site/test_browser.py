"""The pages in a real browser, where there is one: nothing overflows, nothing is refused, axe has
no serious finding, and all of it works by the keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from newsroom.world import World
from newswatch.digest.links import Link, Purpose, make
from newswatch.store.server.database import Connection
from served import PASSWORD, served
from stages.deduplicate.test_story_changes import article, story

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
PATHS = (
    *("/", "/topic/witkoff", "/story/1", "/article/1", "/article/5", "/article/1/why-not"),
    *("/search?q=witkoff", "/search?language=ar", "/judgements", "/to-judge", "/feeds", "/runs"),
    *("/deliveries", "/topics", "/topics/ukraine-talks?days=1"),
    *("/?day=2026-01-13", "/article/5/wordings", "/nothing"),
)
OF_READERS: tuple[Purpose, ...] = ("unsubscribe", "preferences", "archive", "edition")
CONTROLS = "a[href], button, input:not([type=hidden]), select, summary, [tabindex]"
# Of what is shown, what does not show that it has the focus.
UNSEEN_FOCUS = f"""() => [...document.querySelectorAll('{CONTROLS}')].filter(e => {{
  if (!e.checkVisibility()) return false;
  e.focus({{focusVisible: true}});
  const style = getComputedStyle(e);
  return document.activeElement !== e || style.outlineStyle === 'none'
    || style.outlineWidth === '0px';
}}).map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Any, newsroom_page: httpx.Client) -> Iterator[Any]:
    with logged_in(browser, newsroom_page) as opened:
        yield opened


@contextmanager
def logged_in(browser: Any, client: httpx.Client) -> Iterator[Any]:
    """A tab of the client's page; what the browser complains of is in `tab.complaints`."""
    context = browser.new_context(base_url=str(client.base_url))
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


SCREENS = pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1280, "light")])


@SCREENS
def test_every_page_is_whole_and_usable(tab: Any, width: int, scheme: str) -> None:
    tab.emulate_media(color_scheme=scheme)
    for path in PATHS:
        is_usable(tab, path, width)


def is_usable(tab: Any, path: str, width: int) -> None:
    show(tab, path, width)
    assert tab.evaluate(UNSEEN_FOCUS) == [], path
    assert findings(tab) == [], path


def show(tab: Any, path: str, width: int) -> None:
    """Open the page: it is not too wide, and the browser complains of nothing."""
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(path)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
    # An answer of 404 is told to the console by the browser itself.
    assert path == "/nothing" or tab.complaints == [], (path, tab.complaints)


def findings(tab: Any) -> list[tuple[str, str]]:
    """What axe calls serious or worse, contrast included, with the first place."""
    return [
        (rule["id"], rule["nodes"][0]["html"])
        for rule in axe.Axe().run(tab).response["violations"]
        if rule["impact"] in ("serious", "critical")
    ]


def test_the_form_of_the_password_is_usable(browser: Any, newsroom_page: httpx.Client) -> None:
    page = browser.new_page()
    page.goto(str(newsroom_page.base_url))
    assert findings(page) == []
    assert page.evaluate(UNSEEN_FOCUS) == []
    page.close()


def test_right_to_left_words_begin_at_the_right(tab: Any, world: World) -> None:
    ((article_id,),) = world.rows(
        "select article_id from analyst.article where language = 'ar' and word_count > 50 limit 1"
    )
    tab.goto(f"/article/{article_id}")
    assert tab.eval_on_selector(".reading h1", "e => getComputedStyle(e).direction") == "rtl"
    assert tab.eval_on_selector(".reading h1", "e => e.lang") == "ar"
    assert tab.eval_on_selector(".side h2", "e => getComputedStyle(e).direction") == "ltr"


@pytest.mark.parametrize("path", ["/", "/story/1", "/article/1", "/search?q=Larnaca", "/feeds"])
def test_all_is_reached_by_the_keyboard(tab: Any, path: str) -> None:
    tab.goto(path)
    controls = tab.locator(f":is({CONTROLS}):visible")
    tab.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(controls.count() + 8):  # a day has three parts
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
    shown = controls.evaluate_all("all => all.map(e => e.outerHTML.slice(0, 200))")
    assert {html for html in shown if 'tabindex="-1"' not in html} <= reached


def test_the_first_step_skips_to_the_content(tab: Any) -> None:
    tab.goto("/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#main")


def test_search_by_the_box_of_every_page(tab: Any) -> None:
    tab.goto("/feeds")
    tab.fill("#find", "Larnaca")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=Larnaca")
    assert tab.locator(".results li").count() > 3
    tab.click(".results a >> nth=0")
    assert "/article/" in tab.url


@SCREENS
def test_stories_are_merged_and_split_on_their_pages(
    browser: Any, page: httpx.Client, decided: Connection, width: int, scheme: str
) -> None:
    kept, gone = story(decided, "harbour"), story(decided, "tunnel")
    moved = article(decided, "tunnel")
    link = f"a[href='/article/{moved}']"
    with logged_in(browser, page) as tab:
        tab.emulate_media(color_scheme=scheme)
        show(tab, f"/story/{gone}", width)
        tab.click("summary:has-text('Merge')")
        tab.get_by_label("The other story's number").fill(str(kept))
        tab.get_by_label("Why").last.fill("one and the same")
        tab.click("button:has-text('Make them one')")
        tab.wait_for_url(f"**/story/{kept}")
        assert tab.locator(link).count() > 0
        assert "one and the same" in tab.inner_text(".side")
        is_usable(tab, f"/story/{gone}", width)  # its address leads to the other
        assert tab.url.endswith(f"/story/{kept}")

        tab.get_by_label(f"Split off article {moved}").check()
        tab.click("summary:has-text('Split off')")
        tab.get_by_label("Why").first.fill("another event")
        tab.click("button:has-text('of their own')")
        tab.wait_for_url(lambda url: not url.endswith(f"/story/{kept}"))
        assert story(decided, "tunnel") == int(tab.url.rpartition("/")[2])
        assert tab.locator(link).count() > 0
        assert "another event" in tab.inner_text(".side")
        is_usable(tab, f"/story/{kept}", width)
        assert tab.locator(link).count() == 0


@pytest.fixture(scope="module")
def readers_pages(world: World) -> Iterator[tuple[str, list[str]]]:
    """Where they lie, and what one reader was given signed addresses of."""
    settings = replace(world.settings, link_secret="a secret of thirty-two characters")
    (found,) = world.rows(
        "select reader_id, local_date, edition_story.topic, edition_story.article_id"
        " from news.edition join news.edition_story using (edition_id)"
        " join news.flag using (article_id, topic)"
        " where is_told and superseded_at is null order by edition_id limit 1"
    )
    reader, day, topic, article_id = found
    links = [Link(reader, purpose, day) for purpose in OF_READERS]
    links.append(Link(reader, "judge", day, "daily", (topic, article_id)))
    with served(world.connection.info.dsn, settings) as client:
        paths = [f"/{link.purpose}/{make(link, settings.link_secret)}" for link in links]
        yield str(client.base_url), paths


@SCREENS
def test_what_readers_reach_without_a_session_is_usable(
    browser: Any, readers_pages: tuple[str, list[str]], width: int, scheme: str
) -> None:
    base_url, paths = readers_pages
    context = browser.new_context(base_url=base_url, color_scheme=scheme)
    tab = context.new_page()
    tab.complaints = []
    tab.on("console", lambda message: tab.complaints.append(message.text))
    for path in paths:
        is_usable(tab, path, width)
    context.close()
