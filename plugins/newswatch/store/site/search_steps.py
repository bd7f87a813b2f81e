"""The statements of search. Each reads so many rows at most, and tells what it came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from newswatch.store import rows
from newswatch.store.server.database import Connection
from newswatch.store.site.search_words import Filter, Place, Words, words_of

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    rows: list[Row]  # that are as wanted, the newest first
    is_full: bool  # they are as many as were asked for; then the next two are not counted
    held: int  # how many hold the words somewhere
    looked_at: int  # of how many of these it was seen whether the words stand as they should
    end: Place | None  # up to where all is found; None: to the end


@dataclass(frozen=True, slots=True)
class Stretch:
    """Articles behind a place, in the order of search."""

    end: Place | None  # the last one; None: all that there are
    lowest: int  # their ids lie between these
    highest: int


_EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
_LATEST = Place(datetime(9999, 12, 31, tzinfo=UTC), 2**63 - 1)
_LEADING = {  # the most selective first; each has an index in the order of time
    "topic": "named.topic = %(topic)s",
    "outlet": "article.outlet = %(outlet)s",
    "language": "split_part(article.language, '-', 1) = %(language)s",
    "country": "article.country = %(country)s",
}
_FILTERS = _LEADING | {"originals": "article.is_original = %(originals)s"}
_SHOWN = """
    article.article_id, article.seen_at, article.published_at, article.outlet, article.country,
    article.language, article.title, article.text, article.url, article.is_original,
    article.duplicate_kind, article.body_source, article.story_id, article.word_count
