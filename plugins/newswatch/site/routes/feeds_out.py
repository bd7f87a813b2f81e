"""Atom and JSON Feed of a topic, a story, a search and a saved search."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from newswatch.models import StoryId
from newswatch.site import conditional
from newswatch.site.rendering import query
from newswatch.site.routes.asked import Id, TopicName, databases_of
from newswatch.site.routes.search import found_of, further_of, saved_of
from newswatch.site.searching import asked_of
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
    asked = asked_of(request.query_params)
    words = "&".join(f"{name}={text}" for name, text in asked.items() if text)
    key = hashlib.sha256(words.encode()).hexdigest()[:16]
    title = f"Search: {asked['q'] or words or 'everything'}"
    found = found_of(request, asked, store.MOST, patiently=True)
    page = f"search?{query(asked)}"
    further = further_of(request, found)
    return _answer(request, form, f"search/{key}", title, page, found.rows, further)


@router.get("/saved/{search_id}/feed.{form}")
def of_saved_search(request: Request, search_id: Id, form: Form) -> Response:
    known = saved_of(request, search_id)
    found = found_of(request, asked_of(known.asked), store.MOST, patiently=True)
    address = f"saved/{search_id}"
    further = further_of(request, found)
    return _answer(request, form, address, known.name, address, found.rows, further)


def _answer(
    request: Request,
    form: Form,
    key: str,
    title: str,
    page: str,
    rows: Iterable[Mapping[str, Any]],
    further: str | None = None,
) -> Response:
    base = str(request.base_url)
    entries = [_entry(row, base) for row in rows]
    feed = Feed(key, f"newswatch: {title}", base + page, str(request.url), entries, further)
    if form == "atom":
        return conditional.answer(request, atom(feed), "application/atom+xml")
    return conditional.answer(request, json_feed(feed), "application/feed+json")


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
