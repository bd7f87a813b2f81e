"""A story: how it went, who carries it; and what people correct in it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from newswatch.models import ArticleId, StoryId
from newswatch.site.access import fields_of
from newswatch.site.routes.asked import After, Id, databases_of, id_of, pages_of, root_of
from newswatch.stages.deduplicate import story_changes
from newswatch.store.server.database import Connection
from newswatch.store.site import stories as store

router = APIRouter()
MOST_MEMBERS = 60  # articles on a page


@router.get("/story/{story_id}")
def story(request: Request, story_id: Id, after: After = 0) -> Response:
    with databases_of(request).reading() as connection:
        head = store.head(connection, StoryId(story_id))
        if head is None:
            return _instead(request, store.led_to(connection, StoryId(story_id)), story_id)
        context = _context(connection, head, after)
    return pages_of(request).answer("story.html.j2", request, **context)


def _context(connection: Connection, head: dict[str, Any], after: int) -> dict[str, Any]:
    story_id = head["story_id"]
    members = store.members(connection, story_id, after, MOST_MEMBERS + 1)
    topics = store.topics_of(connection, story_id)
    names = [row["topic"] for row in topics]
    return {
        "story": head,
        "members": members[:MOST_MEMBERS],
        "next_after": members[MOST_MEMBERS - 1]["decision_order"]
        if len(members) > MOST_MEMBERS
        else None,
        "is_continued": after > 0,
        "topics": topics,
        "counted": store.counted(connection, story_id),
        "copied": store.copied(connection, story_id),
        "silent": store.silent(connection, story_id, names, head["last_seen_at"]) if names else [],
        "changes": store.changes(connection, story_id),
    }


def _instead(request: Request, led_to: StoryId | None, story_id: int) -> Response:
    if led_to is None:
        raise HTTPException(404, f"There is no story {story_id}.")
    return RedirectResponse(f"{root_of(request)}/story/{led_to}", 301)


@router.post("/story/{story_id}/merge")
async def merge(request: Request, story_id: Id) -> Response:
    form = await fields_of(request)
    other, why = id_of(_last(form, "other")), _last(form, "why")

    def work() -> StoryId:
        with databases_of(request).writing() as job:
            return story_changes.merge(job, StoryId(story_id), StoryId(other), why)

    kept = await run_in_threadpool(work)
    return RedirectResponse(f"{root_of(request)}/story/{kept}", 303)


@router.post("/story/{story_id}/split")
async def split(request: Request, story_id: Id) -> Response:
    form = await fields_of(request)
    moved = [ArticleId(id_of(text)) for text in form.get("article", [])]
    why = _last(form, "why")

    def work() -> StoryId:
        with databases_of(request).writing() as job:
            return story_changes.split(job, StoryId(story_id), moved, why)

    new_id = await run_in_threadpool(work)
    return RedirectResponse(f"{root_of(request)}/story/{new_id}", 303)


def _last(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[-1].replace("\x00", "").strip()[:500]
