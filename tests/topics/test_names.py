"""Form by form: the right forms of a watched name are found, the wrong ones are not."""

from __future__ import annotations

import pytest

from newswatch.settings import HOME
from newswatch.topics.check import failed_tests
from newswatch.topics.load import Topic, load_topics
from newswatch.topics.match import Matcher

LOADED = load_topics(HOME / "dags" / "watchlist" / "topics")
TOPICS = {topic.topic_id: topic for topic in LOADED.topics}

WITKOFF = {
    "en": ["Witkoff", "Witkoff's", "Witkoff’s", "WITKOFF", "Steve Witkoff,", "(Witkoff)"],
    "de": ["Witkoffs", "Witkoff-Besuch"],
    "pl": ["Witkoffa", "Witkoffem", "Witkoffowi"],
    "cs": ["Witkoffa", "Witkoffem", "Witkoffovi"],
    "tr": ["Witkoff'un", "Witkoff’la"],
    "fi": ["Witkoffin", "Witkoffilla"],
    "ru": ["Уиткофф", "Уиткоффа", "Уиткоффу", "Уиткоффом", "Уиткоффе", "Виткоффа"],
    "uk": ["Віткофф", "Віткоффа", "Віткоффом"],
    "he": ["ויטקוף", "וויטקוף", "לוויטקוף", "שוויטקוף"],
    "ar": ["ويتكوف", "لويتكوف", "بويتكوف", "وويتكوف"],
    "fa": ["ویتکاف", "ویتکوف"],
    "el": ["Γουίτκοφ"],
    "zh": ["威特科夫", "维特科夫"],
    "ja": ["ウィトコフ氏"],
    "ko": ["위트코프는"],
    "hi": ["विटकॉफ"],
}
NOT_WITKOFF = [
    "Witkoffsky",
    "Nowitkoff",
    "Witkowski",
    "Alex Witkoff",
    "Zach Witkoff",
    "the Witkoff Group",
    "le groupe Witkoff",
    "Witkow",
    "Виткоффский",
]


def mentions(topic: str, text: str, language: str | None = None) -> list[str]:
    found = Matcher([TOPICS[topic]]).match("", text, language)
    return [mention.text for flag in found for mention in flag.mentions]


@pytest.mark.parametrize(
    ("language", "form"),
    [(language, form) for language, forms in WITKOFF.items() for form in forms],
)
def test_a_form_of_the_name_is_found(language: str, form: str) -> None:
    text = f"x {form} y" if language not in ("zh", "ja") else f"報{form}到"
    assert mentions("witkoff", text, language), form


@pytest.mark.parametrize("text", NOT_WITKOFF)
def test_somebody_else_is_not(text: str) -> None:
    assert mentions("witkoff", f"Yesterday {text} was there.") == []


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
    assert bool(Matcher([TOPICS[topic]]).match("", text)) == flagged


@pytest.mark.parametrize("topic", LOADED.topics, ids=lambda topic: topic.topic_id)
def test_every_shipped_topic_passes_its_own_tests(topic: Topic) -> None:
    assert topic.tests
    assert failed_tests(topic) == []


def test_all_three_are_shipped_and_none_is_broken() -> None:
    assert sorted(TOPICS) == ["gaza-mediators", "ukraine-talks", "witkoff"]
    assert LOADED.errors == ()
