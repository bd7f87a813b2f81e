"""Which story an article joins: terms, their rarity, the decay in time, the reason given."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.texts import ARABIC, HARBOUR, JAPANESE, RUSSIAN, TUNNEL
from newswatch.dedupe.stories import (
    HALF_LIFE,
    JOIN,
    STORY_TERMS,
    TERMS,
    Document,
    Frequencies,
    Story,
    join,
    match,
    term_counts,
    unit,
    vector_of,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PIER = (
    "Port Ellery's main pier loses its timber piles. Divers begin on Monday; ferries leave from the"
    " fish dock, said Ines Vardalou of the harbour authority. Shipworm had hollowed the supports."
)


def vector(text: str, title: str = "") -> dict[str, float]:
    """Among other news, so that common words are known to be common."""
    frequencies = Frequencies()
    for other in (HARBOUR, TUNNEL, RUSSIAN, ARABIC, JAPANESE):
        frequencies.add(list(term_counts(Document("", other, None))))
    return vector_of(term_counts(Document(title, text, None)), frequencies)


def story_of(*texts: str, seen_at: datetime | None = NOON) -> Story:
    story = Story(1, {}, None)
    for text in texts:
        join(story, vector(text), seen_at)
    return story


def test_names_the_lead_and_the_headline_weigh_most() -> None:
    counts = term_counts(Document("Ferry pier to close", HARBOUR, NOON))
    assert counts["pier"] > counts["timber"] > counts["waive"]
    assert counts["vardalou"] > counts["rent"]
    assert "the" not in counts


def test_the_first_line_stands_for_a_missing_headline() -> None:
    with_line = term_counts(Document("", "Kiosks reopen\n" + TUNNEL, NOON))
    without = term_counts(Document("", TUNNEL + "\nKiosks reopen", NOON))
    assert with_line["kiosk"] > without["kiosk"]


def test_scripts_without_spaces_go_by_pairs() -> None:
    counts = term_counts(Document("", "灯台を再生する計画", NOON))
    assert "灯台" in counts
    assert "計画" in counts
    assert "する" not in counts
    assert not [term for term in counts if len(term) == 1]


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.floats(0.1, 9)))
def test_a_vector_has_length_one(counts: dict[str, float]) -> None:
    found = vector_of(counts, Frequencies())
    assert len(found) <= TERMS
    assert not found or math.isclose(sum(weight**2 for weight in found.values()), 1.0)
    assert unit({}) == {}


def test_a_term_is_the_rarer_the_fewer_articles_hold_it() -> None:
    frequencies = Frequencies()
    for terms in (["pier", "dock"], ["pier"], ["pier", "eel"]):
        frequencies.add(terms)
    assert frequencies.rarity("toll") > frequencies.rarity("eel") > frequencies.rarity("pier") > 0


def test_the_same_event_in_other_words_joins_and_says_why() -> None:
    found = match(vector(PIER), NOON, [story_of(HARBOUR)])
    assert found is not None
    assert found.similarity >= JOIN
    weights = [weight for _, weight in found.terms]
    assert weights == sorted(weights, reverse=True)
    assert {"ellery", "harbour"} <= {term for term, _ in found.terms}


@pytest.mark.parametrize("other", [TUNNEL, RUSSIAN, ARABIC, JAPANESE])
def test_another_event_does_not_join(other: str) -> None:
    assert match(vector(other), NOON, [story_of(HARBOUR)]) is None


def test_stories_fade() -> None:
    old = story_of(HARBOUR)
    near = match(vector(PIER), NOON + HALF_LIFE / 8, [old])
    assert near is not None
    assert near.similarity < (match(vector(PIER), NOON, [old]) or near).similarity + 1e-9
    assert match(vector(PIER), NOON + 8 * HALF_LIFE, [old]) is None


def test_without_dates_nothing_fades() -> None:
    assert match(vector(PIER), None, [story_of(HARBOUR)]) is not None
    assert match(vector(PIER), NOON, [story_of(HARBOUR, seen_at=None)]) is not None


def test_of_equal_stories_the_oldest_is_joined() -> None:
    first, second = story_of(HARBOUR), story_of(HARBOUR)
    second.story_id = 2
    found = match(vector(PIER), NOON, [second, first])
    assert found is not None
    assert found.story_id == 1


def test_a_story_keeps_its_best_terms_and_its_newest_time() -> None:
    story = story_of(*(HARBOUR, TUNNEL, RUSSIAN, ARABIC, JAPANESE))
    assert len(story.vector) == STORY_TERMS
    join(story, {}, NOON - timedelta(days=1))
    assert story.last_seen_at == NOON
