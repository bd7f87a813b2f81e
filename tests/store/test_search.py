"""The pages of a search together hold what the plain statement finds, in its order, none twice and
none lost, however little is read for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import rows
from conftest import cloned
from newswatch.models import ArticleId
from newswatch.store.server.database import Connection, connect, with_role
from newswatch.store.site.search import Bounds, search
from newswatch.store.site.search_words import Clause, Filter, Place
from plain_search import plain
from rows import NOON

WORDS = ("truce", "talks", "treaty", "trucks", "谈", "判")
HOUR = timedelta(hours=1)
ARTICLES = 40


@pytest.fixture(scope="module")
def library(postgres: str, template: str) -> Iterator[Connection]:
    """Forty articles of few words, several of one time, some of them stored long after they were
    seen; each third a copy, some not published."""
    with (
        cloned(postgres, template, "search") as url,
        connect(with_role(url, "newswatch_writer")) as writer,
        connect(with_role(url, "newswatch_analyst")) as analyst,
    ):
        story = rows.story(writer)
        for nth in range(ARTICLES):
            late = 20 if nth % 11 == 0 else 0
            words = [word for place, word in enumerate(WORDS) if nth * (place + 3) % 7 < 3]
            article = rows.article(
                writer,
                at=NOON + HOUR * (nth // 3 - late),
                loaded_at=None if nth % 13 == 0 else NOON,
                title=" ".join(words[::2]),
                text=" ".join(words if nth % 2 else words[::-1]),
                outlet="ABC"[nth % 3],
                country=("KE", "FR")[nth % 2],
                language=("en", "zh-Hant")[nth // 4 % 2],
            )
            original = ArticleId(article - 1) if nth % 3 == 2 else None
            rows.decision(
                writer,
                article,
                story_id=story,
                kind="near" if original else None,
                duplicate_of_article=original,
            )
            if nth % 4 == 1:
                rows.flag(writer, article, topic="truce" if nth % 8 == 1 else "talks")
        yield analyst


def plainly(connection: Connection, wanted: Filter) -> list[int]:
    """What is as wanted, found by reading everything."""
    statement, known = plain(wanted)
    return [row for (row,) in connection.execute(f"select article_id {statement}".encode(), known)]


def paged(connection: Connection, wanted: Filter, most: int, bounds: Bounds) -> list[int]:
    """What the pages hold, followed to the end."""
    found: list[int] = []
    place: Place | None = None
    for _ in range(2 * ARTICLES):
        with connection.transaction():
            page = search(connection, wanted, place, most, bounds)
        assert len(page.rows) <= most
        found += [row["article_id"] for row in page.rows]
        if page.end is None:
            return found
        if place is not None:
            assert (page.end.seen_at, page.end.article_id) < (place.seen_at, place.article_id)
        place = page.end
    raise AssertionError("the pages do not end")


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.none(), values)


PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
CLAUSES = st.builds(
    Clause,
    st.lists(st.one_of(PHRASES, st.sampled_from(["tr", "谈判", "_"])), min_size=1, max_size=2).map(
        tuple
    ),
    st.sampled_from([False, False, True]),
    st.booleans(),
)
TIMES = st.integers(-25, 25).map(lambda hours: NOON + hours * HOUR)
FILTERS = st.builds(
    Filter,
    st.lists(CLAUSES, max_size=3).map(tuple),
    outlet=maybe(st.sampled_from("ABCD")),
    country=maybe(st.sampled_from(["KE", "FR"])),
    language=maybe(st.sampled_from(["en", "zh", "sw"])),
    topic=maybe(st.sampled_from(["truce", "talks"])),
    since=maybe(TIMES),
    until=maybe(TIMES),
    originals=maybe(st.booleans()),
    headlines=st.booleans(),
)
FEW = st.integers(1, 12)
MANY = st.integers(1, ARTICLES)
BOUNDED = st.builds(Bounds, FEW, FEW, MANY, MANY)
ONE_WORD = Filter((Clause(("truce",)),))


@example(wanted=ONE_WORD, most=12, bounds=Bounds(1, 2, ARTICLES, ARTICLES))
@example(wanted=ONE_WORD, most=12, bounds=Bounds(12, 12, 2, ARTICLES))
@given(wanted=FILTERS, most=FEW, bounds=BOUNDED)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_pages_hold_what_the_plain_statement_finds(
    library: Connection, wanted: Filter, most: int, bounds: Bounds
) -> None:
    assert paged(library, wanted, most, bounds) == plainly(library, wanted)
