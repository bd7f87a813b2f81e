"""A concept that one language has, the others have: the same words say the same to the scorer."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from newswatch.topics.match import Matcher
from shipped import shipped_matcher

# What is said, and the groups that must find it.
CONCEPTS: Mapping[str, frozenset[str]] = {
    "peace talks": frozenset({"peace-talks", "peace", "talks"}),
    "a peace plan": frozenset({"peace-talks", "peace", "deal"}),
    "the end of the war": frozenset({"settling", "ending", "fighting"}),
    "security guarantees": frozenset({"guarantees"}),
    "to cede territory": frozenset({"give", "territory"}),
    "refuses a ceasefire": frozenset({"stance", "peace"}),
    "the delegation of negotiators": frozenset({"negotiators"}),
    "a loan from the budget": frozenset({"business"}),
    "an exchange of prisoners": frozenset({"prisoners"}),
    "a drone attack": frozenset({"battle"}),
}
# In the order of the concepts.
SAID: Mapping[str, tuple[str, ...]] = {
    "en": (
        "peace talks",
        "a peace plan",
        "the end of the war",
        "security guarantees",
        "to cede territory",
        "refuses a ceasefire",
        "the delegation of negotiators",
        "a loan from the budget",
        "an exchange of prisoners",
        "a drone attack",
    ),
    "de": (
        "Friedensgespräche",
        "ein Friedensplan",
        "das Ende des Krieges",
        "Sicherheitsgarantien",
        "Gebiete abtreten",
        "lehnt eine Waffenruhe ab",
        "die Delegation der Unterhändler",
        "ein Kredit aus dem Haushalt",
        "ein Gefangenenaustausch",
        "ein Drohnenangriff",
    ),
    "nl": (
        "vredesoverleg",
        "een vredesplan",
        "het einde van de oorlog",
        "veiligheidsgaranties",
        "grondgebied afstaan",
        "weigert een staakt-het-vuren",
        "de delegatie van onderhandelaars",
        "een lening uit de begroting",
        "een gevangenenruil",
        "een droneaanval",
    ),
    "fr": (
        "des pourparlers de paix",
        "un plan de paix",
        "la fin de la guerre",
        "des garanties de sécurité",
        "céder des territoires",
        "refuse un cessez-le-feu",
        "la délégation de négociateurs",
        "un prêt du budget",
        "un échange de prisonniers",
        "une attaque de drones",
    ),
    "es": (
        "conversaciones de paz",
        "un plan de paz",
        "el fin de la guerra",
        "garantías de seguridad",
        "ceder territorio",
        "rechaza un alto el fuego",
        "la delegación de negociadores",
        "un préstamo del presupuesto",
        "un intercambio de prisioneros",
        "un ataque con drones",
    ),
    "pt": (
        "conversações de paz",
        "um plano de paz",
        "o fim da guerra",
        "garantias de segurança",
        "ceder território",
        "rejeita um cessar-fogo",
        "a delegação de negociadores",
        "um empréstimo do orçamento",
        "uma troca de prisioneiros",
        "um ataque de drones",
    ),
    "it": (
        "colloqui di pace",
        "un piano di pace",
        "la fine della guerra",
        "garanzie di sicurezza",
        "cedere territori",
        "rifiuta una tregua",
        "la delegazione dei negoziatori",
        "un prestito dal bilancio",
        "uno scambio di prigionieri",
        "un attacco di droni",
    ),
    "ru": (
        "мирные переговоры",
        "мирный план",
        "окончание войны",
        "гарантии безопасности",
        "отдать территории",
        "отвергает перемирие",
        "делегация переговорщиков",
        "кредит из бюджета",
        "обмен пленными",
        "атака беспилотников",
    ),
    "uk": (
        "мирні перемовини",
        "мирний план",
        "завершення війни",
        "гарантії безпеки",
        "віддати території",
        "відкидає перемир'я",
        "делегація перемовників",
        "кредит із бюджету",
        "обмін полоненими",
        "атака дронів",
    ),
    "pl": (
        "rozmowy pokojowe",
        "plan pokojowy",
        "zakończenie wojny",
        "gwarancje bezpieczeństwa",
        "oddać terytorium",
        "odrzuca rozejm",
        "delegacja negocjatorów",
        "pożyczka z budżetu",
        "wymiana jeńców",
        "atak dronów",
    ),
    "cs": (
        "mírová jednání",
        "mírový plán",
        "ukončení války",
        "bezpečnostní záruky",
        "vzdát se území",
        "odmítá příměří",
        "delegace vyjednavačů",
        "půjčka z rozpočtu",
        "výměna zajatců",
        "útok dronů",
    ),
    "tr": (
        "barış görüşmeleri",
        "barış planı",
        "savaşın sona ermesi",
        "güvenlik garantileri",
        "toprak vermek",
        "ateşkesi reddetti",
        "müzakereci heyet",
        "bütçeden kredi",
        "esir takası",
        "drone saldırısı",
    ),
    "ar": (
        "محادثات السلام",
        "خطة السلام",
        "إنهاء الحرب",
        "ضمانات أمنية",
        "التنازل عن أراض",
        "يرفض الهدنة",
        "وفد المفاوضين",
        "قرض من الميزانية",
        "تبادل الأسرى",
        "هجوم بمسيرات",
    ),
    "he": (
        "שיחות השלום",
        "תוכנית השלום",
        "סיום המלחמה",
        "ערבויות ביטחוניות",
        "לוותר על שטחים",
        "דוחה הפסקת אש",
        "משלחת צוות המשא ומתן",
        "הלוואה מהתקציב",
        "חילופי שבויים",
        "מתקפת רחפנים",
    ),
    "zh": (
        "和平谈判",
        "和平计划",
        "结束战争",
        "安全保证",
        "割让领土",
        "拒绝停火",
        "谈判代表团",
        "预算贷款",
        "交换战俘",
        "无人机袭击",
    ),
    "ja": (
        "和平交渉",
        "和平計画",
        "戦争終結",
        "安全の保証",
        "領土の割譲",
        "停戦を拒否",
        "代表団の特使",
        "予算からの融資",
        "捕虜の交換",
        "ドローン攻撃",
    ),
}


@pytest.mark.parametrize("language", SAID)
def test_every_language_says_each_concept(language: str) -> None:
    matcher = shipped_matcher()
    missing = {
        said: concept - _groups(matcher, said, language)
        for said, concept in zip(SAID[language], CONCEPTS.values(), strict=True)
    }
    assert not any(missing.values()), missing


def _groups(matcher: Matcher, text: str, language: str) -> frozenset[str]:
    readings = matcher.readings("", text, language)
    return frozenset(
        group
        for reading in readings
        if reading.topic.topic_id == "ukraine-talks"
        for group in reading.found
    )
