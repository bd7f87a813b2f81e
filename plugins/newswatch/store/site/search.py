"""Full text over everything published, in any script.

A page of results is bounded by what is read for it, counted in rows, and says how far it came. The
pages together hold all that is as wanted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from newswatch.store import rows
from newswatch.store.server.database import Connection
from newswatch.store.site import search_steps as steps
from newswatch.store.site.search_steps import Row, Step
from newswatch.store.site.search_words import Filter, Place


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is read for a page of results at most, in rows."""

    newest: int = 1_500  # articles that are read one by one before the index is asked
    texts: int = 3_000  # texts whose words are looked at
    candidates: int = 8_000  # articles that a filter leaves, or that hold the words somewhere
    stretch: int = 200_000  # articles of the time in which these are looked for


@dataclass(frozen=True, slots=True)
class Results:
    """The newest articles that are as wanted, all those up to `end`; None: to the end."""

    rows: list[Row]
    end: Place | None


BOUNDS = Bounds()
_FEW = 3  # of the newest hold the words, at most: then few of all may
_SHRINKS = 8  # times, a stretch in which too many hold the words
_LEFT = 4  # of what is read for a page a fourth is worth another stretch


def search(
    connection: Connection,
    wanted: Filter,
    before: Place | None,
    most: int,
    bounds: Bounds = BOUNDS,
) -> Results:
    """At most so many, those behind a place. In a transaction.

    Nothing tells whether words are frequent. So the newest articles are read first: what is
    frequent is found there. What is rare is found by the index, which knows no order, among all
    that there are. In between, what a filter leaves is read on; without one, the index is asked
    for one stretch of time after the other.
    """
    indexable = steps.is_indexable(connection, wanted)
    if indexable is None:
        return Results([], None)
    with steps.planned(connection):
        reads = (
            bounds.newest if indexable else bounds.texts if wanted.clauses else bounds.candidates
        )
        newest = steps.walk(connection, wanted, before, most, reads, indexable=indexable)
        page = Results(newest.rows, newest.end)
        if newest.is_full or newest.end is None or not indexable:
            return page
        lacks = most - len(page.rows)
        if newest.held <= _FEW:
            step = steps.look(
                connection, wanted, page.end, lacks, None, bounds.candidates, bounds.texts
            )
            if step.held <= bounds.candidates:
                return Results(page.rows + step.rows, step.end)
        if steps.leads(wanted):
            step = steps.walk(connection, wanted, page.end, lacks, bounds.texts, indexable=True)
            return Results(page.rows + step.rows, step.end)
        return _by_stretches(connection, wanted, newest, most, bounds)


def _by_stretches(
    connection: Connection, wanted: Filter, newest: Step, most: int, bounds: Bounds
) -> Results:
    page, left = Results(newest.rows, newest.end), bounds
    size = _enough(newest, bounds.newest, most - len(page.rows), left)
    if newest.held <= _FEW:
        size = max(left.stretch // _SHRINKS, 1)
    while size >= min(bounds.newest, left.stretch) and page.end is not None:
        lacks = most - len(page.rows)
        stretch = steps.stretch(connection, wanted, page.end, size)
        step = steps.look(connection, wanted, page.end, lacks, stretch, left.candidates, left.texts)
        if step.held > left.candidates:
            size //= _SHRINKS
            continue
        page = Results(page.rows + step.rows, step.end or stretch.end)
        left = replace(
            left,
            texts=left.texts - step.looked_at,
            candidates=left.candidates - step.held,
            stretch=left.stretch - size,
        )
        if step.end is not None or _is_used_up(left, bounds):
            break
        size = _enough(step, size, lacks - len(step.rows), left)
    return page


def _is_used_up(left: Bounds, bounds: Bounds) -> bool:
    return (
        _LEFT * left.texts <= bounds.texts
        or _LEFT * left.candidates <= bounds.candidates
        or _LEFT * left.stretch <= bounds.stretch
    )


def _enough(step: Step, articles: int, lacks: int, left: Bounds) -> int:
    """As many articles as should hold what lacks, or use up what is left, if they are like those of
    the step."""
    sizes = [left.stretch]
    for most, had in (
        (left.candidates, step.held),
        (left.texts, step.looked_at),
        (2 * lacks, len(step.rows)),
    ):
        sizes += [most * articles // had] if had else []
    return max(min(sizes), left.newest)


def choices(connection: Connection) -> dict[str, list[str]]:
    """What the filters may be: outlets, countries and languages of feeds, and topics."""
    return {
        name: rows.values(connection, statement)
        for name, statement in {
            "outlets": "select distinct outlet from ops.feed_health order by 1",
            "countries": "select distinct country from ops.feed_health where country is not null"
            " order by 1",
            "languages": "select distinct split_part(language, '-', 1) from ops.feed_health"
            " where language is not null order by 1",
            "topics": "select distinct topic from analyst.topic order by 1",
        }.items()
    }
