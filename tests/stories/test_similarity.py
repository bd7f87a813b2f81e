"""Which story an article joins: terms, their rarity, the decay in time, the reason given."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copies.texts import ARABIC, HARBOUR, JAPANESE, RUSSIAN, TUNNEL
from newswatch.stories.report import Report
from newswatch.stories.rules import FIRST
from newswatch.stories.similarity import (
    Profile,
    Story,
    counts_of,
    join,
    match,
    match_across_languages,
    profile_of,
    term_counts,
    touch,
    unit,
    vector_of,
)
from newswatch.stories.terms import Frequencies
from stories.abroad import LOOK_ALIKES, TALKS

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PIER = (
    "Port Ellery's main pier loses its timber piles. Divers begin on Monday; ferries leave from the"
    " fish dock, said Ines Vardalou of the harbour authority. Shipworm had hollowed the supports."
)


def profile(text: str, title: str = "", language: str | None = "en") -> Profile:
    """Among other news, so that common words are known to be common."""
    frequencies = Frequencies()
    for other in (HARBOUR, TUNNEL, RUSSIAN, ARABIC, JAPANESE):
        frequencies.add(counts_of(Report("", other), FIRST).keys())
    return profile_of(counts_of(Report(title, text, language), FIRST), frequencies)


def story_of(*texts: str, seen_at: datetime | None = NOON) -> Story:
    story = Story(1, {}, None)
    for text in texts:
        join(story, "en", profile(text), seen_at)
    return story


def test_names_the_lead_and_the_headline_weigh_most() -> None:
    counts = term_counts(Report("Ferry pier to close", HARBOUR), FIRST)
    assert counts["pier"] > counts["timber"] > counts["waive"]
    assert counts["vardalou"] > counts["rent"]
    assert "the" not in counts


def test_the_first_line_stands_for_a_missing_headline() -> None:
    with_line = term_counts(Report("", "Kiosks reopen\n" + TUNNEL), FIRST)
    without = term_counts(Report("", TUNNEL + "\nKiosks reopen"), FIRST)
    assert with_line["kiosk"] > without["kiosk"]


def test_scripts_without_spaces_go_by_pairs() -> None:
    counts = term_counts(Report("", "灯台を再生する計画"), FIRST)
    assert "灯台" in counts
    assert "計画" in counts
    assert "する" not in counts
    assert not [term for term in counts if len(term) == 1]


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.floats(0.1, 9)))
def test_a_vector_has_length_one(counts: dict[str, float]) -> None:
    found = vector_of(counts, Frequencies(), FIRST)
    assert len(found) <= FIRST.terms
    assert not found or math.isclose(sum(weight**2 for weight in found.values()), 1.0)
    assert unit({}) == {}


def test_a_term_is_the_rarer_the_fewer_articles_hold_it() -> None:
    frequencies = Frequencies()
    for terms in (["pier", "dock"], ["pier"], ["pier", "eel"]):
        frequencies.add(terms)
    assert frequencies.rarity("toll") > frequencies.rarity("eel") > frequencies.rarity("pier") > 0


def test_the_same_event_in_other_words_joins_and_says_why() -> None:
    found = match(profile(PIER), NOON, [story_of(HARBOUR)])
    assert found is not None
    assert found.similarity >= FIRST.join
    weights = [weight for _, weight in found.terms]
    assert weights == sorted(weights, reverse=True)
    assert {"ellery", "harbour"} <= {term for term, _ in found.terms}


FIRE = (
    "The granary of {town} burned down in the night. Crews from {near} and {far} fought the fire"
    " until dawn, said fire chief {chief}. Nobody was hurt. Mayor {mayor} called the loss of the"
    " grain bitter, for the harvest had been poor, and thanked the crews from {near}."
)
FIRES = [
    {"town": "Sarnow", "near": "Ketterby", "far": "Ustrin", "chief": "Brask", "mayor": "Deverell"},
    {"town": "Ollaparn", "near": "Monfret", "far": "Grodel", "chief": "Hanlik", "mayor": "Quarmby"},
]


def test_two_events_of_one_kind_differ_in_who_and_where() -> None:
    one, other = (profile(FIRE.format(**names)) for names in FIRES)
    story = Story(1, {}, None)
    join(story, "en", one, NOON)
    named = match(other, NOON, [story])
    nameless = match(replace(other, anchors={}), NOON, [story])
    assert nameless is not None
    assert named is not None
    assert named.similarity == pytest.approx(FIRST.words * nameless.similarity, abs=1e-3)
    again = match(one, NOON, [story])
    assert again is not None
    assert again.similarity == pytest.approx(1.0)
    assert sum(weight for _, weight in again.terms) <= 1.0


def test_a_name_or_two_tell_nothing() -> None:
    story = Story(1, {}, None)
    join(story, "en", profile(FIRE.format(**FIRES[0])), NOON)
    few = profile("Crews fought the granary fire until dawn, and the grain burned.")
    one_name = replace(few, anchors={"~srn": 1.0}, forms={"~srn": "Sarnow"})
    assert match(one_name, NOON, [story]) == match(few, NOON, [story])


@pytest.mark.parametrize("other", [TUNNEL, RUSSIAN, ARABIC, JAPANESE])
def test_another_event_does_not_join(other: str) -> None:
    assert match(profile(other), NOON, [story_of(HARBOUR)]) is None


def test_stories_fade() -> None:
    old = story_of(HARBOUR)
    near = match(profile(PIER), NOON + FIRST.half_life / 8, [old])
    assert near is not None
    assert near.similarity < (match(profile(PIER), NOON, [old]) or near).similarity + 1e-9
    assert match(profile(PIER), NOON + 8 * FIRST.half_life, [old]) is None


def test_without_dates_nothing_fades() -> None:
    assert match(profile(PIER), None, [story_of(HARBOUR)]) is not None
    assert match(profile(PIER), NOON, [story_of(HARBOUR, seen_at=None)]) is not None


def test_of_equal_stories_the_oldest_is_joined() -> None:
    first, second = story_of(HARBOUR), story_of(HARBOUR)
    second.story_id = 2
    found = match(profile(PIER), NOON, [second, first])
    assert found is not None
    assert found.story_id == 1


def test_a_story_keeps_its_best_terms_and_its_newest_time() -> None:
    story = story_of(*(HARBOUR, TUNNEL, RUSSIAN, ARABIC, JAPANESE))
    assert len(story.strands["en"].vector) == FIRST.story_terms
    touch(story, NOON - timedelta(days=1))
    assert story.last_seen_at == NOON


# --- in other languages ---------------------------------------------------------------------------


def told_in(language: str, text: str, title: str = "") -> Story:
    story = Story(1, {}, None)
    join(story, language, profile(text, title, language), NOON)
    return story


def in_language(language: str) -> Profile:
    title, text = TALKS[language]
    return profile(text, title, language)


@pytest.mark.parametrize("language", [language for language in TALKS if language != "en"])
def test_a_report_in_another_language_joins(language: str) -> None:
    title, text = TALKS["en"]
    found = match_across_languages(in_language(language), NOON, [told_in("en", text, title)])
    assert found is not None
    assert found.strand == language
    assert FIRST.join_across_languages <= found.similarity <= 1.0
    assert "41" in dict(found.terms)
    title, text = TALKS[language]
    back = match_across_languages(in_language("en"), NOON, [told_in(language, text, title)])
    assert back is not None
    assert back.similarity == pytest.approx(found.similarity, abs=0.1)


def test_the_reason_shows_how_each_side_writes_a_name() -> None:
    title, text = TALKS["en"]
    found = match_across_languages(in_language("ru"), NOON, [told_in("en", text, title)])
    assert found is not None
    assert {"Таррант = Tarrant", "Кения = Kenya", "1250"} <= dict(found.terms).keys()


@pytest.mark.parametrize("language", [language for language in TALKS if language != "en"])
@pytest.mark.parametrize("look_alike", LOOK_ALIKES)
def test_the_same_people_on_other_business_do_not(look_alike: str, language: str) -> None:
    title, text = LOOK_ALIKES[look_alike]
    assert match_across_languages(in_language(language), NOON, [told_in("en", text, title)]) is None


@pytest.mark.parametrize(("language", "text"), [("ru", RUSSIAN), ("ar", ARABIC), ("ja", JAPANESE)])
def test_other_news_of_another_language_does_not(language: str, text: str) -> None:
    title, report = TALKS["en"]
    story = told_in("en", report, title)
    assert match_across_languages(profile(text, "", language), NOON, [story]) is None


def test_it_joins_by_names_whether_its_language_has_a_strand_or_not() -> None:
    title, text = TALKS["en"]
    story = told_in("en", text, title)
    join(story, "ru", in_language("ru"), NOON)
    for language in ("ru", "uk"):
        found = match_across_languages(in_language(language), NOON, [story])
        assert found is not None
        assert found.strand == language


def test_without_a_language_only_words_decide() -> None:
    title, text = TALKS["es"]
    nobody_knows = profile(text, title, None)
    assert match_across_languages(nobody_knows, NOON, [told_in("en", TALKS["en"][1])]) is None
    story = Story(1, {}, None)
    join(story, "", nobody_knows, NOON)
    assert match_across_languages(in_language("en"), NOON, [story]) is None


def test_a_strand_does_not_blur_the_words_of_another() -> None:
    story = story_of(HARBOUR)
    alone = match(profile(PIER), NOON, [story])
    join(story, "ru", profile(RUSSIAN, "", "ru"), NOON)
    assert match(profile(PIER), NOON, [story]) == alone


def test_abroad_stories_fade_faster() -> None:
    title, text = TALKS["en"]
    story = told_in("en", text, title)
    now = match_across_languages(in_language("ru"), NOON, [story])
    later = match_across_languages(
        in_language("ru"), NOON + FIRST.half_life_across_languages / 2, [story]
    )
    assert now is not None
    assert later is not None
    assert later.similarity == pytest.approx(now.similarity * 0.5**0.5, abs=1e-3)
    assert (
        match_across_languages(
            in_language("ru"), NOON + 2 * FIRST.half_life_across_languages, [story]
        )
        is None
    )


def test_of_equal_stories_abroad_the_oldest_is_joined() -> None:
    title, text = TALKS["en"]
    first, second = told_in("en", text, title), told_in("en", text, title)
    second.story_id = 2
    found = match_across_languages(in_language("ru"), NOON, [second, first])
    assert found is not None
    assert found.story_id == 1
