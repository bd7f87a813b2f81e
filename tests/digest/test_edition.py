"""What stands in an edition, in which order, and what its mail looks like to a mail program."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from newswatch.digest.build import (
    DEVELOPMENT_LENGTH,
    MOST_DEVELOPMENTS,
    MOST_STORIES,
    Development,
    Edition,
    EventReports,
    Material,
    build_edition,
    split_evidence,
)
from newswatch.digest.render import render, safe_url
from newswatch.models import (
    ArticleId,
    FlaggedArticle,
    Reading,
    StoryFacts,
    StoryId,
    TopicStory,
)

SEEN = datetime(2026, 1, 14, 6, 0, tzinfo=UTC)
UNSUBSCRIBE = "mailto:newswatch@watch.example?subject=unsubscribe%20" + "desk" * 40
ITEM = FlaggedArticle(
    topic="witkoff",
    story_id=StoryId(1),
    article_id=ArticleId(10),
    title="Envoy lands in Larnaca",
    url="https://paper.example/a",
    outlet="The Paper",
    language="en",
    score=0.8,
    salience="headline",
    reason="Names the envoy: “Witkoff”, in the lead (1 sentence).",
    sentence="On Monday Mr Witkoff landed in Larnaca.",
    matched="Witkoff",
    seen_at=SEEN,
)
STORY = StoryFacts(StoryId(1), "Envoy lands", ("The Paper", "The Post"), SEEN, SEEN)
QUIET = Material(
    articles=(),
    stories=(),
    known=frozenset(),
    events=(),
    outlets_before={},
    unchanged={},
    topic_names={"witkoff": "Steve Witkoff", "gaza-mediators": "Gaza mediators"},
    reading=Reading(articles=412, outlets=37, feeds_failing=2),
)
FULL = replace(QUIET, articles=[ITEM], stories=[STORY])


def build(material: Material, topics: tuple[str, ...] = ("witkoff",)) -> Edition:
    return build_edition("desk", topics, "Europe/Berlin", date(2026, 1, 14), material)


def test_a_day_with_news() -> None:
    edition = build(FULL)
    assert edition.subject == "14 January: Steve Witkoff 1"
    assert edition.summary == "1 new story. 412 articles read from 37 outlets."
    (story,) = edition.sections[0].stories
    assert (story.state, story.outlets, story.title) == (
        "new",
        ("The Paper", "The Post"),
        ITEM.title,
    )
    assert story.evidence.match == "Witkoff"


def test_a_quiet_day_is_honest() -> None:
    edition = build(QUIET, ("witkoff", "gaza-mediators"))
    assert edition.subject == "14 January: nothing new"
    assert edition.summary == (
        "Nothing new on Steve Witkoff, Gaza mediators. 412 articles read from 37 outlets."
    )
    text = render(edition, UNSUBSCRIBE).text
    assert "2 feeds fail" in text
    assert "STEVE WITKOFF\n\nNothing new.\n\nGAZA MEDIATORS\n\nNothing new." in text


def test_a_story_told_before_is_developing() -> None:
    material = replace(
        FULL,
        known=frozenset({TopicStory("witkoff", StoryId(1))}),
        outlets_before={StoryId(1): ["The Post"]},
    )
    edition = build(material)
    (story,) = edition.sections[0].stories
    assert (story.state, story.new_outlets) == ("developing", 1)
    assert edition.summary.startswith("1 developing.")
    assert "(+1 outlet)" in render(edition, UNSUBSCRIBE).text


def test_new_stories_come_first_then_the_strongest() -> None:
    items = [
        replace(ITEM, story_id=number, article_id=number, score=score)
        for number, score in ((1, 0.9), (2, 0.3), (3, 0.7))
    ]
    stories = [replace(STORY, story_id=number) for number in (1, 2, 3)]
    material = replace(
        FULL, articles=items, stories=stories, known=frozenset({TopicStory("witkoff", StoryId(1))})
    )
    assert [story.story_id for story in build(material).sections[0].stories] == [3, 2, 1]


def event(*numbers: int, stories: tuple[int, ...] = ()) -> EventReports:
    return EventReports(frozenset(map(ArticleId, numbers)), frozenset(map(StoryId, stories)))


def test_stories_of_one_event_are_one_entry_in_whatever_language() -> None:
    abroad = replace(
        ITEM, story_id=2, article_id=11, score=0.9, language="ar", outlet="Al Marfa", title="مبعوث"
    )
    stories = [STORY, replace(STORY, story_id=2, outlets=("Al Marfa",), copies=3)]
    both = event(10, 11, stories=(1, 2))
    found = build(replace(FULL, articles=[ITEM, abroad], stories=stories, events=[both]))
    (story,) = found.sections[0].stories
    assert found.summary.startswith("1 new story.")
    assert (story.title, story.outlets) == ("مبعوث", ("Al Marfa", "The Paper", "The Post"))
    assert (story.copies, story.also_in) == (3, ("English",))
    assert sorted(story.carried) == [(1, 10), (2, 11)]
    rendered = render(found, UNSUBSCRIBE)
    assert "3 copies · also in English" in rendered.text
    assert "also in English" in rendered.html


def test_a_stored_story_of_two_events_is_two_entries_and_counts_for_one() -> None:
    """Its outlets and copies belong to the event that it has most reports of."""
    items = [replace(ITEM, article_id=number, outlet=f"Paper {number}") for number in (10, 11, 12)]
    story = replace(STORY, outlets=("Paper 10", "Paper 11", "Paper 12", "The Post"), copies=2)
    material = replace(FULL, articles=items, stories=[story], events=[event(10), event(11, 12)])
    shown = {story.article_id: story for story in build(material).sections[0].stories}
    assert {key: (story.outlets, story.copies) for key, story in shown.items()} == {
        10: (("Paper 10",), 0),
        11: (("Paper 11", "Paper 10", "Paper 12", "The Post"), 2),
    }


def test_an_event_that_an_earlier_edition_told_is_developing_whatever_its_new_story() -> None:
    material = replace(
        FULL,
        events=[event(9, 10, stories=(1, 7))],  # article 9 of story 7 was told yesterday
        known=frozenset({TopicStory("witkoff", StoryId(7))}),
        outlets_before={StoryId(7): ["The Paper"]},
    )
    (story,) = build(material).sections[0].stories
    assert (story.state, story.new_outlets) == ("developing", 1)


def test_the_strongest_article_stands_for_its_story() -> None:
    weaker = replace(ITEM, article_id=9, score=0.2, title="An aside")
    (story,) = build(replace(FULL, articles=[weaker, ITEM])).sections[0].stories
    assert story.title == ITEM.title


STATEMENT = replace(
    ITEM,
    article_id=11,
    score=0.5,
    outlet="The Wire",
    url="https://wire.example/b",
    sentence="Witkoff read out the statement.",
    new_sentence="Both sides pledged to reopen the harbour.",
    seen_at=SEEN + timedelta(hours=5),
)


def test_developments_stand_below_their_story() -> None:
    edition = build(replace(FULL, articles=[ITEM, STATEMENT]))
    (story,) = edition.sections[0].stories
    assert story.title == ITEM.title
    assert story.developments == (
        Development("The Wire", STATEMENT.url, STATEMENT.seen_at, str(STATEMENT.new_sentence)),
    )
    rendered = render(edition, UNSUBSCRIBE)
    assert (
        f"  {ITEM.url}\n"
        "  + Both sides pledged to reopen the harbour.\n"
        "    The Wire, 14 Jan 12:00: https://wire.example/b\n"
    ) in rendered.text
    assert "Both sides pledged to reopen the harbour." in rendered.html
    assert 'href="https://wire.example/b"' in rendered.html


def test_the_newest_developments_are_shown_and_the_others_counted() -> None:
    items = [
        replace(
            STATEMENT,
            article_id=20 + n,
            seen_at=SEEN + timedelta(hours=n),
            new_sentence=f"Point {n} was settled.",
        )
        for n in range(MOST_DEVELOPMENTS + 2)
    ]
    edition = build(replace(FULL, articles=[ITEM, *items]))
    (story,) = edition.sections[0].stories
    assert [development.sentence for development in story.developments] == [
        "Point 4 was settled.",
        "Point 3 was settled.",
        "Point 2 was settled.",
    ]
    assert "and 2 more developments" in render(edition, UNSUBSCRIBE).text


def test_a_sentence_that_is_shown_as_evidence_is_not_shown_again() -> None:
    item = replace(ITEM, new_sentence=ITEM.sentence)
    (story,) = build(replace(FULL, articles=[item])).sections[0].stories
    assert story.developments == ()


def test_a_long_new_sentence_is_cut() -> None:
    item = replace(ITEM, new_sentence="word " * 200)
    (story,) = build(replace(FULL, articles=[item])).sections[0].stories
    (development,) = story.developments
    assert development.sentence.endswith("word …")
    assert len(development.sentence) <= DEVELOPMENT_LENGTH + 2


def test_copies_are_a_count() -> None:
    rendered = render(build(replace(FULL, stories=[replace(STORY, copies=7)])), UNSUBSCRIBE)
    assert "7 copies" in rendered.text
    assert "7 copies" in rendered.html
    assert "cop" not in render(build(FULL), UNSUBSCRIBE).text


def test_unchanged_stories_are_a_count() -> None:
    edition = build(replace(QUIET, unchanged={"witkoff": 3}))
    assert "3 stories of the last edition unchanged" in render(edition, UNSUBSCRIBE).text


@pytest.mark.parametrize(
    ("sentence", "matched", "parts"),
    [
        ("Mr Witkoff landed.", "Witkoff", ("Mr ", "Witkoff", " landed.")),
        ("Witkoff", "Witkoff", ("", "Witkoff", "")),
        ("He landed.", "Witkoff", ("", "Witkoff", "")),
    ],
)
def test_evidence_is_split_at_the_match(
    sentence: str, matched: str, parts: tuple[str, str, str]
) -> None:
    found = split_evidence(sentence, matched)
    assert (found.before, found.match, found.after) == parts


def test_a_very_long_sentence_is_cut_around_the_match() -> None:
    found = split_evidence("word " * 200 + "Witkoff" + " word" * 200, "Witkoff")
    assert found.before.startswith("… ")
    assert found.after.endswith(" …")
    assert len(found.before) + len(found.after) < 500


def many(number: int, developments: int = 0) -> Edition:
    """Stories with long sentences and links, each with that many developments."""
    items = [
        replace(
            ITEM,
            story_id=n,
            article_id=n,
            url=f"https://paper.example/{'a-long-headline-' * 4}{n}-{place}",
            score=0.8 - place / 10,
            sentence="A sentence of news. " * 20 + "Witkoff",
            new_sentence="Something more happened. " * 20 if place else None,
        )
        for n in range(number)
        for place in range(developments + 1)
    ]
    stories = [replace(STORY, story_id=n, outlets=("The Paper",) * 6) for n in range(number)]
    return build(replace(FULL, articles=items, stories=stories))


def test_the_html_stays_below_what_gmail_clips() -> None:
    rendered = render(many(MOST_STORIES + 5), UNSUBSCRIBE)
    assert len(rendered.html.encode()) < 85_000
    assert "and 5 more" in rendered.html
    assert "and 5 more" in rendered.text


@pytest.mark.parametrize("developments", range(1, MOST_DEVELOPMENTS + 1))
def test_developments_take_room_from_further_stories(developments: int) -> None:
    edition = many(MOST_STORIES, developments)
    assert len(render(edition, UNSUBSCRIBE).html.encode()) < 85_000
    (section,) = edition.sections
    assert len(section.stories) == MOST_STORIES * 3 // (3 + developments)
    assert len(section.stories) + section.more == MOST_STORIES


class TestHostileContent:
    edition = build(
        replace(
            FULL,
            articles=[
                replace(
                    ITEM,
                    title="<script>alert(1)</script> \u202eevil\u0000",
                    url="javascript:alert(1)",
                    sentence="<img src=x onerror=alert(1)> Witkoff & Co.",
                    outlet='"><b>',
                    new_sentence="<i>\u202eNew</i>",
                )
            ],
            stories=[replace(STORY, outlets=('"><b>',))],
        )
    )
    rendered = render(edition, UNSUBSCRIBE)

    def test_markup_is_text(self) -> None:
        assert "<script" not in self.rendered.html
        assert "<img" not in self.rendered.html
        assert "<i>" not in self.rendered.html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in self.rendered.html

    def test_links_are_http_only(self) -> None:
        assert "javascript:" not in self.rendered.html + self.rendered.text

    def test_direction_marks_and_controls_are_gone(self) -> None:
        assert not re.search("[\u202a-\u202e\x00]", self.rendered.html + self.rendered.text)

    def test_the_text_part_is_not_escaped(self) -> None:
        assert "Witkoff* & Co." in self.rendered.text


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x?y=1&z=2#f", "https://a.example/x?y=1&z=2#f"),
        (
            "https://a.example/новости",
            "https://a.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
        ),
        ('https://a.example/"onclick=', "https://a.example/%22onclick="),
        ("data:text/html,x", "#"),
        ("newswatch:entry/1", "#"),
    ],
)
def test_safe_urls(url: str, safe: str) -> None:
    assert safe_url(url) == safe


def test_evidence_is_marked() -> None:
    html = render(build(FULL), UNSUBSCRIBE).html
    assert re.search(r"On Monday Mr <b[^>]*>Witkoff</b> landed in Larnaca\.", html)
