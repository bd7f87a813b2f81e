"""Every answer of the JSON API is what the site's own OpenAPI document says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
from jsonschema import Draft202012Validator

from newsroom.world import World

FIXED = {
    "/api/topics": ["", "?day=2026-01-13"],
    "/api/search": [
        "?q=Larnaca",
        "?language=ar&kind=original",
        "?q=negotiat*&in=headline",
        "?q=zzz",
    ],
    "/api/judgements": [""],
}
IDS = {
    "/api/topics/{topic}/stories": "select distinct topic from analyst.topic",
    "/api/stories/{story_id}": "select story_id from analyst.story",
    "/api/articles/{article_id}": "select article_id from analyst.article",
}


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Each path of the document with addresses that it stands for."""
    for path, queries in FIXED.items():
        yield from ((path, path + query) for query in queries)
    for path, query in IDS.items():
        before, after = path.split("{")[0], path.split("}")[1]
        yield from ((path, f"{before}{known}{after}") for (known,) in world.rows(query))


def test_every_answer_is_as_it_is_described(world: World, newsroom_page: httpx.Client) -> None:
    document = newsroom_page.get("/api/openapi.json").json()
    assert {path for path, _ in addresses(world)} == set(document["paths"])
    for path, address in addresses(world):
        answers = document["paths"][path]["get"]["responses"]
        assert set(answers) == {"200", "default"}
        wanted: dict[str, Any] = answers["200"]["content"]["application/json"]["schema"]
        assert "$ref" in wanted, path
        answer = newsroom_page.get(address)
        assert answer.status_code == 200, (address, answer.text[:300])
        validator = Draft202012Validator(wanted | {"components": document["components"]})
        assert [error.message for error in validator.iter_errors(answer.json())] == [], address


def test_a_problem_is_as_it_is_described(newsroom_page: httpx.Client) -> None:
    described = newsroom_page.get("/api/openapi.json").json()["paths"]["/api/stories/{story_id}"]
    (kind,) = described["get"]["responses"]["default"]["content"]
    answer = newsroom_page.get("/api/stories/999999")
    assert (answer.status_code, answer.headers["content-type"]) == (404, kind)
    schema = described["get"]["responses"]["default"]["content"][kind]["schema"]
    Draft202012Validator(schema).validate(answer.json())


def test_a_search_is_read_page_by_page(
    world: World, newsroom_page: httpx.Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr("newswatch.site.routes.api.MOST_FOUND", 7)
    monkeypatch.setattr("newswatch.site.routes.api.MOST_MEMBERS", 2)
    ids: list[int] = []
    before: str | None = ""
    while before is not None:
        page = newsroom_page.get("/api/search", params={"before": before}).json()
        ids += [article["article_id"] for article in page["articles"]]
        before = page["before"]
    stored = world.rows("select article_id from analyst.article order by seen_at desc, 1 desc")
    assert ids == [article_id for (article_id,) in stored]

    ((story_id,),) = world.rows("select story_id from analyst.story order by articles desc limit 1")
    orders: list[int] = []
    after: int | None = 0
    while after is not None:
        told = newsroom_page.get(f"/api/stories/{story_id}", params={"after": after}).json()
        orders += [member["decision_order"] for member in told["members"]]
        after = told["after"]
    assert orders == sorted(set(orders))
    assert len(orders) == told["articles"] > 2
