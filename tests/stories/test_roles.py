"""The part of an article in its story: what is new in it, and when that makes a development."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copies.texts import HARBOUR, JAPANESE, RUSSIAN, TUNNEL, prose, sentences
from newswatch.models import DuplicateKind, StoryRole
from newswatch.stories.report import Report
from newswatch.stories.roles import RoleInStory, known_terms, role_in_story
from newswatch.stories.rules import FIRST
from newswatch.stories.terms import Frequencies


def flat(text: str) -> str:
    """On one line: a line's end would end a sentence."""
    return " ".join(text.split())


CLOSING = Report("Ferry terminal in Port Ellery to close for eleven weeks", flat(HARBOUR), "en")
RETOLD = flat("""\
Port Ellery will be without its eastern ferry terminal for eleven weeks while divers replace the
timber piles of the main pier, the harbour authority said. Shipworm had hollowed out almost a third
of the supports, its engineers found in March. Ferries leave from the fish dock until then.
Chief engineer Ines Vardalou said that another patch would have cost more than a proper repair.
""")
DIVER_HURT = flat("""\
A diver was flown to hospital in Marholm on Thursday after a crane barge broke loose in a squall and
struck the scaffolding below the deck. Work at the Port Ellery ferry terminal has stopped, and the
harbour authority does not expect it to go on before prosecutors have examined the wreckage.
Shopkeepers along Quay Street fear for their season.
""")
QUAKE = flat("""\
A strong earthquake struck the coast near Port Ellery early on Sunday and brought down the old
customs house. Rescuers found 12 people dead below the ruins, the town's mayor said.
""")
UPDATED = QUAKE.replace("12", "17")


@pytest.mark.parametrize(
    ("report", "kind", "earlier", "role"),
    [
        pytest.param(CLOSING, None, [], "first", id="nothing-earlier"),
        pytest.param(CLOSING, "exact", [], "copy", id="copy-of-a-seed-begins-the-story"),
        pytest.param(CLOSING, "near", [CLOSING], "copy", id="near"),
        pytest.param(CLOSING, "contained", [CLOSING], "copy", id="contained"),
        pytest.param(
            Report("Pier repair shuts Port Ellery ferry terminal", RETOLD, "en"),
            None,
            [CLOSING],
            "independent",
            id="own-words",
        ),
        pytest.param(
            Report("Diver hurt at Port Ellery terminal", DIVER_HURT, "en"),
            None,
            [CLOSING],
            "development",
            id="something-happened",
        ),
        pytest.param(
            Report("Quay Street and its kiosks", f"{flat(HARBOUR)} {DIVER_HURT}", "en"),
            None,
            [CLOSING],
            "independent",
            id="news-below-a-told-lead",
        ),
        pytest.param(
            Report("Quake in Port Ellery kills 17", UPDATED, "en"),
            None,
            [Report("Quake in Port Ellery kills 12", QUAKE, "en")],
            "development",
            id="another-figure-in-the-headline",
        ),
        pytest.param(
            Report("Quake in Port Ellery kills twelve", QUAKE, "en"),
            None,
            [Report("Quake in Port Ellery kills 12", QUAKE, "en")],
            "independent",
            id="the-same-figure-in-words",
        ),
        pytest.param(
            Report("Quake in Port Ellery is deadly", UPDATED, "en"),
            None,
            [Report("Quake in Port Ellery kills 12", QUAKE, "en")],
            "independent",
            id="another-figure-in-the-text-only",
        ),
        pytest.param(
            Report("Police arrest Karl Brodin in Marholm over stolen piles", ""),
            None,
            [CLOSING],
            "independent",
            id="headline-only",
        ),
        pytest.param(Report("Pier shut", ""), None, [CLOSING], "independent", id="too-short"),
        pytest.param(
            Report("Вокзал", RUSSIAN, "ru"), None, [CLOSING], "independent", id="another-language"
        ),
        pytest.param(
            Report("灯台", JAPANESE, "ja"),
            None,
            [Report("灯台", JAPANESE.partition("。")[0], "ja")],
            "development",
            id="a-script-without-spaces",
        ),
    ],
)
def test_role(
    report: Report, kind: DuplicateKind | None, earlier: list[Report], role: StoryRole
) -> None:
    assert part(report, *earlier, kind=kind).role == role


def part(report: Report, *earlier: Report, kind: DuplicateKind | None = None) -> RoleInStory:
    return role_in_story(
        report, kind, [known_terms(known, FIRST) for known in earlier], Frequencies(), FIRST
    )


def test_the_new_sentences_are_those_that_nobody_told() -> None:
    found = part(Report("Diver hurt at Port Ellery terminal", DIVER_HURT, "en"), CLOSING)
    assert [sentence.split()[:3] for sentence in found.new_sentences] == [["A", "diver", "was"]]


def test_a_figure_of_the_headline_is_shown_in_its_sentence() -> None:
    found = part(Report("Quake kills 17", UPDATED), Report("Quake kills 12", QUAKE))
    (sentence,) = found.new_sentences
    assert sentence.startswith("Rescuers found 17 people")


def test_a_figure_that_only_the_headline_gives_is_shown_there() -> None:
    found = part(Report("Quake kills 17", QUAKE), Report("Quake kills 12", QUAKE))
    assert found.new_sentences == ("Quake kills 17",)


def test_two_earlier_reports_may_have_told_it_together() -> None:
    both = f"{flat(TUNNEL)} {DIVER_HURT}"
    assert part(Report("", both), CLOSING).role == "development"
    assert part(Report("", both), CLOSING, Report("", flat(TUNNEL))).role == "independent"
    assert part(Report("", DIVER_HURT), CLOSING, Report("", both)).role == "independent"


SENTENCES = [
    *sentences(HARBOUR),
    *sentences(TUNNEL),
    *sentences(DIVER_HURT),
    *(prose(number, 12) for number in range(12)),
]
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=9).map(" ".join)
reports = st.builds(Report, st.sampled_from(["", "Toll rises to 41", "Pier shut"]), texts)


@given(report=reports, others=st.lists(reports, max_size=3))
def test_the_sentences_of_an_earlier_report_are_no_development(
    report: Report, others: list[Report]
) -> None:
    again = Report(report.title, " ".join(reversed(sentences(report.text))))
    assert part(again, *others, report) == RoleInStory("independent")


@given(report=reports, earlier=st.lists(reports, min_size=2, max_size=4))
def test_one_more_earlier_report_never_adds_new_sentences(
    report: Report, earlier: list[Report]
) -> None:
    found = [part(report, *earlier[: n + 1]).new_sentences for n in range(len(earlier))]
    for fewer, more in pairwise(found):
        assert set(more) <= set(fewer)


@given(report=reports, earlier=st.lists(reports, min_size=1, max_size=3))
def test_only_a_development_has_new_sentences(report: Report, earlier: list[Report]) -> None:
    found = part(report, *earlier)
    assert (found.role == "development") == bool(found.new_sentences)
