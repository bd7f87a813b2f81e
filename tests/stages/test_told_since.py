"""What a developing entry tells beyond what its reader was told, whatever stories are stored."""

from __future__ import annotations

import pytest

from newswatch.stages.told_since import New, Untold, news_of
from newswatch.stories.report import Report
from newswatch.stories.rules import FIRST
from newswatch.stories.terms import Frequencies

LANDED = "Envoy Witkoff landed in Larnaca and met four ministers at the harbour office."
DEPOTS = "Mediators moved the grain depots beyond the northern border crossing."
FERRY = "A ferry company promised buses for stranded passengers near the lighthouse."
TOLL = "At least {} people were killed when fire broke out on the quay."


def told(text: str, language: str = "en", title: str = "Envoy lands") -> Report:
    return Report(title, text, language)


@pytest.mark.parametrize(
    ("before", "reports", "expected"),
    [
        pytest.param([told(LANDED)], [told(LANDED)], [None], id="the same"),
        pytest.param(
            [told(LANDED)], [told(f"{LANDED} {DEPOTS}")], [New(DEPOTS)], id="a new sentence"
        ),
        pytest.param(
            [told(LANDED), told(DEPOTS)], [told(DEPOTS)], [None], id="told in another story"
        ),
        pytest.param(
            [told(LANDED)],
            [told(DEPOTS), told(f"{DEPOTS} {FERRY}"), told(FERRY)],
            [New(DEPOTS), New(FERRY), None],
            id="each is told once, by whom it came first",
        ),
        pytest.param(
            [told(TOLL.format(12))],
            [told(f"{TOLL.format(19)} {DEPOTS}")],
            [New(TOLL.format(19), "12")],
            id="a changed number goes before a new sentence",
        ),
        pytest.param(
            [told(LANDED)],
            [told("Делегація просить ще один день.", "uk")],
            [None],
            id="in a language that nothing was told in",
        ),
        pytest.param(
            [told("Смертей 12", "uk", "Смертей 12")],
            [told(TOLL.format(19))],
            [None],
            id="a number of another language",
        ),
    ],
)
def test_what_is_new_since_what_was_told(
    before: list[Report], reports: list[Report], expected: list[New | None]
) -> None:
    untold = [Untold(report) for report in reports]
    assert news_of(before, untold, Frequencies(0, {}), FIRST) == expected


@pytest.mark.parametrize(
    ("named", "is_about_topic", "expected"),
    [
        (frozenset(), True, New(DEPOTS)),
        (frozenset({FERRY}), True, New(FERRY)),
        (frozenset({FERRY}), False, New(FERRY)),
        (frozenset({LANDED}), False, None),
    ],
    ids=["the first", "what names it", "alone, of a report on many things", "nothing of it"],
)
def test_what_names_the_topic_is_told_first(
    named: frozenset[str], is_about_topic: bool, expected: New | None
) -> None:
    report = Untold(told(f"{DEPOTS} {FERRY} {LANDED}"), named, is_about_topic)
    assert news_of([told(LANDED)], [report], Frequencies(0, {}), FIRST) == [expected]
