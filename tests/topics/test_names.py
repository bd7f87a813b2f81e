"""Form by form: the right forms of each watched name are found, those of others are not; and what
each shipped topic is about."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from newswatch.topics.boundaries import script_of_end
from newswatch.topics.check import failed_tests
from newswatch.topics.load import MASKS, Topic
from newswatch.topics.match import Matcher
from shipped import shipped, shipped_matcher

NAMES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "names.yaml").read_text()
)
READERS = {"latin": "en", "cyrillic": "ru", "hebrew": "he", "arabic": "ar", "hangul": "ko"}


@cache
def finder() -> Matcher:
    """Of the groups alone: what a mask covers is found as well."""
    return Matcher(
        [
            replace(topic, groups={key: row for key, row in topic.groups.items() if key != MASKS})
            for topic in shipped().topics
        ]
    )


def forms(row: dict[str, Any]) -> dict[str, list[str]]:
    return {key: value for key, value in row.items() if key not in ("groups", "not")}


def found(group: str, form: str, language: str | None) -> list[str]:
    spaceless = script_of_end(form) == "spaceless"
    text = f"報{form}到" if spaceless else f"… {form} …"
    topic_id, _, name = group.partition(".")
    return [
        reading.article.parts[hit.part].text[hit.start : hit.end]
        for reading in finder().readings("", text, language)
        if reading.topic.topic_id == topic_id
        for hit in reading.found.get(name, ())
    ]


@pytest.mark.parametrize("name", NAMES)
def test_forms_of_the_name_are_found(name: str) -> None:
    row = NAMES[name]
    missing = [
        f"{group}: {language}: {form}"
        for group in row["groups"]
        for language, some in forms(row).items()
        for form in some
        if not found(group, form, language)
    ]
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_what_only_looks_like_it_is_not(name: str) -> None:
    row = NAMES[name]
    wrong = [
        f"{group}: {other}: {hits}"
        for group in row["groups"]
        for other in row["not"]
        if (hits := found(group, other, READERS.get(script_of_end(other))))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_at_least_twelve_languages_in_eight_scripts(name: str) -> None:
    some = forms(NAMES[name])
    assert len(some) >= 12
    assert len({script_of_end(form) for same in some.values() for form in same}) >= 8


def flagged_topics(text: str) -> list[str]:
    return [flag.topic for flag in shipped_matcher().match("", text)]


NOT_THE_ENVOY = [
    "Alex Witkoff",
    "Zach Witkoff",
    "the Witkoff Group",
    "le groupe Witkoff",
    "Witkow",
]


@pytest.mark.parametrize("text", NOT_THE_ENVOY)
def test_his_family_and_firm_are_not(text: str) -> None:
    assert "witkoff" not in flagged_topics(f"Yesterday {text} was there.")


@pytest.mark.parametrize(
    ("topic", "text", "flagged"),
    [
        ("gaza-mediators", "Qatar mediates between Israel and Hamas.", True),
        ("gaza-mediators", "Mediators met Hamas in Cairo over the hostages.", True),
        ("gaza-mediators", "Die Vermittler übergaben der Hamas einen Vorschlag.", True),
        ("gaza-mediators", "Los mediadores entregaron la propuesta a Hamás.", True),
        ("gaza-mediators", "Посредники передали ХАМАС предложение по Газе.", True),
        ("gaza-mediators", "سلم الوسطاء حماس مقترحا جديدا.", True),
        ("gaza-mediators", "המתווכות העבירו לחמאס הצעה.", True),
        ("gaza-mediators", "Arabulucular Hamas'a yeni bir teklif sundu.", True),
        ("gaza-mediators", "The US-brokered ceasefire in Gaza held on Friday.", False),
        ("gaza-mediators", "The Trump-brokered truce in Gaza entered its second week.", False),
        ("gaza-mediators", "Qatar and Egypt drew one-all in Doha.", False),
        ("gaza-mediators", "Mediators met the Sudanese army and the RSF in Cairo.", False),
        ("gaza-mediators", "Egypt reopened the Rafah crossing to lorries with flour.", False),
        ("gaza-mediators", "Egypt condemned the strike on Gaza.", False),
        ("ukraine-talks", "Envoys discussed a peace plan for Ukraine in Geneva.", True),
        ("ukraine-talks", "The strike came as US-led peace talks on Ukraine stall.", True),
        ("ukraine-talks", "Переговоры о мире в Украине продолжились в среду.", True),
        ("ukraine-talks", "Die Friedensgespräche über die Ukraine gehen weiter.", True),
        ("ukraine-talks", "Les pourparlers de paix sur l'Ukraine ont repris à Genève.", True),
        ("ukraine-talks", "محادثات السلام بشأن أوكرانيا تستأنف غدا.", True),
        ("ukraine-talks", "Drones hit a power station near Kharkiv, Ukraine said.", False),
        ("ukraine-talks", "Ukraine opened a chapter of its EU accession negotiations.", False),
        ("ukraine-talks", "Russia and Ukraine exchanged 190 prisoners each.", False),
        ("ukraine-talks", "Ukraine negotiated a loan with the Monetary Fund.", False),
        ("ukraine-talks", "Peace talks between Congo and the rebels resumed in Doha.", False),
    ],
)
def test_what_each_topic_is_and_is_not(topic: str, text: str, flagged: bool) -> None:
    assert (topic in flagged_topics(text)) == flagged


@pytest.mark.parametrize("topic", shipped().topics, ids=lambda topic: topic.topic_id)
def test_every_shipped_topic_passes_its_own_tests(topic: Topic) -> None:
    assert topic.tests
    assert failed_tests(topic) == []


def test_all_three_are_shipped_and_none_is_broken() -> None:
    assert sorted(topic.topic_id for topic in shipped().topics) == [
        "gaza-mediators",
        "ukraine-talks",
        "witkoff",
    ]
    assert shipped().errors == ()
