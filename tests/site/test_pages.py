"""The pages say of the sample newsroom what its database says."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from newsroom.world import World
from newswatch.site.rendering import clean
from served import Seen, get


def flat(text: str) -> str:
    return re.sub(r"\s+", "", clean(text))


def test_today_has_the_stories_of_each_topic_the_most_important_first(
    world: World, newsroom_page: httpx.Client
) -> None:
    names = {flat(name) for (name,) in world.rows("select distinct name from analyst.topic")}
    assert {flat(text) for text in get(newsroom_page, "/").texts["h2"]} == names
    for topic in ("gaza-mediators", "ukraine-talks", "witkoff"):
        stored = world.rows(f"select distinct story_id from analyst.flag where topic = '{topic}'")
        linked = [
            int(link.removeprefix("/story/"))
            for link in get(newsroom_page, f"/topic/{topic}").links()
            if link.startswith("/story/") and "feed" not in link
        ]
        assert sorted(linked) == sorted(story_id for (story_id,) in stored)
        outlets = dict(world.rows("select story_id, outlets from analyst.story"))
        assert outlets[linked[0]] == max(outlets[story_id] for story_id in linked)


def test_today_counts_what_is_flagged(world: World, newsroom_page: httpx.Client) -> None:
    found = newsroom_page.get("/api/topics").json()["topics"]
    counts = dict(world.rows("select topic, count(*) from analyst.flag group by topic"))
    assert {topic["topic"]: topic["days"][-1] for topic in found} == counts
    assert all(len(topic["days"]) == 15 and topic["z"] is None for topic in found)


def test_another_day_is_another_page(newsroom_page: httpx.Client) -> None:
    day_before = get(newsroom_page, "/?day=2026-01-13")
    assert "Tuesday, 13 January 2026" in day_before.texts["h1"][0]
    assert "article" not in {element.name for element in day_before.elements}
    assert "/?day=2026-01-12" in day_before.links()


def test_a_story_is_told_in_the_order_of_decision(
    world: World, newsroom_page: httpx.Client
) -> None:
    ((story_id,),) = world.rows(
        "select story_id from analyst.story order by articles desc, story_id limit 1"
    )
    told = get(newsroom_page, f"/story/{story_id}")
    members = world.rows(
        f"select article_id, role from analyst.story_article where story_id = {story_id}"
        " order by decision_order"
    )
    linked = [link for link in told.links() if re.fullmatch(r"/article/\d+", link)]
    assert list(dict.fromkeys(linked)) == [f"/article/{article_id}" for article_id, _ in members]
    roles = [
        role
        for element in told.elements
        if element.name == "li"
        for role in element.classes & {"first", "copy", "development", "independent"}
    ]
    assert roles == [role for _, role in members]


def test_every_article_has_its_whole_text_with_its_mentions_marked(
    world: World, newsroom_page: httpx.Client
) -> None:
    articles = world.rows("select article_id, title, text from analyst.article")
    marks: dict[int, set[str]] = {}
    for article_id, matched in world.rows("select article_id, matched from analyst.mention"):
        marks.setdefault(article_id, set()).add(flat(matched))
    assert marks
    for article_id, title, text in articles:
        read = get(newsroom_page, f"/article/{article_id}")
        assert flat(read.texts["h1"][0]) == flat(title)
        body = "".join(read.texts["p"])
        for line in text.split("\n"):
            assert flat(line) in flat(body)
        marked = flat("|".join(read.texts.get("mark", [])))
        # Mentions overlap: one that holds another stands in several marks.
        missing = {m for m in marks.get(article_id, ()) if m not in marked.replace("|", "")}
        assert not missing, article_id


def test_both_texts_stand_side_by_side_with_the_same_passages(
    world: World, newsroom_page: httpx.Client
) -> None:
    pairs = world.rows(
        "select article_id, compared_with from analyst.duplicate where compared_with is not null"
        " union all select article_id, related_to from analyst.related where related_to is not null"
    )
    assert len(pairs) > 3
    for later, earlier in pairs:
        both = newsroom_page.get(f"/article/{later}/beside/{earlier}").text
        halves = [part.split("</article>")[0] for part in both.split("<article")[1:]]
        earlier_marks, later_marks = (passages(half) for half in halves)
        assert earlier_marks.keys() == later_marks.keys() != set()
        for number, text in earlier_marks.items():
            assert words(text) == words(later_marks[number])


def passages(half: str) -> dict[str, str]:
    """The marked passages of one text, by the names that they have in both."""
    found: dict[str, str] = {}
    for note, text in re.findall(r'<mark class="shared" title="([^"]*)">(.*?)</mark>', half, re.S):
        for name in note.split(" · "):
            found[name] = found.get(name, "") + " " + text
    return found


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unescape(text).lower())


def test_a_wording_is_told_by_what_changed(world: World, newsroom_page: httpx.Client) -> None:
    ((article_id, before),) = world.rows("select article_id, title from analyst.article_version")
    ((after,),) = world.rows(f"select title from analyst.article where article_id = {article_id}")
    told = get(newsroom_page, f"/article/{article_id}/wordings")
    assert told.texts["del"][0] == before
    assert told.texts["ins"][0] == after


def test_why_not_names_what_came_near(world: World, newsroom_page: httpx.Client) -> None:
    ((article_id,),) = world.rows(
        "select article_id from analyst.article where title like '%Nowitkoff%' limit 1"
    ) or [(1,)]
    told = get(newsroom_page, f"/article/{article_id}/why-not")
    assert {flat(text) for text in told.texts["h2"]} == {
        "NotGazamediators",
        "NotSteveWitkoff",
        "NotUkrainetalks",
    }


def test_a_copy_that_repeats_its_original_says_so(
    world: World, newsroom_page: httpx.Client
) -> None:
    ((article_id,),) = world.rows(
        "select article_id from analyst.coverage where not is_flagged and topic = 'witkoff' limit 1"
    )
    told = get(newsroom_page, f"/article/{article_id}/why-not")
    assert any("stands in the text that it copies" in text for text in told.texts["p"])


def words_from_outside(read: Seen) -> list[dict[str, str]]:
    return [e.attributes for e in read.elements if "lang" in e.attributes and e.name != "html"]


@pytest.mark.parametrize("language", ["ar", "he", "ru"])
def test_foreign_words_have_their_language_and_direction(
    world: World, newsroom_page: httpx.Client, language: str
) -> None:
    ((article_id,),) = world.rows(
        f"select article_id from analyst.flag where language = '{language}' limit 1"
    )
    for path in (f"/article/{article_id}", f"/search?language={language}"):
        found = words_from_outside(get(newsroom_page, path))
        assert {"lang": language, "dir": "auto"} in [
            {name: known[name] for name in ("lang", "dir")} for known in found
        ]


def test_operators_see_feeds_runs_and_deliveries(world: World, newsroom_page: httpx.Client) -> None:
    feeds = get(newsroom_page, "/feeds")
    for outlet, state in world.rows("select outlet, state::text from ops.feed_health"):
        assert any(outlet in text for text in feeds.texts["bdi"])
        assert f"/feeds?state={state}" in feeds.links()
    assert len(get(newsroom_page, "/feeds?state=gone").texts["tr"]) == 2
    runs = get(newsroom_page, "/runs")
    ids = [str(run_id) for (run_id,) in world.rows("select run_id from ops.run")]
    assert {text.split("\n")[0].removesuffix("cli") for text in runs.texts["th"]} >= set(ids)
    deliveries = get(newsroom_page, "/deliveries")
    assert deliveries.texts["td"].count("") < len(deliveries.texts["td"])
    assert "@" not in "".join(deliveries.texts["table"])
    subjects = world.rows("select subject from ops.delivery")
    assert {subject for (subject,) in subjects} <= set(deliveries.texts["td"])
