"""Feeds, runs and deliveries: for operators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from newswatch.site.routes.asked import MOST_ID, databases_of, pages_of, visitor_of
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
            "next_after": after + store.MOST_FEEDS if len(found) > store.MOST_FEEDS else None,
        }
    return pages_of(request).answer("feeds.html.j2", request, state=state, **context)


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
