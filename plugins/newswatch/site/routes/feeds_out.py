"""Atom and JSON Feed of a topic, a story and a search."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from newswatch.models import StoryId
from newswatch.site.routes.asked import Id, TopicName, databases_of
from newswatch.site.routes.search import FIELDS, found_for
from newswatch.site.syndication import Feed, FeedEntry, atom, json_feed
from newswatch.store.site import feeds_out as store
from newswatch.store.site import stories
from newswatch.text.excerpt import beginning

router = APIRouter()
Form = Literal["atom", "json"]
LONGEST = 600  # characters of a summary


@router.get("/topic/{topic}/feed.{form}")
def of_topic(request: Request, topic: TopicName, form: Form) -> Response:
    with databases_of(request).reading() as connection:
        name = store.topic_name(connection, topic)
        rows = store.of_topic(connection, topic)
    if name is None:
        raise HTTPException(404, f"No topic {topic} has flagged anything.")
    return _answer(request, form, f"topic/{topic}", name, f"topic/{topic}", rows)


@router.get("/story/{story_id}/feed.{form}")
def of_story(request: Request, story_id: Id, form: Form) -> Response:
    with databases_of(request).reading() as connection:
        head = stories.head(connection, StoryId(story_id))
        rows = store.of_story(connection, StoryId(story_id))
    if head is None:
        raise HTTPException(404, f"There is no story {story_id}.")
    return _answer(request, form, f"story/{story_id}", head["headline"], f"story/{story_id}", rows)


@router.get("/search/feed.{form}")
def of_search(request: Request, form: Form) -> Response:
    found = found_for(request, store.MOST)
    asked = "&".join(f"{name}={found.asked[name]}" for name in FIELDS if found.asked[name])
    key = hashlib.sha256(asked.encode()).hexdigest()[:16]
    title = f"Search: {found.asked['q'] or asked or 'everything'}"
    query = request.url.query
    return _answer(request, form, f"search/{key}", title, f"search?{query}", found.rows)


def _answer(
    request: Request,
    form: Form,
    key: str,
    title: str,
    page: str,
    rows: Iterable[Mapping[str, Any]],
) -> Response:
    base = str(request.base_url)
    entries = [_entry(row, base) for row in rows]
    feed = Feed(key, f"newswatch: {title}", base + page, str(request.url), entries)
    body = atom(feed) if form == "atom" else json_feed(feed)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    known = (part.strip().removeprefix("W/") for part in _asked_before(request))
    if etag in known:
        return Response(status_code=304, headers=headers)
    media = "application/atom+xml" if form == "atom" else "application/feed+json"
    return Response(body, media_type=f"{media}; charset=utf-8", headers=headers)


def _asked_before(request: Request) -> list[str]:
    return request.headers.get("if-none-match", "").split(",")


def _entry(row: Mapping[str, Any], base: str) -> FeedEntry:
    updated = row.get("revised_at") or row.get("loaded_at") or row["seen_at"]
    told = row.get("evidence") or row.get("summary") or row.get("text") or ""
    return FeedEntry(
        key=f"article/{row['article_id']}",
        url=row["url"],
        page=f"{base}article/{row['article_id']}",
        title=row["title"],
        outlet=row["outlet"],
        language=row["language"],
        published_at=row["seen_at"],
        updated_at=updated,
        summary=beginning(told, LONGEST),
        tags=tuple(row.get("topics") or ()),
    )
