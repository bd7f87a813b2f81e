"""Stories are merged and split from their page, as by the command line."""

from __future__ import annotations

import httpx
import pytest

from newswatch.store.server.database import Connection
from served import get
from stages.deduplicate.test_story_changes import article, story


def test_two_that_are_one_event_become_one(decided: Connection, page: httpx.Client) -> None:
    kept, gone = story(decided, "harbour"), story(decided, "tunnel")
    form = {"other": str(kept), "why": "the <same> coast"}
    answer = page.post(f"/story/{gone}/merge", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/story/{kept}")
    told = page.get(f"/story/{kept}").text
    assert "the &lt;same&gt; coast" in told
    moved = page.get(f"/story/{gone}")
    assert (moved.status_code, moved.headers["location"]) == (301, f"/story/{kept}")


def test_what_is_another_event_is_split_off(decided: Connection, page: httpx.Client) -> None:
    old, apart = story(decided, "harbour"), article(decided, "harbour")
    others = {story(decided, name) for name in ("tunnel", "pier")} - {old}
    page.post(f"/story/{min(others)}/merge", data={"other": str(old)})
    merged = story(decided, "harbour")
    answer = page.post(f"/story/{merged}/split", data={"article": [str(apart)], "why": "another"})
    new = story(decided, "harbour")
    assert answer.headers["location"] == f"/story/{new}"
    assert new != merged
    assert f"/article/{apart}" in get(page, f"/story/{new}").links()
    assert f"/article/{apart}" not in get(page, f"/story/{merged}").links()


@pytest.mark.parametrize(
    ("path", "form", "message"),
    [
        ("merge", {"other": "1"}, "cannot be merged with itself"),
        ("merge", {"other": "99"}, "there is no story 99"),
        ("merge", {"other": "x"}, "is no id"),
        ("merge", {}, "is no id"),
        ("split", {}, "no article to split off"),
        ("split", {"article": ["99"]}, "article 99 is not in story 1"),
    ],
)
def test_what_cannot_be_done_is_refused(
    decided: Connection, page: httpx.Client, path: str, form: dict[str, str], message: str
) -> None:
    answer = page.post(f"/story/1/{path}", data=form)
    assert answer.status_code == 400
    assert message in answer.text
