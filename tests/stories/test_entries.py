"""An edition's entries: one for each event, whatever the language; their numbers; their reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.embedders.choose import NoEmbedder, embedder_of
from newswatch.models import ArticleId, EntryNumber
from newswatch.stories.constraints import Statement
from newswatch.stories.embedding import Embedder
from newswatch.stories.entries import Entry, continued, entries_of
from newswatch.stories.entry_model import WORDS_ONLY, entry_models
from newswatch.stories.report import Report
from newswatch.stories.signs import FlaggedReport
from stories.abroad import TALKS
from stories.two_meetings import (
    GRAIN,
    HOSTAGES,
    MORNING,
    OTHER,
    flagged,
    frequencies_of,
)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    found = embedder_of("auto")
    if isinstance(found, NoEmbedder):
        pytest.skip(found.reason)
    return found


def groups(reports: list[FlaggedReport], model: str, *said: Statement) -> list[set[int]]:
    entries = entries_of(reports, frequencies_of(reports), entry_models()[model], said)
    return [set(entry.article_ids) for entry in entries]


def ids(*numbers: int) -> frozenset[ArticleId]:
    return frozenset(map(ArticleId, numbers))


# --- what is one event ----------------------------------------------------------------------------


def test_one_event_in_many_languages_beside_another_in_the_same_town(embedder: Embedder) -> None:
    reports = flagged(HOSTAGES + GRAIN + OTHER, embedder)
    found = groups(reports, embedder.name)
    hostages = set(range(1, len(HOSTAGES) + 1))
    grain = {len(hostages) + number for number in range(1, len(GRAIN) + 1)}
    assert [hostages, grain] == found[:2]
    assert all(len(group) == 1 for group in found[2:])


def test_a_headline_is_read_beside_those_nearest_to_it(embedder: Embedder) -> None:
    """Two that hardly share a thing are one event by what others tell of it in other words."""
    alone = flagged(HOSTAGES[6:8], embedder)
    assert groups(alone, embedder.name) == [{1}, {2}]
    among = flagged(HOSTAGES, embedder)
    assert groups(among, embedder.name) == [set(range(1, len(HOSTAGES) + 1))]
    others = flagged(HOSTAGES[6:8] + GRAIN[:2] + OTHER, embedder)
    assert {1, 2} not in groups(others, embedder.name)


def test_words_alone_never_put_two_meetings_in_one_town_together() -> None:
    reports = flagged(HOSTAGES + GRAIN + OTHER, None)
    hostages = set(range(1, len(HOSTAGES) + 1))
    for group in groups(reports, WORDS_ONLY):
        assert group <= hostages or not group & hostages


def test_words_alone_know_reports_by_names_places_and_numbers() -> None:
    reports = [
        FlaggedReport(ArticleId(number), Report(*TALKS[language], language), MORNING)
        for number, language in enumerate(("en", "de", "es", "ru"))
    ]
    assert groups(reports, WORDS_ONLY) == [{0, 1, 2, 3}]


# --- what people said -----------------------------------------------------------------------------


def test_a_merge_joins_and_a_split_parts_whatever_the_signs_say() -> None:
    reports = flagged(OTHER, None)
    merged = Statement("together", ids(1), ids(3))
    entries = entries_of(reports, frequencies_of(reports), entry_models()[WORDS_ONLY], [merged])
    assert [entry.article_ids for entry in entries] == [(1, 3), (2,)]
    ((joined,), ()) = (entry.joined for entry in entries)
    assert (joined.nearest, joined.is_stated) == (1, True)
    assert joined.likelihood < 0.5

    same = flagged((OTHER[0], OTHER[0]), None)
    assert groups(same, WORDS_ONLY) == [{1, 2}]
    assert groups(same, WORDS_ONLY, Statement("apart", ids(1), ids(2))) == [{1}, {2}]


# --- reasons --------------------------------------------------------------------------------------


def test_each_report_but_the_first_says_which_report_it_is_nearest_to_and_why() -> None:
    reports = flagged((OTHER[0], OTHER[1], OTHER[0]), None)
    first, other = entries_of(reports, frequencies_of(reports), entry_models()[WORDS_ONLY])
    assert (first.article_ids, other.article_ids) == ((1, 3), (2,))
    (joined,) = first.joined
    assert (joined.article_id, joined.nearest, joined.is_stated) == (3, 1, False)
    assert joined.signs["headline"] == pytest.approx(1.0, abs=1e-3)
    assert joined.signs["days_apart"] == pytest.approx(0.5 / 24, abs=1e-4)
    assert joined.parts["headline"] > 0 > joined.parts["days_apart"]
    assert other.joined == ()


# --- numbers from edition to edition --------------------------------------------------------------

TODAY = [Entry(tuple(map(ArticleId, group)), ()) for group in ((1, 2, 3), (4, 5), (6,))]


def numbers(before: dict[int, int]) -> list[int | None]:
    known = {ArticleId(key): EntryNumber(number) for key, number in before.items()}
    return [entry.number for entry in continued(TODAY, known)]


def test_an_entry_goes_on_as_the_one_that_it_shares_most_reports_with() -> None:
    assert numbers({}) == [None, None, None]
    assert numbers({1: 7, 4: 8}) == [7, 8, None]
    assert numbers({1: 7, 2: 8, 3: 8, 4: 7}) == [8, 7, None]
    assert numbers({1: 7, 2: 7, 4: 7}) == [7, None, None]  # it was parted: the larger part goes on
    assert numbers({1: 7, 2: 8, 3: 8}) == [8, None, None]  # two became one: the larger goes on


@given(st.dictionaries(st.integers(1, 6), st.integers(1, 4)))
def test_no_number_stands_twice(before: dict[int, int]) -> None:
    found = [number for number in numbers(before) if number is not None]
    assert len(found) == len(set(found))
    assert set(found) <= set(before.values())


def test_the_order_of_the_reports_changes_nothing() -> None:
    reports = flagged(HOSTAGES + GRAIN, None)
    late = [replace(report, seen_at=report.seen_at + timedelta(hours=1)) for report in reports[4:]]
    mixed = [*late[::-1], *reports[3::-1]]
    assert groups(mixed, WORDS_ONLY) == groups([*reports[:4], *late], WORDS_ONLY)


def test_no_report_makes_no_entry() -> None:
    assert groups([], WORDS_ONLY) == []
