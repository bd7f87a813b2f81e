"""Names, places and numbers: what tells one event in any language."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.stories.anchors import Anchor, anchors_of
from newswatch.stories.rules import FIRST
from newswatch.text.names import skeleton_of
from newswatch.text.places import place_of, places_in


@pytest.mark.parametrize(
    ("skeleton", "forms"),
    [
        ("slnsk", [("Zelenskyy", "en"), ("Selenskyj", "de"), ("Zełenski", "pl")]),
        ("slnsk", [("Зеленский", "ru"), ("Зеленського", "uk"), ("زيلينسكي", "ar")]),
        ("ksnl", [("Kushner", "en"), ("Кушнера", "ru"), ("كوشنر", "ar"), ("קושנר", "he")]),
        ("ftkf", [("Witkoff", "en"), ("Віткофф", "uk"), ("Уиткофф", "ru"), ("ويتكوف", "ar")]),
        ("lflf", [("Lavrov", "en"), ("Lawrow", "de"), ("Ławrow", "pl"), ("Лаврову", "ru")]),
        ("tlmp", [("Trump", "en"), ("Трампу", "ru"), ("ترامب", "ar")]),
        ("ldgn", [("Erdoğan", "tr"), ("Erdogan", "en"), ("Эрдогана", "ru"), ("أردوغان", "ar")]),
        ("fsntn", [("Washington", "en"), ("Вашингтон", "ru"), ("واشنطن", "ar")]),
        ("", [("Aia", "en"), ("Оуэ", "ru")]),
    ],
)
def test_the_consonants_of_a_name(skeleton: str, forms: list[tuple[str, str]]) -> None:
    assert {form: skeleton_of(form.lower(), tag) for form, tag in forms} == {
        form: skeleton for form, _ in forms
    }


@given(st.text(max_size=30), st.sampled_from([None, "en", "de", "ar", "he", "xx"]))
def test_a_skeleton_has_no_vowel_and_no_double(word: str, language: str | None) -> None:
    skeleton = skeleton_of(word, language)
    assert set(skeleton) <= set("pftdskglmn")
    assert all(letter != following for letter, following in pairwise(skeleton))


@pytest.mark.parametrize(
    ("word", "language", "place"),
    [
        ("norway", "en", "@NO"),
        ("norway", "de", None),
        ("norwegen", "de", "@NO"),
        ("норвегию", "ru", "@NO"),
        ("norvegiassa", "fi", None),  # more letters than a case ending
        ("москве", "ru", "@Europe/Moscow"),
        ("варшави", "uk", "@Europe/Warsaw"),
        ("nairobi", "en", "@Africa/Nairobi"),
        ("وكينيا", "ar", "@KE"),
        ("كينيا", "ar", "@KE"),
        ("mal", "en", None),
        ("norway", None, None),
        ("norway", "xx", None),
        ("norway", "not a language", None),
    ],
)
def test_place_of(word: str, language: str | None, place: str | None) -> None:
    assert place_of(word, language) == place


@pytest.mark.parametrize(
    ("text", "language", "places"),
    [
        ("挪威和肯尼亚", "zh", ["@NO", "@KE"]),
        ("ノルウェーとケニア", "ja", ["@NO", "@KE"]),
        ("マリソル", "ja", []),  # not Mali: it goes on
        ("Norway", "en", []),
        ("挪威", None, []),
    ],
)
def test_places_where_no_space_parts_words(
    text: str, language: str | None, places: list[str]
) -> None:
    assert [place for place, _ in places_in(text, language)] == places


@pytest.mark.parametrize(
    ("text", "language", "anchors"),
    [
        ("In May envoy Ada Tarrant met Rokstad.", "en", {"~tlnt", "~lkstd"}),
        ("Trawlers stay. Then Tarrant left.", "en", {"~tlnt"}),  # Trawlers only begins a sentence
        ("Kenya agreed, said Tarrant.", "en", {"@KE", "~tlnt"}),  # but a place is one anywhere
        ("The Mark fell; one mark buys less, said Tarrant.", "en", {"~tlnt"}),
        ("They kept 41 of 1250 boats, 3 more than in 2019.", "en", {"#41", "#1250"}),
        ("بقاء ٤١ سفينة", "ar", {"#41", "~sfn"}),
        ("Der Vermittler Tarrant sprach.", "de", {"~flmtl", "~tlnt"}),  # every noun may be a name
        ("ロクスタド大臣は41隻と述べた", "ja", {"#41", "~lkstd"}),
        ("", "en", set()),
    ],
)
def test_anchors_of(text: str, language: str, anchors: set[str]) -> None:
    assert anchors_of("", text, language, FIRST).keys() == anchors


def test_the_headline_adds_to_what_the_text_has() -> None:
    found = anchors_of("Tarrant Praises Crews Of Bergen", "In Oslo Tarrant spoke.", "en", FIRST)
    assert found == {"@Europe/Oslo": Anchor(1, "Oslo"), "~tlnt": Anchor(2, "Tarrant")}
    assert anchors_of("Tarrant Praises Crews Of Bergen", "", "en", FIRST) == {}


def test_only_the_beginning_counts() -> None:
    assert anchors_of("", "word " * FIRST.anchored_characters + "said Tarrant", "en", FIRST) == {}
