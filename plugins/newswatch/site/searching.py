"""A search as it is asked for in an address: understood, and found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from newswatch.errors import InputError
from newswatch.site.databases import Databases
from newswatch.site.query import clauses_of, variants_of
from newswatch.site.routes.asked import MOST_ID
from newswatch.store.site import search as store
from newswatch.store.site.search_words import Clause, Filter, Place

FIELDS = ("q", "outlet", "country", "language", "topic", "since", "until", "kind", "in")
LONGEST = 500  # characters of a field
MOST_PAGES = 10  # that are read where nobody waits for one


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for, as it was asked and as it was understood, and what was found."""

    asked: dict[str, str]
    clauses: tuple[Clause, ...]
    rows: list[dict[str, Any]]
    end: Place | None  # behind it there may be more
    is_full: bool  # if not, and there is an end, what is behind it was not looked at

    @property
    def more(self) -> str | None:
        """The end, as an address has it."""
        return f"{self.end.seen_at.isoformat()}_{self.end.article_id}" if self.end else None

    @property
    def searched_to(self) -> datetime | None:
        """From when on it was looked for; None: as far as was asked for."""
        return self.end.seen_at if self.end and not self.is_full else None


def asked_of(fields: Mapping[str, str]) -> dict[str, str]:
    """Every field of a search; empty where it is not filled in."""
    return {
        name: " ".join(fields.get(name, "").replace("\x00", " ").split())[:LONGEST]
        for name in FIELDS
    }


def filter_of(databases: Databases, asked: Mapping[str, str]) -> Filter:
    """Raises `InputError` for a field of no use."""
    clauses = clauses_of(asked["q"], variants_of(databases.settings.watchlist))
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


def find(
    databases: Databases,
    asked: Mapping[str, str],
    most: int,
    before: str = "",
    *,
    patiently: bool = False,
) -> Found:
    """At most so many articles, those behind a place; what is read for them is bounded. Raises
    `InputError` for a field of no use."""
    wanted, place = filter_of(databases, asked), _place(before)
    rows: list[dict[str, Any]] = []
    with databases.reading() as connection:
        for _ in range(MOST_PAGES if patiently else 1):
            lacks = most + 1 - len(rows)
            page = store.search(connection, wanted, place, lacks, store.BOUNDS)
            rows += page.rows
            place = page.end
            if place is None or len(rows) > most:
                break
    if len(rows) > most:
        last = rows[most - 1]
        end = Place(last["seen_at"], last["article_id"])
        return Found(dict(asked), wanted.clauses, rows[:most], end, is_full=True)
    return Found(dict(asked), wanted.clauses, rows, place, is_full=False)


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
