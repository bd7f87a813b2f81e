"""What is a copy of what: one row a way of reworking a text, and the laws of comparison."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copies.texts import (
    ARABIC,
    HARBOUR,
    JAPANESE,
    RUSSIAN,
    STANDING,
    THAI,
    TUNNEL,
    alternating,
    every_nth_word_changed,
    joined,
    keep,
    prose,
    sentences,
)
from newswatch.copies.compare import Comparison, compare, passages, sentence
from newswatch.copies.fingerprint import fingerprint

LONG = prose(7, 600)
QUAKE = """\
Earthquake: magnitude {0}.{1} strikes near {2}
A light earthquake of magnitude {0}.{1} was measured {3} kilometres from {2} at {4}:{5} local time,
said the seismological service, which revises its readings during the following day. Its focus lay
{6} kilometres deep. In the past {7} days the stations recorded {8} weaker shocks within {9}
kilometres of the town. Tell us what you felt: your report helps the service to draw its maps. This
notice was written by a program that reads the service's bulletins and was checked by an editor.
"""


def between(a: str, b: str) -> Comparison:
    return compare(fingerprint(a), fingerprint(b))


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        pytest.param(HARBOUR, HARBOUR, "exact", id="same"),
        pytest.param(HARBOUR, HARBOUR.replace(",", " –").upper(), "exact", id="punctuation-case"),
        pytest.param(HARBOUR, "SMOKE AND PILES\n" + HARBOUR, "near", id="headline-changed"),
        pytest.param(HARBOUR, keep(HARBOUR, 0.9), "near", id="cut-to-90"),
        pytest.param(HARBOUR, keep(HARBOUR, 0.5), "contained", id="cut-to-50"),
        pytest.param(LONG, keep(LONG, 0.15), "contained", id="cut-to-15"),
        pytest.param(keep(LONG, 0.15), LONG, "contains", id="grown-from-15"),
        pytest.param(HARBOUR, " ".join(HARBOUR.split()[40:]), "near", id="lead-trimmed"),
        pytest.param(HARBOUR, " ".join(sentences(HARBOUR)[::-1]), "near", id="sentences-turned"),
        pytest.param(HARBOUR, every_nth_word_changed(HARBOUR, 12), "near", id="light-edit"),
        pytest.param(HARBOUR, every_nth_word_changed(HARBOUR, 8), "near", id="errors-throughout"),
        pytest.param(HARBOUR, HARBOUR + STANDING, "near", id="boilerplate-added"),
        pytest.param(HARBOUR, HARBOUR + TUNNEL, "contains", id="other-story-after"),
        pytest.param(HARBOUR, joined([TUNNEL, HARBOUR, LONG]), "contains", id="digest"),
        pytest.param(joined([TUNNEL, HARBOUR, LONG]), HARBOUR, "contained", id="part-of-digest"),
        pytest.param(
            HARBOUR, joined([keep(HARBOUR, 0.8), prose(1, 150)]), "contains", id="half-of-it-new"
        ),
        pytest.param(
            HARBOUR,
            alternating(HARBOUR, 40, prose(2, 240), 20),
            "contains",
            id="grown-throughout",
        ),
        pytest.param(
            HARBOUR,
            joined([prose(3, 84), " ".join(HARBOUR.split()[-130:])]),
            "related",
            id="most-of-it-recycled-background",
        ),
        pytest.param(
            joined([HARBOUR, LONG]),
            alternating(HARBOUR, 14, prose(4, 300), 14),
            "related",
            id="quotes-throughout",
        ),
        pytest.param(HARBOUR, TUNNEL, "none", id="other-event"),
        pytest.param(RUSSIAN, RUSSIAN.upper(), "exact", id="russian"),
        pytest.param(RUSSIAN, keep(RUSSIAN, 0.8), "near", id="russian-cut"),
        pytest.param(RUSSIAN, ARABIC, "none", id="languages"),
        pytest.param(JAPANESE, JAPANESE[:120], "contained", id="japanese-cut"),
        pytest.param(JAPANESE, "速報" + JAPANESE.replace("約", ""), "near", id="japanese-edited"),
        pytest.param(THAI, THAI[:160], "contained", id="thai-cut"),
        pytest.param(THAI, "ด่วน " + THAI, "near", id="thai-headline"),
        pytest.param("", "", "none", id="empty"),
        pytest.param("", HARBOUR, "none", id="empty-and-text"),
    ],
)
def test_relation(a: str, b: str, relation: str) -> None:
    assert between(a, b).relation == relation


def test_template_with_other_numbers_is_no_copy() -> None:
    first = QUAKE.format(4, 2, "Karsberg", 21, 3, 14, 8, 10, 6, 90)
    second = QUAKE.format(3, 8, "Port Ellery", 7, 22, 41, 12, 30, 19, 50)
    assert between(first, second).relation == "template"
    assert between(first, first.replace("editor", "person")).relation == "near"


def test_a_template_in_a_script_without_spaces() -> None:
    said = (
        "{0}日{1}時{2}分ごろ、青浜沖を震源とする地震があり、最大震度{3}を観測した。震源の深さは約{4}キロ、"
        "地震の規模は{5}と推定される。この地震による津波の心配はないという。気象台は今後の情報に注意するよう"
        "呼びかけている。"
    )
    first, second = said.format(3, 14, 26, 4, 40, 52), said.format(12, 5, 8, 2, 10, 37)
    assert between(first, second).relation == "template"
    assert between(first, "速報 " + first).relation == "near"


def test_a_template_may_change_its_figures_only() -> None:
    drawn = prose(9, 120) + " The numbers drawn are {}, and nobody need keep an old ticket."
    first, second = drawn.format("4 8 15 16 23 42"), drawn.format("3 9 11 19 31 47")
    compared = between(first, second)
    assert compared.relation == "template"
    assert compared.coverage_b > 0.8
    assert between(first, drawn.format("4 8 15 16 23 47")).relation == "near"


def test_recycled_background_makes_no_copy() -> None:
    background = " ".join(sentences(HARBOUR)[-4:])
    follow_up = joined([prose(3, 220), background])
    assert not between(HARBOUR, follow_up).shares_text
    assert between(HARBOUR, follow_up).coverage_b > 0.15


def test_a_shared_quote_makes_no_copy() -> None:
    quote = next(part for part in sentences(HARBOUR) if "patching" in part)
    assert not between(joined([prose(4, 300), quote]), joined([prose(5, 300), quote])).shares_text


def test_standing_text_of_an_outlet_is_no_copy_of_a_longer_article() -> None:
    one, two = joined([prose(4, 300), STANDING]), joined([prose(5, 300), STANDING])
    assert not between(one, two).shares_text


def test_a_few_common_words_are_no_copy() -> None:
    assert between("The minister said on Monday that", LONG).relation == "none"
    assert between(HARBOUR, "The council promised a free shuttle").relation == "none"


@pytest.mark.parametrize("text", [HARBOUR, RUSSIAN, ARABIC, JAPANESE, THAI])
@given(
    form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    space=st.sampled_from([" ", "\n", "\u00a0 ", "\t\r\n"]),
    quote=st.sampled_from(["“”", '""', "„“", "«»"]),
    upper=st.booleans(),
    hidden=st.sampled_from(["", "\u00ad", "\u200b", "\u200d", "\ufeff"]),
)
@settings(max_examples=25)
def test_a_text_is_a_copy_of_itself(
    text: str, form: str, space: str, quote: str, upper: bool, hidden: str
) -> None:
    other = space.join(text.split()).translate(str.maketrans("“”", quote))
    other = "".join(hidden + letter if letter.isalpha() else letter for letter in other)
    other = unicodedata.normalize(form, other.upper() if upper else other)  # type: ignore[arg-type]
    compared = between(text, other)
    assert compared == Comparison("exact", 1.0, 1.0, 1.0)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 120), st.integers(1, 120))
def test_comparison_is_symmetric(seed_a: int, seed_b: int, words_a: int, words_b: int) -> None:
    a = prose(seed_a % 5, words_a) + prose(seed_b % 3, 40)
    b = prose(seed_b % 5, words_b) + prose(seed_a % 3, 40)
    there, back = between(a, b), between(b, a)
    assert (there.coverage_a, there.coverage_b) == (back.coverage_b, back.coverage_a)
    assert there.jaccard == back.jaccard
    assert 0 <= there.jaccard <= min(there.coverage_a, there.coverage_b) <= 1


@given(st.integers(0, 20), st.integers(0, 200), st.integers(0, 200))
def test_passages_are_the_same_words_in_both(seed: int, before: int, after: int) -> None:
    a = joined([prose(50, before), HARBOUR, prose(seed, 30)])
    b = joined([prose(51, after), HARBOUR.upper(), prose(seed, 30)])
    found = passages(a, b)
    assert found
    lengths = [passage.end_b - passage.start_b for passage in found]
    assert lengths == sorted(lengths, reverse=True)
    for passage in found:
        ours = fingerprint(a[passage.start_a : passage.end_a])
        assert ours.text_hash == fingerprint(b[passage.start_b : passage.end_b]).text_hash


def test_no_passage_where_nothing_is_shared() -> None:
    assert passages(HARBOUR, TUNNEL) == ()
    assert passages("", HARBOUR) == ()


@pytest.mark.parametrize(
    ("b", "told"),
    [
        (HARBOUR, "Word for word the text of the Courier."),
        (
            keep(HARBOUR, 0.5),
            "100 % of this text stands in the Courier, which is longer.",
        ),
        (TUNNEL, "0 % of this text stands in the Courier: not a copy."),
    ],
)
def test_the_decision_as_a_sentence(b: str, told: str) -> None:
    assert sentence(between(HARBOUR, b), "the Courier") == told
