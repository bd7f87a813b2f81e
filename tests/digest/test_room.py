"""How much an edition may be, and who gets the room: laws of `fitted`, and of whole editions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editions import DAY, FULL, LINKS, READER, SEEN, composed, mention, of, rendered, story
from digest.invented import DAYS, day
from newswatch.digest.compose import MOST_BYTES, compose
from newswatch.digest.edition import Edition, ShownStory
from newswatch.digest.room import fitted, full_words, headline_words
from newswatch.digest.subscribers import WORDS
from newswatch.models import StoryId, TopicStory

TOPICS = READER.topics


def shown(length: int) -> ShownStory:
    edition = composed(of(story(1, title="word " * length))).edition
    return edition.shown[0]


SIZES = [shown(length) for length in (3, 9, 30)]
SECTIONS = st.lists(st.lists(st.sampled_from(SIZES), max_size=40), min_size=1, max_size=5)


@given(SECTIONS, st.integers(-50, 2_000))
def test_no_section_is_left_without_its_first_story(
    sections: list[list[ShownStory]], words: int
) -> None:
    for own, fit in zip(sections, fitted(sections, words), strict=True):
        assert 0 <= fit.full + fit.headlines <= len(own)
        assert (fit.full + fit.headlines > 0) is bool(own)


@given(SECTIONS, st.integers(0, 2_000))
def test_what_fits_is_within_the_words_but_for_first_headlines(
    sections: list[list[ShownStory]], words: int
) -> None:
    taken = firsts = 0
    for own, fit in zip(sections, fitted(sections, words), strict=True):
        shown_whole = own[: fit.full]
        by_line = own[fit.full : fit.full + fit.headlines]
        taken += sum(map(full_words, shown_whole)) + sum(map(headline_words, by_line))
        firsts += sum(map(headline_words, own[:1]))
    assert taken <= max(words, firsts)


@given(st.integers(1, 40), st.integers(1, 5), st.integers(100, 1_000))
def test_sections_alike_get_the_same_but_for_the_last_turn(
    stories: int, sections: int, words: int
) -> None:
    fits = fitted([[SIZES[1]] * stories] * sections, words)
    full = [fit.full for fit in fits]
    lines = [fit.full + fit.headlines for fit in fits]
    assert max(full) - min(full) <= 1
    assert max(lines) - min(lines) <= 1


def crowd(*numbers: int) -> Edition:
    """So many stories of each topic."""
    stories = [
        story(100 * place + number, topic=topic)
        for place, (topic, many) in enumerate(zip(TOPICS, numbers, strict=False), start=1)
        for number in range(many)
    ]
    return composed(of(*stories)).edition


def test_the_first_topic_does_not_eat_the_room() -> None:
    sections = crowd(100, 60, 40).sections
    assert [len(section.told) + section.more for section in sections] == [100, 60, 40]
    assert min(len(section.stories) for section in sections) >= 3
    assert max(len(section.told) for section in sections) <= 15


def test_what_a_short_section_leaves_is_the_others() -> None:
    alone, beside = crowd(100).sections, crowd(100, 1).sections
    assert len(alone[0].told) - len(beside[0].told) <= 2
    assert len(beside[0].stories) > len(crowd(100, 60, 40).sections[0].stories)


def test_what_did_not_fit_is_a_number_and_is_not_told() -> None:
    edition = crowd(100, 60, 40)
    assert (
        len(edition.told)
        == edition.stories
        == 200 - sum(section.more for section in edition.sections)
    )
    text = composed(DAYS["two-hundred"]).rendered.text
    assert "and 156 more\n" in text
    assert "Nothing new" not in text


def test_the_rest_is_linked_where_there_is_a_page() -> None:

    there = replace(LINKS, edition="https://news.example/edition/token")
    found = compose(READER, DAY, DAYS["two-hundred"], there).rendered
    assert "and 156 more: https://news.example/edition/token" in found.text
    assert ">and 156 more on Steve Witkoff</a>" in found.html


def test_what_the_link_leads_to_has_everything() -> None:
    there = replace(LINKS, edition="https://news.example/edition/token")
    page = compose(READER, DAY, DAYS["two-hundred"], there).page
    assert page is not None
    assert page.count("<h3") == 200
    assert compose(READER, DAY, DAYS["busy"], there).page is None  # the mail has it
    assert compose(READER, DAY, DAYS["two-hundred"], LINKS).page is None  # nothing leads there


@pytest.mark.parametrize("name", DAYS)
def test_an_edition_has_no_more_words_than_it_may(name: str) -> None:
    reader, material = day(name)
    for words in (WORDS, 300):
        found = composed(material, replace(reader, words=words)).rendered
        assert found.words <= words


def test_it_says_how_long_it_takes() -> None:
    found = rendered(FULL)
    assert f"1 new story · {found.words} words, 1 minute" in found.text
    assert f"1 new story · {found.words} words, 1 minute" in found.html


def test_the_brief_has_five_lines_and_only_where_there_is_much() -> None:
    assert composed(of(*(story(number) for number in range(1, 7)))).edition.in_brief == ()
    many = composed(of(*(story(number) for number in range(1, 30))))
    assert len(many.edition.in_brief) == 5
    assert "\nIN BRIEF\n- Event" in many.rendered.text


@pytest.mark.parametrize(
    "letter", ["a", "ж", "中", "ก", "🕊", "\u0301e"], ids=["en", "ru", "zh", "th", "emoji", "marks"]
)
def test_the_page_stays_below_what_mail_programs_clip(letter: str) -> None:
    """Whatever the script, however long addresses and names are, for the longest brief."""
    stories = [
        story(
            number,
            *(f"{letter * 60} {at}" for at in range(6)),
            title=f"{letter * 9} " * 40,
            url=f"https://paper.example/{letter * 200}/{number}",
            mentions=(mention(f"{letter * 8} " * 90 + "Witkoff " + f"{letter * 8} " * 90),),
            new_sentence=f"{letter * 8} " * 60,
            seen_at=SEEN,
        )
        for number in range(300)
    ]
    known = frozenset(TopicStory("witkoff", StoryId(number)) for number in range(150))
    found = composed(of(*stories, known=known), replace(READER, words=5_000)).rendered
    assert len(found.html.encode()) <= MOST_BYTES
    assert len(found.text.encode()) <= MOST_BYTES
