"""Search: as a page, and its results as CSV and JSON; searches that people save."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from newswatch.errors import InputError
from newswatch.site import conditional
from newswatch.site.access import form_of
from newswatch.site.rendering import clean, query
from newswatch.site.routes.asked import Id, databases_of, pages_of, root_of, visitor_of
from newswatch.site.searching import Found, asked_of, filter_of, find
from newswatch.site.snippet import marked, snippet
from newswatch.store import saved_searches as saved
from newswatch.store.saved_searches import SavedSearch
from newswatch.store.site import search as store
from newswatch.text.cells import spreadsheet_safe

router = APIRouter()
MOST_SHOWN, MOST_EXPORTED = 30, 1_000
LONGEST_NAME = 80  # characters
COLUMNS = (
    *("article_id", "seen_at", "published_at", "outlet", "country", "language", "title", "url"),
    *("is_original", "duplicate_kind", "body_source", "story_id", "topics", "text"),
)


@router.get("/search")
def search(request: Request) -> Response:
    found = _found(request, MOST_SHOWN)
    with databases_of(request).reading() as connection:
        choices = store.choices(connection)
        kept = saved.saved_searches(connection)
    shown = [
        {
            "row": row,
            "title": marked(row["title"], found.clauses),
            "snippet": snippet(row["text"], found.clauses),
        }
        for row in found.rows
    ]
    asked = _filled(found.asked)
    return pages_of(request).answer(
        "search.html.j2",
        request,
        found=found,
        asked=asked,
        shown=shown,
        choices=choices,
        names=[clause.phrases for clause in found.clauses if len(clause.phrases) > 1],
        kept=kept,
        this=next((each for each in kept if each.asked == asked), None),
    )


@router.get("/search.json")
def search_json(request: Request) -> Response:
    found = _found(request, MOST_EXPORTED, patiently=True)
    return JSONResponse(
        {
            "articles": [_plain(row) for row in found.rows],
            "before": found.more,
            "searched_to": found.searched_to.isoformat() if found.searched_to else None,
        }
    )


@router.get("/search.csv")
def search_csv(request: Request) -> Response:
    return _csv(request, _found(request, MOST_EXPORTED, patiently=True))


@router.post("/saved")
async def save(request: Request) -> Response:
    """A form with the fields of a search, and its name."""
    form = await form_of(request)
    asked = asked_of(form)
    name = clean(form.get("name", "").replace("\x00", " "))[:LONGEST_NAME]

    def work() -> None:
        filter_of(databases_of(request), asked)
        if not name:
            raise InputError("the search has no name", mend="write one")
        if not _filled(asked):
            raise InputError("nothing is looked for", mend="fill in words or a filter")
        with databases_of(request).writing() as job:
            visitor = visitor_of(request)
            saved.save(job.connection, name, _filled(asked), visitor.name, job.now)

    await run_in_threadpool(work)
    return RedirectResponse(f"{root_of(request)}/search?{query(asked)}", 303)


@router.get("/saved/{search_id}")
def run_saved(request: Request, search_id: Id) -> Response:
    """Its address for ever leads to what it looks for."""
    known = saved_of(request, search_id)
    return RedirectResponse(f"{root_of(request)}/search?{query(known.asked)}", 302)


@router.get("/saved/{search_id}/articles.csv")
def saved_csv(request: Request, search_id: Id) -> Response:
    asked = asked_of(saved_of(request, search_id).asked)
    return _csv(request, found_of(request, asked, MOST_EXPORTED, patiently=True))


@router.post("/saved/{search_id}/delete")
def delete(request: Request, search_id: Id) -> Response:
    with databases_of(request).writing() as job:
        saved.delete(job.connection, search_id)
    return RedirectResponse(f"{root_of(request)}/search", 303)


def saved_of(request: Request, search_id: int) -> SavedSearch:
    """Raises 404 if there is none."""
    with databases_of(request).reading() as connection:
        known = saved.saved_search(connection, search_id)
    if known is None:
        raise HTTPException(404, f"There is no saved search {search_id}.")
    return known


def _found(request: Request, most: int, *, patiently: bool = False) -> Found:
    return found_of(request, asked_of(request.query_params), most, patiently=patiently)


def found_of(
    request: Request, asked: dict[str, str], most: int, *, patiently: bool = False
) -> Found:
    """What is asked for, from the place on that the request names."""
    before = request.query_params.get("before", "")
    return find(databases_of(request), asked, most, before, patiently=patiently)


def further_of(request: Request, found: Found) -> str | None:
    """The address of what follows, in the same form."""
    return str(request.url.include_query_params(before=found.more)) if found.more else None


def _filled(asked: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in asked.items() if text}


def _csv(request: Request, found: Found) -> Response:
    """Where it is not all, its name says how far it goes, and a link leads on (RFC 8288)."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for row in found.rows:
        writer.writerow([spreadsheet_safe(_cell(row[name])) for name in COLUMNS])
    reach, headers = "", {}
    if found.end is not None:
        reach = f"-back-to-{found.end.seen_at:%Y-%m-%d}"
        headers["Link"] = f'<{further_of(request, found)}>; rel="next"'
    headers["Content-Disposition"] = f'attachment; filename="newswatch-search{reach}.csv"'
    return conditional.answer(request, written.getvalue().encode("utf-8-sig"), "text/csv", headers)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: row[name].isoformat() if isinstance(row[name], datetime) else row[name]
        for name in COLUMNS
    }


def _cell(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case list():
            return " ".join(map(str, value))
        case _:
            return value
