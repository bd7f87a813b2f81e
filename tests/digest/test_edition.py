"""What stands in an edition, where, and how often: each event once, the most important first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editions import (
    FULL,
    ITEM,
    QUIET,
    READER,
    SEEN,
    STORY,
    build,
    event,
    mention,
    of,
    rendered,
    story,
)
from newswatch.digest.room import MOST_DEVELOPMENTS
from newswatch.digest.story import DEVELOPMENT_LENGTH
from newswatch.models import ArticleId, FlaggedArticle, StoryId, TopicStory

TOLD = frozenset({TopicStory("witkoff", StoryId(1))})


def test_a_day_with_news() -> None:
    edition = build(FULL)
    assert edition.subject == "Envoy lands in Larnaca"
    assert edition.summary == "1 new story"
    (section,) = edition.sections
    (told,) = section.stories
    assert (section.name, told.state, told.title) == ("Steve Witkoff", "new", ITEM.title)
    assert told.outlets == ("The Paper", "The Post")
    assert edition.quiet == ("Gaza mediators", "Ukraine talks")
    assert edition.told == {("witkoff", 10): ITEM.title}


def test_a_quiet_day_says_so_once() -> None:
    edition = build(QUIET)
    assert (edition.subject, edition.summary) == ("Wednesday 14 January: nothing new", "")
    text = rendered(QUIET).text
    assert text.count("othing new") == 1
    assert "Nothing new on Steve Witkoff, Gaza mediators, Ukraine talks." in text


class TestOneEventOneEntry:
    both = (ITEM, replace(ITEM, topic="gaza-mediators", score=0.6, salience="lead"))

    def test_a_story_on_two_topics_stands_under_that_which_it_tells_most_of(self) -> None:
        edition = build(replace(FULL, articles=self.both))
        (section,) = edition.sections
        (told,) = section.stories
        assert section.topic == "witkoff"
        assert told.topics == ("witkoff", "gaza-mediators")
        assert (edition.stories, edition.summary) == (1, "1 new story")
        assert edition.elsewhere == (("Gaza mediators", ("Steve Witkoff",)),)
        assert edition.told == dict.fromkeys(
            [("witkoff", 10), ("gaza-mediators", 10)], "Envoy lands in Larnaca"
        )

    def test_of_two_topics_alike_it_stands_under_the_reader_s_first(self) -> None:
        alike = [ITEM, replace(ITEM, topic="gaza-mediators")]
        reader = replace(READER, topics=("gaza-mediators", "witkoff"))
        (section,) = build(replace(FULL, articles=alike), reader).sections
        assert section.topic == "gaza-mediators"

    def test_it_is_told_once_in_the_mail_with_its_other_topic_as_a_tag(self) -> None:
        mail = rendered(replace(FULL, articles=self.both))
        assert mail.text.count(ITEM.title) == mail.text.count(ITEM.url) == 1
        assert "Also on Gaza mediators" in mail.text
        assert "Gaza mediators: see Steve Witkoff." in mail.text

    @pytest.mark.parametrize("known", ["witkoff", "gaza-mediators"])
    def test_it_is_new_or_developing_whatever_the_topic_it_was_told_under(self, known: str) -> None:
        material = replace(
            FULL, articles=self.both, known=frozenset({TopicStory(known, StoryId(1))})
        )
        (told,) = build(material).shown
        assert told.state == "developing"

    def test_stories_of_one_event_are_one_entry_in_whatever_language(self) -> None:
        abroad = replace(
            ITEM,
            story_id=StoryId(2),
            article_id=ArticleId(11),
            score=0.9,
            language="ar",
            outlet="Al Marfa",
            title="مبعوث",
        )
        stories = [STORY, replace(STORY, story_id=StoryId(2), outlets=("Al Marfa",), copies=3)]
        both = event(10, 11, stories=(1, 2))
        material = replace(FULL, articles=[ITEM, abroad], stories=stories, events=[both])
        (told,) = build(material).shown
        assert (told.title, told.outlets) == (ITEM.title, ("The Paper", "Al Marfa", "The Post"))
        assert (told.copies, told.also_in) == (3, ("Arabic",))
        assert {(each.story_id, each.article_id) for each in told.carried} == {(1, 10), (2, 11)}
        assert "3 copies · others in Arabic" in rendered(material).text

    def test_a_stored_story_of_two_events_is_two_entries_and_counts_for_one(self) -> None:
        """Its outlets and copies belong to the event that it has most reports of."""
        items = [
            replace(ITEM, article_id=ArticleId(number), outlet=f"Paper {number}")
            for number in (10, 11, 12)
        ]
        stored = replace(STORY, outlets=("Paper 10", "Paper 11", "Paper 12", "Post"), copies=2)
        material = replace(
            FULL, articles=items, stories=[stored], events=[event(10), event(11, 12)]
        )
        shown = {
            told.article_id: (set(told.outlets), told.copies) for told in build(material).shown
        }
        assert shown == {
            10: ({"Paper 10"}, 0),
            11: ({"Paper 10", "Paper 11", "Paper 12", "Post"}, 2),
        }


class TestDeveloping:
    def test_a_story_told_before_tells_what_it_was_called(self) -> None:
        material = replace(
            FULL,
            known=TOLD,
            called={StoryId(1): "A plane is awaited"},
            outlets_before={StoryId(1): ["The Post"]},
        )
        (told,) = build(material).shown
        assert (told.state, told.new_outlets, told.called) == (
            "developing",
            1,
            "A plane is awaited",
        )
        mail = rendered(material)
        assert "DEVELOPING  Envoy lands in Larnaca" in mail.text
        assert "The Paper, The Post (+1 outlet)" in mail.text
        assert "Last called “A plane is awaited”" in mail.text
        assert "1 developing ·" in mail.text

    def test_a_name_that_stayed_is_not_told_again(self) -> None:
        (told,) = build(replace(FULL, known=TOLD, called={StoryId(1): ITEM.title.upper()})).shown
        assert told.called == ""

    def test_an_event_that_an_earlier_edition_told_is_developing_whatever_its_new_story(
        self,
    ) -> None:
        material = replace(
            FULL,
            events=[event(9, 10, stories=(1, 7))],  # article 9 of story 7 was told yesterday
            known=frozenset({TopicStory("witkoff", StoryId(7))}),
            outlets_before={StoryId(7): ["The Paper"]},
        )
        (told,) = build(material).shown
        assert (told.state, told.new_outlets) == ("developing", 1)

    items = tuple(
        replace(
            ITEM,
            article_id=ArticleId(20 + n),
            outlet=f"Paper {n}",
            url=f"https://paper.example/{n}",
            score=0.5,
            seen_at=SEEN + timedelta(hours=n),
            new_sentence=f"{word} was settled.",
        )
        for n, word in enumerate(("Grain", "Harbour", "Ferries", "Customs"))
    )
    assert len(items) == MOST_DEVELOPMENTS + 2

    def test_the_newest_of_what_changed_is_shown_and_the_rest_counted(self) -> None:
        material = replace(FULL, articles=[ITEM, *self.items], known=TOLD)
        (told,) = build(material).shown
        assert [each.sentence for each in told.developments] == [
            "Customs was settled.",
            "Ferries was settled.",
        ]
        text = rendered(material).text
        assert "What changed:\n  + Customs was settled.\n    Paper 3, Wed 14" in text
        assert "and 2 developments more" in text

    def test_a_new_story_has_changed_nothing(self) -> None:
        (told,) = build(replace(FULL, articles=[ITEM, *self.items])).shown
        assert told.developments == ()

    @pytest.mark.parametrize("shown", [ITEM.mentions[0].sentence, ITEM.title])
    def test_what_headline_or_quote_say_is_not_what_changed(self, shown: str) -> None:
        item = replace(ITEM, new_sentence=shown)
        (told,) = build(replace(FULL, articles=[item], known=TOLD)).shown
        assert told.developments == ()

    def test_a_changed_number_is_shown_with_what_it_was(self) -> None:
        """Also where the headline says it: what it was before does not stand there."""
        item = replace(ITEM, title="Quay fire kills 19", new_sentence="Quay fire kills 19")
        item = replace(item, number_before="12")
        material = replace(FULL, articles=[item], known=TOLD)
        assert "+ Quay fire kills 19 (was 12)" in rendered(material).text
        assert ">(was <bdi>12</bdi>)</span>" in rendered(material).html

    def test_a_long_sentence_is_cut(self) -> None:
        item = replace(ITEM, new_sentence="word " * 200)
        (told,) = build(replace(FULL, articles=[item], known=TOLD)).shown
        (one,) = told.developments
        assert one.sentence.endswith("word …")
        assert len(one.sentence) <= DEVELOPMENT_LENGTH


class TestRanking:
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (story(2, "A", "B", "C"), story(1, "D")),
            (story(2, "A", "B"), story(1, "C", "D", seen_at=SEEN - timedelta(hours=20))),
            (story(2, salience="headline"), story(1, salience="body")),
            (story(2, score=0.9), story(1, score=0.3)),
            (story(2, "A", "B", "C", salience="body"), story(1, salience="headline", score=0.7)),
        ],
        ids=["outlets", "recency", "salience", "score", "outlets-before-salience"],
    )
    def test_what_weighs(
        self, first: tuple[FlaggedArticle, object], second: tuple[FlaggedArticle, object]
    ) -> None:
        stories = []
        for article, facts in (second, first):
            stories.append((article, replace(facts, last_seen_at=article.seen_at)))  # type: ignore[type-var]
        told = build(of(*stories)).shown  # type: ignore[arg-type]
        assert [each.story_id for each in told] == [2, 1]

    def test_its_reports_weigh_and_copies_do_not(self) -> None:
        copied, own = story(1, "A", "B", "C"), story(2, "D", "E", "F")
        another = (replace(own[0], article_id=ArticleId(20)), own[1])
        told = build(of((copied[0], replace(copied[1], copies=9)), own, another)).shown
        assert [(each.story_id, each.reports) for each in told] == [(2, 2), (1, 1)]

    @pytest.mark.parametrize(("has_text", "salience"), [(True, "passing"), (False, "body")])
    def test_a_headline_and_a_summary_name_nothing_in_passing(
        self, has_text: bool, salience: str
    ) -> None:
        edition = build(of(story(1, salience="passing", has_text=has_text)))
        assert [told.salience for told in edition.shown] == [salience]
        assert len(edition.passing) == has_text

    def test_a_developing_story_of_many_outlets_stands_before_a_new_one_of_one(self) -> None:
        material = of(story(1, "A", "B", "C"), story(2), known=TOLD)
        assert [each.state for each in build(material).shown] == ["developing", "new"]

    @given(st.permutations(range(1, 7)))
    def test_no_place_is_decided_by_a_number_of_a_row(self, numbers: list[int]) -> None:
        """The same stories under other numbers, in another order, stand in the same order."""
        stories = [
            story(number, title=f"Event {place}", url=f"https://paper.example/{place}")
            for place, number in enumerate(numbers)
        ]
        stories.sort(key=lambda one: one[1].story_id)
        assert [each.title for each in build(of(*stories)).shown] == [
            f"Event {place}" for place in range(6)
        ]

    def test_mentions_in_passing_stand_at_the_end_by_their_headlines(self) -> None:
        passing = [
            story(number, "A", "B", "C", "D", salience="passing", title=f"Aside {number}")
            for number in range(10, 20)
        ]
        edition = build(of(*passing, story(1)))
        assert [each.story_id for each in edition.sections[0].told] == [1]
        assert len(edition.passing) == 4
        assert edition.summary == "1 new story"
        text = rendered(of(*passing, story(1))).text
        assert "IN PASSING\n- Aside 10 (A)\n" in text
        assert "and 6 other mentions in passing" in text
        assert len(edition.told) == 11  # all of them

    def test_a_day_of_mentions_in_passing_is_called_by_none_of_them(self) -> None:
        material = of(
            story(1, salience="passing"), story(2, salience="passing", topic="gaza-mediators")
        )
        edition = build(material)
        assert edition.subject == "Wednesday 14 January: mentions in passing only"
        assert edition.preheader == "Event 1 takes place · Event 2 takes place"
        text = rendered(material).text
        assert "In passing only: Steve Witkoff, Gaza mediators.\n" in text
        assert "Nothing new on Ukraine talks.\n" in text
        assert "In passing only: <bdi>Steve Witkoff</bdi>" in rendered(material).html

    def test_the_subject_counts_what_the_summary_counts(self) -> None:
        asides = [story(number, salience="passing") for number in (10, 11)]
        edition = build(of(*asides, story(1), story(2), story(3)))
        assert (edition.summary, edition.subject) == (
            "3 new stories",
            "Event 1 takes place · and 2 more",
        )


class TestTheFace:
    note = replace(ITEM, title=" ", summary=None)

    @pytest.mark.parametrize(
        ("note", "title"),
        [
            (replace(note, summary="The envoy sails at noon. More soon."), "The envoy sails at"),
            (note, ITEM.mentions[0].sentence),
            (replace(note, mentions=()), ITEM.url),
        ],
        ids=["summary", "sentence", "address"],
    )
    def test_an_item_without_a_title_begins_with_its_own_words(
        self, note: FlaggedArticle, title: str
    ) -> None:
        edition = build(replace(FULL, articles=[note]))
        assert edition.shown[0].title.startswith(title)
        assert edition.subject.startswith(title)

    def test_an_item_with_a_title_is_the_face_before_one_without(self) -> None:
        titled = replace(ITEM, article_id=ArticleId(11), score=0.2, title="Envoy sails")
        (told,) = build(replace(FULL, articles=[self.note, titled])).shown
        assert told.title == "Envoy sails"

    abroad = replace(
        ITEM, article_id=ArticleId(11), score=0.95, language="ru", title="Посланник", outlet="Маяк"
    )
    bare = replace(
        ITEM, article_id=ArticleId(12), score=0.9, has_text=False, title="Bare", outlet="Brief"
    )
    live = replace(ITEM, article_id=ArticleId(13), score=0.9, is_live=True, title="Live: talks")

    @pytest.mark.parametrize(
        ("others", "languages", "title", "foreign", "also"),
        [
            ([abroad], ("en",), ITEM.title, "", ("Russian",)),
            ([abroad], ("ru",), "Посланник", "", ("English",)),
            ([abroad], ("ru", "en"), "Посланник", "", ("English",)),
            ([abroad], ("fr",), "Посланник", "Russian", ("English",)),
            ([bare], ("en",), ITEM.title, "", ()),
            ([live], ("en",), ITEM.title, "", ()),
            ([bare, abroad], ("en",), ITEM.title, "", ("Russian",)),
            ([replace(abroad, language="nn")], ("no",), "Посланник", "", ("English",)),
        ],
        ids=["own", "theirs", "both", "neither", "text", "live", "text-and-own", "related"],
    )
    def test_a_headline_that_the_reader_reads_of_an_article_with_a_text(
        self,
        others: list[FlaggedArticle],
        languages: tuple[str, ...],
        title: str,
        foreign: str,
        also: tuple[str, ...],
    ) -> None:
        reader = replace(READER, languages=languages)
        (told,) = build(replace(FULL, articles=[ITEM, *others]), reader).shown
        assert (told.title, told.foreign, told.also_in) == (title, foreign, also)

    def test_of_those_the_one_that_tells_most_of_the_topic(self) -> None:
        weaker = replace(ITEM, article_id=ArticleId(9), score=0.2, title="An aside")
        (told,) = build(replace(FULL, articles=[weaker, ITEM])).shown
        assert told.title == ITEM.title

    def test_a_foreign_headline_says_so_and_is_marked_for_screen_readers(self) -> None:
        hebrew = replace(ITEM, language="he", title="שליח נחת")
        mail = rendered(replace(FULL, articles=[hebrew]))
        assert "NEW  שליח נחת [Hebrew]" in mail.text
        assert 'lang="he" dir="rtl"' in mail.html
        assert ">Hebrew</span>" in mail.html

    @pytest.mark.parametrize("languages", [("en",), ("he",)])
    def test_a_translation_stands_beside_a_foreign_headline_and_never_for_it(
        self, languages: tuple[str, ...]
    ) -> None:
        hebrew = replace(ITEM, language="he", title="שליח נחת")
        material = replace(FULL, articles=[hebrew], translations={"שליח נחת": "Envoy <landed>"})
        mail = rendered(material, replace(READER, languages=languages))
        assert "שליח נחת" in mail.subject
        assert ("Machine translation: Envoy <landed>" in mail.text) is (languages == ("en",))
        assert ("<bdi>Envoy &lt;landed&gt;</bdi>" in mail.html) is (languages == ("en",))

    def test_a_reader_of_no_language_of_ours_gets_the_subject_in_the_one_they_read(self) -> None:
        strong = story(1, "A", "B", "C", language="ru", title="Посланник")
        edition = build(of(strong, story(2)))
        assert edition.subject == "Event 2 takes place · and 1 more"
        assert edition.preheader == "Посланник"


def test_copies_are_a_count() -> None:
    mail = rendered(replace(FULL, stories=[replace(STORY, copies=7)]))
    assert "7 copies" in mail.text
    assert "7 copies" in mail.html
    assert "cop" not in rendered(FULL).text


def test_unchanged_stories_are_a_count() -> None:
    assert "3 stories of the last edition unchanged" in rendered(replace(QUIET, unchanged=3)).text


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (None, "seen Wed 14 Jan 07:00"),
        (SEEN, "published Wed 14 Jan 07:00"),
        (SEEN - timedelta(hours=2), "published Wed 14 Jan 05:00, seen 07:00"),
        (SEEN - timedelta(days=2), "published Mon 12 Jan 07:00, seen Wed 14 Jan 07:00"),
    ],
)
def test_when_it_was_published_stands_beside_when_it_was_seen(published: object, told: str) -> None:
    article = replace(ITEM, published_at=published)  # type: ignore[arg-type]
    mail = rendered(replace(FULL, articles=[article]))
    assert f"The Paper, The Post · {told}\n" in mail.text


def test_the_sentence_with_the_name_is_quoted() -> None:
    mail = rendered(FULL)
    assert "“On Monday Mr *Witkoff* stepped out of the plane in the rain.”" in mail.text
    assert "Mr <b" in mail.html


def test_a_quote_of_another_outlet_names_it() -> None:
    bare = replace(ITEM, mentions=(mention(ITEM.title, "Envoy", field="title"),))
    other = replace(
        ITEM, article_id=ArticleId(11), score=0.3, outlet="The Post", title="Rain delays a plane"
    )
    (told,) = build(replace(FULL, articles=[bare, other])).shown
    assert told.title == ITEM.title
    assert told.quote is not None
    assert told.quote.outlet == "The Post"