"""


@contextmanager
def planned(connection: Connection) -> Iterator[None]:
    """Plans for these words, and by indexes. Left to itself, Postgres reads every article for words
    that it wrongly takes for frequent."""
    others = ("seqscan", "hashjoin", "mergejoin")
    _set(connection, {f"enable_{plan}": "off" for plan in others})
    _set(connection, {"plan_cache_mode": "force_custom_plan"})
    _set(connection, {"max_parallel_workers_per_gather": "0"})  # others wait for the processors
    yield
    _set(connection, {f"enable_{plan}": "on" for plan in others} | {"plan_cache_mode": "auto"})


def leads(wanted: Filter) -> bool:
    """Whether there is a filter that articles can be read by, in the order of time."""
    return any(getattr(wanted, name) is not None for name in _LEADING)


def is_indexable(connection: Connection, wanted: Filter) -> bool | None:
    """Whether an article that the index does not name cannot be as wanted; None: none can be,
    since nothing of what is looked for is a word."""
    if not wanted.clauses:
        return False
    words = words_of(wanted)
    tree = rows.first_value(
        connection,
        f"select case when numnode({words.exactly}) > 0 then querytree({words.roughly}) end",
        words.parameters,
    )
    return None if tree is None else tree not in ("", "T")


def walk(
    connection: Connection,
    wanted: Filter,
    before: Place | None,
    most: int,
    reads: int,
    *,
    indexable: bool,
) -> Step:
    """Of the articles that the leading filter leaves so many, one after the other until there are
    enough."""
    filters = [name for name in _FILTERS if getattr(wanted, name) is not None]
    leading = [name for name in filters if name in _LEADING][:1]
    is_named = leading == ["topic"]
    at = "named.seen_at" if is_named else "article.seen_at"
    read = [_LEADING[name] for name in leading] + _between(wanted, before, at, "article_id")
    kept = [_FILTERS[name] for name in filters if name not in leading]
    words = words_of(wanted)
    return _step(
        connection,
        f"""
        with passed as materialized (
            select article_id, {at}, {_all(kept)} as fits
            from {"analyst.flag as named join" if is_named else ""}
                 analyst.article {"using (article_id)" if is_named else ""}
            where {_all(read)} order by {at} desc, article_id desc limit %(reads)s
        ),
        candidate as materialized (
            select article_id, seen_at from passed
            where fits and {_holds("passed", words.stored, words.roughly if indexable else "")}
        ),
        {_found(words)},
        step as (
            select is_full, held, held as looked_at,
                   not is_full and (select count(*) from passed) = %(reads)s as goes_on
            from (
                select is_full, case when not is_full then (select count(*) from candidate) end
                                as held
                from filled
            ) as counted
        ),
        {_last("passed")}
        """,
        _parameters(wanted, before) | words.parameters | {"reads": reads, "most": most},
    )


def look(
    connection: Connection,
    wanted: Filter,
    before: Place | None,
    most: int,
    stretch: Stretch | None,
    candidates: int,
    texts: int,
) -> Step:
    """Of the articles of a stretch that hold the words somewhere, one after the other until there
    are enough. Nothing is looked at if more than `candidates` do."""
    filters = [name for name in _FILTERS if getattr(wanted, name) is not None]
    words = words_of(wanted)
    kept = [_FILTERS[name] for name in filters]
    kept += _between(wanted, before, "holding.seen_at", "holding.article_id")
    parameters = _parameters(wanted, before) | words.parameters
    inside = "true"
    if stretch is not None:
        inside = "article_id between %(lowest)s and %(highest)s"
        parameters |= {"lowest": stretch.lowest, "highest": stretch.highest}
        if stretch.end is not None:
            kept.append("(holding.seen_at, holding.article_id) >= (%(end_at)s, %(end_id)s)")
            parameters |= {"end_at": stretch.end.seen_at, "end_id": stretch.end.article_id}
    if stretch is not None:  # by the words, not by reading the texts of all with such ids
        _set(connection, {"enable_indexscan": "off"})
    step = _step(
        connection,
        f"""
        with every as materialized (
            select article_id, seen_at from analyst.article_search
            where {words.stored} @@ ({words.roughly}) and {inside}
        ),
        holding as materialized (select * from every limit %(candidates)s + 1),
        candidate as materialized (
            select holding.article_id, holding.seen_at from holding
            {"join analyst.article using (article_id)" if filters else ""}
            {"join analyst.flag as named using (article_id)" if "topic" in filters else ""}
            where (select count(*) from holding) <= %(candidates)s and {_all(kept)}
            order by holding.seen_at desc, holding.article_id desc limit %(texts)s
        ),
        {_found(words)},
        step as (
            select is_full, (select count(*) from holding) as held, looked_at,
                   not is_full and looked_at = %(texts)s as goes_on
            from filled cross join (select count(*) as looked_at from candidate) as counted
        ),
        {_last("candidate")}
        """,
        parameters | {"candidates": candidates, "texts": texts, "most": most},
    )
    if stretch is not None:
        _set(connection, {"enable_indexscan": "on"})
    return step


def stretch(connection: Connection, wanted: Filter, before: Place | None, articles: int) -> Stretch:
    """So many articles."""
    place = before or _LATEST
    if wanted.until is not None and wanted.until <= place.seen_at:
        place = Place(wanted.until, 0)
    (known,) = rows.objects(
        connection,
        "select * from analyst.stretch(%s, %s, %s, %s)",
        [place.seen_at, place.article_id, wanted.since or _EARLIEST, articles],
    )
    end = Place(known["oldest_at"], known["oldest_id"]) if known["oldest_at"] else None
    return Stretch(end, known["lowest_id"] or 0, known["highest_id"] or 0)


def _step(connection: Connection, steps: str, parameters: dict[str, Any]) -> Step:
    """What was found, beside one row on how it was found."""
    told = rows.objects(
        connection,
        f"""
        {steps}
        select is_full, held, looked_at, end_at, end_id, {_SHOWN},
               (select array_agg(topic order by topic) from analyst.flag
                where flag.article_id = article.article_id) as topics
        from step left join last on true
        left join (found join analyst.article using (article_id)) on true
        order by article.seen_at desc, article.article_id desc
        """,
        parameters,
    )
    first = told[0]
    end = Place(first["end_at"], first["end_id"]) if first["end_at"] else None
    found = [row for row in told if row["article_id"] is not None]
    return Step(found, first["is_full"], first["held"] or 0, first["looked_at"] or 0, end)


def _found(words: Words) -> str:
    return f"""
        found as materialized (
            select article_id, seen_at from candidate
            where {_holds("candidate", words.stored, words.exactly)} limit %(most)s
        ),
        filled as (select count(*) = %(most)s as is_full from found)
    """


def _last(looked_at: str) -> str:
    """The place up to which all is found, if there may be more behind it."""
    return f"""
        last as (
            select seen_at as end_at, article_id as end_id from found
            where (select is_full from step)
            union all
            select seen_at, article_id from {looked_at} where (select goes_on from step)
            order by 1, 2 limit 1
        )
    """


def _set(connection: Connection, settings: Mapping[str, str]) -> None:
    told = (f"set local {name} = {value}" for name, value in settings.items())
    connection.execute(rows.query("; ".join(told)))


def _between(wanted: Filter, before: Place | None, seen_at: str, article_id: str) -> list[str]:
    """The conditions on time."""
    conditions = {
        f"{seen_at} >= %(since)s": wanted.since,
        f"{seen_at} < %(until)s": wanted.until,
        f"({seen_at}, {article_id}) < (%(before_at)s, %(before_id)s)": before,
    }
    return [condition for condition, value in conditions.items() if value is not None]


def _parameters(wanted: Filter, before: Place | None) -> dict[str, Any]:
    known: dict[str, Any] = {name: getattr(wanted, name) for name in (*_FILTERS, "since", "until")}
    if before is not None:
        known |= {"before_at": before.seen_at, "before_id": before.article_id}
    return known


def _holds(candidate: str, stored: str, query: str) -> str:
    """Asked of one row after the other: a join could change their order."""
    if not query:
        return "true"
    return f"""(
        select {stored} @@ ({query}) from analyst.article_search as looked_at
        where looked_at.article_id = {candidate}.article_id
    )"""


def _all(conditions: Iterable[str]) -> str:
    return " and ".join(conditions) or "true"
