"""What a newer wording kept of the earlier one, as figures and as a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copies.texts import HARBOUR, JAPANESE, TUNNEL, every_nth_word_changed, joined, keep, prose
from newswatch.copies.fingerprint import fingerprint
from newswatch.copies.revision import measure
from newswatch.copies.rules import FIRST, Rules
from newswatch.models import RevisionMeasures

TITLE = "Ferry terminal to close"
OTHER = "Ferry terminal to close for eleven weeks"
FIRST_HALF = HARBOUR[: HARBOUR.index("“We looked")]
SECOND_HALF = HARBOUR[HARBOUR.index("“We looked") :]


def measured(
    earlier: str,
    newer: str,
    *,
    title: str = TITLE,
    new_title: str = TITLE,
    rules: Rules = FIRST,
) -> RevisionMeasures:
    a, b = fingerprint(earlier, title, rules), fingerprint(newer, new_title, rules)
    return measure(earlier, newer, a, b)


@pytest.mark.parametrize(
    ("earlier", "newer", "told"),
    [
        (HARBOUR, TUNNEL, "Nothing of this wording is left in the next"),
        (
            HARBOUR,
            joined([TUNNEL, prose(4, 200), keep(HARBOUR, 0.06)]),
            "Hardly anything of this wording is left in the next (4 %)",
        ),
        ("", HARBOUR, "The next wording brings the text, 231 words; this one has none"),
        (HARBOUR, "", "The next wording has no text any more"),
        (
            HARBOUR,
            joined(["At nine the pier was cleared of people.", HARBOUR]),
            "All of this wording stands in the next, which adds 8 words",
        ),
        (
            HARBOUR,
            joined(
                [FIRST_HALF, "Update: nobody was hurt, police said.", SECOND_HALF, "More soon."]
            ),
            "All of this wording stands in the next, which adds 8 words",
        ),
        (
            HARBOUR,
            HARBOUR + " Corrected",
            "All of this wording stands in the next, which adds one word",
        ),
        (HARBOUR, keep(HARBOUR, 0.5), "The next wording only leaves out 115 words of this one"),
        (
            HARBOUR,
            SECOND_HALF + FIRST_HALF,
            "The next wording has the same passages in another order",
        ),
        (
            HARBOUR,
            HARBOUR.replace("eleven weeks", "twelve weeks"),
            "98 % of the next wording stands in this one, and 98 % of this one in the next",
        ),
        (
            keep(HARBOUR, 0.5),
            every_nth_word_changed(HARBOUR, 12) + prose(1, 100),
            "23 % of the next wording stands in this one, and 68 % of this one in the next",
        ),
        (
            JAPANESE,
            JAPANESE.replace("二億円", "三億円"),
            "98 % of the next wording stands in this one, and 98 % of this one in the next",
        ),
    ],
)
def test_the_sentence(earlier: str, newer: str, told: str) -> None:
    assert measured(earlier, newer).reason == told + "."
    assert measured(earlier, newer, new_title=OTHER).reason == told + "; the headline changed."


@pytest.mark.parametrize(
    ("earlier", "newer", "new_title", "told"),
    [
        (HARBOUR, HARBOUR, OTHER, "The same text under another headline."),
        ("", "", OTHER, "Only the headline changed."),
        (
            HARBOUR,
            HARBOUR.upper(),
            TITLE,
            "The same words; only capitals, marks or paragraphs changed.",
        ),
    ],
)
def test_the_sentence_where_the_text_has_the_same_words(
    earlier: str, newer: str, new_title: str, told: str
) -> None:
    assert measured(earlier, newer, new_title=new_title).reason == told


def test_one_changed_word_in_a_long_text_is_not_told_as_none() -> None:
    long = prose(1, 3_000)
    changed = long.replace(long.split()[1_500], "otherwise", 1)
    assert measured(long, changed).reason.startswith("99 % of the next wording")


def test_passages_are_spans_of_both_wordings() -> None:
    newer = joined([prose(1, 30), keep(HARBOUR, 0.4), prose(2, 30)])
    found = measured(HARBOUR, newer)
    passage = found.passages[0]
    in_earlier = HARBOUR[passage.start_a : passage.end_a]
    assert in_earlier.split() == newer[passage.start_b : passage.end_b].split()
    assert len(in_earlier.split()) == len(keep(HARBOUR, 0.4).split())


parts = st.lists(st.integers(0, 5), max_size=6)


@given(parts, parts)
def test_shares_are_shares_and_the_way_back_is_the_mirror_image(
    earlier: list[int], newer: list[int]
) -> None:
    a, b = (joined([prose(seed, 30) for seed in seeds]) for seeds in (earlier, newer))
    there, back = measured(a, b), measured(b, a)
    assert there.coverage == back.coverage_of_earlier
    assert there.jaccard == back.jaccard <= min(there.coverage, back.coverage) <= 1
    assert (there.coverage == 0) == (there.coverage_of_earlier == 0) == (not there.passages)


def test_any_version_measures_alike() -> None:
    newer = every_nth_word_changed(HARBOUR, 12)
    first = measured(HARBOUR, newer)
    second = measured(HARBOUR, newer, rules=Rules(2))
    assert (first.coverage, first.reason) == (second.coverage, second.reason)
    assert (first.algorithm_version, second.algorithm_version) == (1, 2)
