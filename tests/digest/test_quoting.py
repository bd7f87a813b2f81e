"""The quote tells more than the headline, and its name is marked as it stands there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editions import ITEM, mention
from newswatch.digest.edition import Evidence
from newswatch.digest.quoting import AFTER, BEFORE, evidence_of, marked, named_in_title, repeats
from newswatch.models import PlacedMention

TITLE = ITEM.title  # Envoy lands in Larnaca
SENTENCE = "On Monday Mr Witkoff stepped out of the plane in the rain."


def shown(evidence: Evidence | None) -> str | None:
    return evidence and f"{evidence.before}[{evidence.match}]{evidence.after}"


def quoted(*mentions: PlacedMention, title: str = TITLE, summary: str | None = None) -> str | None:
    article = replace(ITEM, title=title, mentions=mentions, summary=summary)
    return shown(evidence_of(article, title))


@pytest.mark.parametrize(
    ("sentence", "headline", "same"),
    [
        (TITLE, TITLE, True),
        ("ENVOY LANDS IN LARNACA.", TITLE, True),
        ("Envoy lands, in Larnaca!", TITLE, True),
        ("Larnaca: envoy lands", TITLE, True),
        ("Lands in Larnaca", TITLE, True),
        (SENTENCE, TITLE, False),
        ("The envoy lands in Larnaca after a day of talks with the mediators.", TITLE, False),
        ("特使周一抵达拉纳卡", "特使抵达拉纳卡", False),
        ("特使抵达拉纳卡。", "特使抵达拉纳卡", True),
        ("", TITLE, True),
    ],
)
def test_what_repeats_a_headline(sentence: str, headline: str, same: bool) -> None:
    assert repeats(sentence, headline) is same


@given(st.text(), st.sampled_from(["", ".", " …", "!"]))
def test_a_headline_repeats_itself(title: str, ending: str) -> None:
    assert repeats(title + ending, title)


class TestChoice:
    def test_a_sentence_that_names_the_subject(self) -> None:
        support = mention("The envoy was met by ministers on the quay.", "envoy", part="support")
        assert quoted(support, mention(SENTENCE)) == (
            "On Monday Mr [Witkoff] stepped out of the plane in the rain."
        )

    def test_not_the_headline_nor_what_repeats_it(self) -> None:
        title = "Witkoff lands in Larnaca"
        assert quoted(mention(title, field="title"), mention(f"{title}."), title=title) is None
        assert quoted(mention(f"{title}."), mention(SENTENCE), title=title) == (
            "On Monday Mr [Witkoff] stepped out of the plane in the rain."
        )

    def test_the_sentence_with_most_mentions_of_those(self) -> None:
        poor = mention("Doha is far away from the island.", "Doha")
        rich = "Doha, Cairo and Ankara sent their mediators."
        mentions = [mention(rich, word) for word in ("Doha", "Cairo", "mediators")]
        assert quoted(poor, *mentions) == "[Doha], Cairo and Ankara sent their mediators."

    def test_a_sentence_that_supports_the_flag_where_none_names_the_subject(self) -> None:
        support = mention("The envoy was met by ministers on the quay.", "envoy", part="support")
        assert quoted(support) == "The [envoy] was met by ministers on the quay."

    def test_of_a_headline_alone_the_outlet_s_summary(self) -> None:
        bare = mention(TITLE, "Envoy", field="title")
        assert quoted(bare, summary="He will meet four ministers.") == (
            "He will meet four ministers.[]"
        )
        assert quoted(bare, summary=f"{TITLE}.") is None
        assert quoted(bare, summary="  ") is None


class TestTheMark:
    @pytest.mark.parametrize(
        ("sentence", "names", "found"),
        [
            ("Mr Witkoff landed.", ["Witkoff"], "Mr [Witkoff] landed."),
            ("Steve Witkoff landed.", ["Steve", "Witkoff"], "[Steve Witkoff] landed."),
            ("Steve Witkoff landed.", ["Witkoff", "Steve"], "[Steve Witkoff] landed."),
            ("So Steven C. Witkoff said", ["Steven", "Witkoff"], "So [Steven] C. Witkoff said"),
            ("Witkoff envoy landed.", ["Witkoff", "envoy"], "[Witkoff] envoy landed."),
            ("Witkoff's plane", ["Witkoff"], "[Witkoff]'s plane"),
            ("L'Égypte médie", ["Égypte"], "L'[Égypte] médie"),
            ("pro-Witkoff-Lager", ["Witkoff"], "pro-[Witkoff]-Lager"),
            ("וכך המתווכים אמרו", ["מתווכים"], "וכך [המתווכים] אמרו"),
            ("الوفد التركي، برئاسة", ["تركي"], "الوفد [التركي]، برئاسة"),
            ("美国特使威特科夫抵达", ["威特科夫"], "美国特使[威特科夫]抵达"),
            ("Уиткоффом", ["Уиткофф"], "[Уиткоффом]"),
        ],
    )
    def test_the_whole_name_and_no_space_more(
        self, sentence: str, names: list[str], found: str
    ) -> None:
        mentions = [mention(sentence, name) for name in names]
        assert shown(marked(mentions[0], mentions)) == found

    def test_it_stands_at_the_stored_place(self) -> None:
        """Not at the first like string."""
        sentence = "Steven said that Steve would land."
        second = mention(sentence, "Steve", before="Last line. Steven said that ")
        assert shown(marked(second, [second])) == "Steven said that [Steve] would land."

    def test_a_sentence_that_was_cut_when_it_was_stored_is_marked_all_the_same(self) -> None:
        cut = mention("… Steven and Steve came.", "Steve", before="a long way off Steven and ")
        assert shown(marked(cut, [cut])) == "… Steven and [Steve] came."

    def test_what_is_long_is_cut_around_it(self) -> None:
        long = mention("word " * 200 + "Witkoff" + " word" * 200)
        found = marked(long, [long])
        assert found.before.startswith("… ")
        assert found.after.endswith(" …")
        assert len(found.before) <= BEFORE
        assert len(found.after) <= AFTER

    def test_where_nothing_is_quoted_the_headline_is_marked(self) -> None:
        title = "Envoy Steve Witkoff lands"
        mentions = tuple(mention(title, word, field="title") for word in ("Steve", "Witkoff"))
        found = named_in_title(replace(ITEM, mentions=mentions), title)
        assert shown(found) == "Envoy [Steve Witkoff] lands"
        assert named_in_title(ITEM, title) is None
