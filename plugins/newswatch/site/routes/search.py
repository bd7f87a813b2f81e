"""Search: as a page, and its results as CSV and JSON."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from newswatch.errors import InputError
from newswatch.site.query import clauses_of, variants_of
from newswatch.site.routes.asked import MOST_ID, databases_of, pages_of
from newswatch.site.snippet import marked, snippet
from newswatch.store.site import search as store
from newswatch.store.site.search import Clause, Filter, Place
from newswatch.text.cells import spreadsheet_safe

router = APIRouter()
MOST_SHOWN, MOST_EXPORTED = 30, 1_000
FIELDS = ("q", "outlet", "country", "language", "topic", "since", "until", "kind", "in")
COLUMNS = (
    *("article_id", "seen_at", "published_at", "outlet", "country", "language", "title", "url"),
    *("is_original", "duplicate_kind", "body_source", "story_id", "topics", "text"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for, as it was asked and as it was understood, and what was found."""

    asked: dict[str, str]
    clauses: tuple[Clause, ...]
    rows: list[dict[str, Any]]
    more: str | None  # the place behind the last one, if there are more


def found_for(request: Request, most: int) -> Found:
    """Raises `InputError` for a field of no use."""
    asked = {
        name: " ".join(request.query_params.get(name, "").replace("\x00", " ").split())[:500]
        for name in FIELDS
    }
    databases = databases_of(request)
    clauses = clauses_of(asked["q"], variants_of(databases.settings.watchlist))
    with databases.reading() as connection:
        rows = store.search(
            connection,
            _filter(asked, clauses),
            _place(request.query_params.get("before", "")),
            most + 1,
        )
    shown = rows[:most]
    last = shown[-1] if len(rows) > most else None
    more = f"{last['seen_at'].isoformat()}_{last['article_id']}" if last else None
    return Found(asked, clauses, shown, more)


def _filter(asked: dict[str, str], clauses: tuple[Clause, ...]) -> Filter:
    until = _day(asked["until"])
    return Filter(
        clauses=clauses,
        outlet=asked["outlet"] or None,
        country=asked["country"].upper() or None,
        language=asked["language"].lower() or None,
        topic=asked["topic"] or None,
        since=_day(asked["since"]),
        until=until + timedelta(days=1) if until else None,
        originals={"original": True, "copy": False}.get(asked["kind"]),
        headlines=asked["in"] == "headline",
    )


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
        return datetime.combine(day, time(0), UTC) if day < date.max else None
    except ValueError:
        raise InputError(f"{text[:40]!r} is no day", mend="write 2026-01-14") from None


def _place(text: str) -> Place | None:
    if not text:
        return None
    moment, _, article_id = text.partition("_")
    try:
        place = Place(datetime.fromisoformat(moment.replace(" ", "+")), int(article_id))
    except ValueError:
        raise InputError("the page of results has a wrong address", mend="search again") from None
    if place.seen_at.tzinfo is None or abs(place.article_id) > MOST_ID:
        raise InputError("the page of results has a wrong address", mend="search again")
    return place


@router.get("/search")
def search(request: Request) -> Response:
    found = found_for(request, MOST_SHOWN)
    with databases_of(request).reading() as connection:
        choices = store.choices(connection)
    shown = [
        {
            "row": row,
            "title": marked(row["title"], found.clauses),
            "snippet": snippet(row["text"], found.clauses),
        }
        for row in found.rows
    ]
    names = [clause.phrases for clause in found.clauses if len(clause.phrases) > 1]
    return pages_of(request).answer(
        "search.html.j2", request, found=found, shown=shown, choices=choices, names=names
    )


@router.get("/search.json")
def search_json(request: Request) -> Response:
    found = found_for(request, MOST_EXPORTED)
    return JSONResponse({"articles": [_plain(row) for row in found.rows], "before": found.more})


@router.get("/search.csv")
def search_csv(request: Request) -> Response:
    found = found_for(request, MOST_EXPORTED)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for row in found.rows:
        writer.writerow([spreadsheet_safe(_cell(row[name])) for name in COLUMNS])
    name = 'attachment; filename="newswatch-search.csv"'
    return Response(
        written.getvalue().encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": name},
    )


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
