"""How much an edition may be, and who gets the room: laws of its parts, and of whole editions."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editions import (
    DAY,
    FULL,
    LINKS,
    READER,
    SEEN,
    SIGNED,
    composed,
    mention,
    of,
    rendered,
    story,
)
from digest.invented import DAYS, day
from newswatch.digest.build import build_edition, stories_for
from newswatch.digest.compose import MOST_BYTES, compose
from newswatch.digest.edition import Edition, Material
from newswatch.digest.render import render
from newswatch.digest.room import parts_of
from newswatch.digest.subscribers import WORDS
from newswatch.models import StoryId, TopicStory

TOPICS = READER.topics


def reports(*columns: dict[str, object]) -> Material:
    return of(*(story(number, **each) for number, each in enumerate(columns, start=1)), known=TOLD)


TOLD = frozenset(TopicStory("witkoff", StoryId(number)) for number in (1, 3, 5))
REPORTS = st.lists(
    st.fixed_dictionaries(
        {
            "topic": st.sampled_from(TOPICS),
            "title": st.sampled_from(["Short", "Nine words " * 4, "A very long title " * 12]),
            "salience": st.sampled_from(["headline", "body", "passing"]),
            "new_sentence": st.sampled_from([None, "Grain was settled.", "Long " * 25]),
        }
    ),
    min_size=1,
    max_size=40,
).map(lambda columns: reports(*columns))


@given(REPORTS)
def test_a_story_s_headline_matters_more_than_what_it_tells_beside_it(material: Material) -> None:
    """So whatever is cut from the end, nothing hangs in the air; a section keeps its first."""
    parts = parts_of(stories_for(READER, material), TOPICS)
    assert [part.rank for part in parts] == sorted(part.rank for part in parts)
    order: dict[int, list[str]] = {}
    for part in parts:
        if part.kind not in {"brief", "passing"}:
            order.setdefault(part.story, []).append(part.kind)
    for kinds in order.values():
        assert kinds[:2] == ["headline", "details"]
        assert set(kinds[2:]) <= {"development"}


@settings(max_examples=30, deadline=None)
@given(REPORTS, st.integers(60, 500))
def test_it_is_cut_by_one_part_at_a_time_until_it_fits(material: Material, words: int) -> None:
    reader = replace(READER, words=words)
    stories = stories_for(reader, material)
    parts = parts_of(stories, TOPICS)
    found = compose(reader, DAY, material, SIGNED)
    cuts = [build_edition(reader, DAY, material, stories, parts[:n]) for n in range(len(parts) + 1)]
    kept = max(n for n, edition in enumerate(cuts) if edition == found.edition)
    least = sum(part.rank == 0 for part in parts)
    assert kept >= least
    assert found.rendered.words <= words or kept == least
    assert kept == len(parts) or render(cuts[kept + 1], SIGNED).words > words


@settings(max_examples=30, deadline=None)
@given(REPORTS, st.integers(60, 500))
def test_what_is_cut_is_linked_and_stands_there(material: Material, words: int) -> None:
    stories = stories_for(READER, material)
    found = compose(replace(READER, words=words), DAY, material, SIGNED)
    mail = found.rendered.html
    page = found.page or mail
    for told in stories:
        assert f'href="{told.url}"' in page
        if told.salience != "passing":
            assert all(added.sentence in page for added in told.developments)
    assert found.edition.stories > 0
    for told in set(found.edition.shown) - set(found.edition.more_passing):
        judged = SIGNED.judge(*told.flag)
        assert re.search(rf'href="{judged}"[^>]*>wrong\?</a>', mail)
        assert f"  wrong? {judged}\n" in found.rendered.text
    missing = [told for told in stories if f'href="{told.url}"' not in mail]
    if missing:
        assert re.search(r'href="https://news.example/edition/token"[^>]*>and \d+ ', mail)


@given(st.integers(1, 40), st.integers(1, 3), st.integers(0, 200))
def test_sections_alike_get_the_same_but_for_the_last_turn(
    stories: int, sections: int, kept: int
) -> None:
    material = of(
        *(
            story(100 * place + number, topic=topic)
            for place, topic in enumerate(TOPICS[:sections])
            for number in range(stories)
        )
    )
    every = stories_for(READER, material)
    parts = parts_of(every, TOPICS)[: max(kept, sections)]
    found = build_edition(READER, DAY, material, every, parts).sections
    full = [len(section.stories) for section in found]
    lines = [len(section.told) for section in found]
    assert len(found) == sections
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
    assert max(len(section.told) for section in sections) <= 20


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
    assert "and 154 more\n" in text
    assert "Nothing new" not in text


def test_the_rest_is_linked_where_there_is_a_page() -> None:
    found = compose(READER, DAY, DAYS["two-hundred"], SIGNED).rendered
    assert "and 154 more: https://news.example/edition/token" in found.text
    assert ">and 154 more on Steve Witkoff</a>" in found.html


def test_what_the_link_leads_to_has_everything() -> None:
    page = compose(READER, DAY, DAYS["two-hundred"], SIGNED).page
    assert page is not None
    assert page.count("<h3") == 200
    assert compose(READER, DAY, DAYS["busy"], SIGNED).page is None  # the mail has it
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
    links = replace(SIGNED, judge=lambda topic, number: f"https://a.example/judge/{number:0110}")
    reader = replace(READER, words=5_000)
    found = compose(reader, DAY, of(*stories, known=known), links).rendered
    assert len(found.html.encode()) <= MOST_BYTES
    assert len(found.text.encode()) <= MOST_BYTES
