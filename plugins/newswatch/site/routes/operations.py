"""Feeds, runs and deliveries: for operators, and what they do to them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from newswatch.models import ArticleId, EntryId, FeedId
from newswatch.site.access import form_of
from newswatch.site.routes.asked import (
    MOST_ID,
    Id,
    databases_of,
    id_of,
    pages_of,
    root_of,
    visitor_of,
)
from newswatch.stages.operate import act_on_feed, retry_parked
from newswatch.stages.poll.check import check_feed, explained
from newswatch.store.actions import Action, ActionKind
from newswatch.store.feeds import find_feed, url_of
from newswatch.store.parked import Subject
from newswatch.store.site import operations as store

router = APIRouter()
Before = Annotated[int | None, Query(ge=1, le=MOST_ID)]


@router.get("/feeds")
def feeds(
    request: Request,
    state: Annotated[str | None, Query(pattern="^[a-z-]{1,20}$")] = None,
    after: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    with databases_of(request).reading() as connection:
        found = store.feeds(connection, state, after)
        context = {
            "states": store.feed_states(connection),
            "outages": store.outages(connection),
            "feeds": found[: store.MOST_FEEDS],
            "actions": store.actions(connection),
            "next_after": after + store.MOST_FEEDS if len(found) > store.MOST_FEEDS else None,
        }
    return pages_of(request).answer("feeds.html.j2", request, state=state, **context)


@router.post("/feed/{feed_id}/check")
def check(request: Request, feed_id: Id) -> Response:
    """Ask a feed now and say what comes back; nothing of it is stored."""
    databases = databases_of(request)
    with databases.writing() as work:
        url = url_of(work.connection, FeedId(feed_id))
        state = find_feed(work.connection, url) if url else None
    if url is None:
        raise HTTPException(404, f"There is no feed {feed_id}.")
    found = check_feed(databases.settings, state, url, work.now)
    lines = list(explained(found, state))
    return pages_of(request).answer("feed_check.html.j2", request, url=url, lines=lines)


@router.post("/feed/{feed_id}/{kind}")
async def act(
    request: Request, feed_id: Id, kind: Literal["retry", "disable", "enable"]
) -> Response:
    form = await form_of(request)
    action = _action(request, kind, form)

    def work() -> None:
        with databases_of(request).writing() as job:
            act_on_feed(job, FeedId(feed_id), action)

    await run_in_threadpool(work)
    return RedirectResponse(f"{root_of(request)}/feeds#feed-{feed_id}", 303)


@router.post("/parked/retry")
async def retry(request: Request) -> Response:
    """A form with the stage and the key of what is parked."""
    form = await form_of(request)
    action = _action(request, "retry-parked", form)
    stage, subject = form.get("stage", ""), _subject(form)

    def work() -> None:
        with databases_of(request).writing() as job:
            retry_parked(job, stage, subject, action)

    await run_in_threadpool(work)
    return RedirectResponse(f"{root_of(request)}/runs#parked", 303)


def _action(request: Request, kind: ActionKind, form: dict[str, str]) -> Action:
    why = " ".join(form.get("why", "").replace("\x00", " ").split())[:500]
    return Action(kind, visitor_of(request).name, why)


def _subject(form: dict[str, str]) -> Subject:
    feed_id, entry_id, article_id = (
        id_of(form[name]) if form.get(name) else None
        for name in ("feed_id", "entry_id", "article_id")
    )
    return Subject(
        what=form.get("what", "").replace("\x00", "")[:500],
        feed_id=FeedId(feed_id) if feed_id else None,
        entry_id=EntryId(entry_id) if entry_id else None,
        article_id=ArticleId(article_id) if article_id else None,
        name=form.get("name", "").replace("\x00", "") or None,
    )


@router.get("/runs")
def runs(
    request: Request,
    before: Before = None,
    trigger: Annotated[str | None, Query(max_length=500, pattern="^[^\\x00]*$")] = None,
) -> Response:
    with databases_of(request).reading() as connection:
        found = store.runs(connection, before, trigger)
        context = {
            "backlog": store.backlog(connection),
            "parked": store.parked(connection),
            "page_failures": store.page_failures(connection),
            "runs": found[: store.MOST_RUNS],
            "next_before": found[store.MOST_RUNS - 1]["run_id"]
            if len(found) > store.MOST_RUNS
            else None,
        }
    return pages_of(request).answer("runs.html.j2", request, **context)


@router.get("/deliveries")
def deliveries(request: Request, before: Before = None) -> Response:
    """What readers were sent is for who runs the product."""
    if not visitor_of(request).may_write:
        raise HTTPException(403, "What readers were sent is shown to operators only.")
    with databases_of(request).operating() as connection:
        found = store.deliveries(connection, before)
    shown = found[: store.MOST_DELIVERIES]
    more = len(found) > store.MOST_DELIVERIES
    return pages_of(request).answer(
        "deliveries.html.j2",
        request,
        deliveries=shown,
        next_before=shown[-1]["edition_id"] if more else None,
    )
