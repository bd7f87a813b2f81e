"""The language of a text: what the words say, then what the page claims, or nothing."""

from __future__ import annotations

import pytest

from newswatch.text.language import language_of, primary_of, tag_of

SORANI = (
    "دادگا لە رۆژی چوارشەممە بڕیاری دا کە کۆمپانیای کەشتییەکە پارە بدات بە خێزانەکانی ئەو"
    " دەریاوانانەی کە خنکان. دادوەرەکە وتی کە خاوەنەکان دەیانزانی کە کەشتییەکە درزی تێدایە."
)
CROATIAN = (
    "Sud je u srijedu naložio trajektnoj tvrtki da obiteljima utopljenih mornara isplati četrdeset"
    " milijuna kruna, priopćeno je. Sutkinja je napisala da su vlasnici znali za pukotinu."
)


@pytest.mark.parametrize(
    ("text", "claim", "language"),
    [
        ("The ministers met in the capital to speak about the harvest.", None, "en"),
        ("The ministers met in the capital to speak about the harvest.", "fr-FR", "en"),
        ("Minister says port will stay shut until the spring", None, "en"),
        ("Talks on fishing quotas go into a second night", None, "en"),
        ("Die Minister trafen sich, um über die Ernte zu sprechen.", "en", "de"),
        ("Министры встретились, чтобы поговорить об урожае.", None, "ru"),
        ("部长们在首都会面讨论今年的收成以及来年的计划。", None, "zh"),
        ("Harvest", "en_GB", "en"),  # too short to tell: the page is believed
        ("Harvest", "EN-gb", "en"),
        ("17/12/2025 14:00 17/12/2025 14:30 17/12/2025 15:00", None, None),
        ("17/12/2025 14:00 17/12/2025 14:30 17/12/2025 15:00", "it", "it"),
        ("", None, None),
        ("", "pl", "pl"),
        (SORANI, None, "ckb"),
        (SORANI, "ku", "ckb"),
        (SORANI, "ar", "ckb"),
        (CROATIAN, "en", "hr"),
    ],
)
def test_language_of(text: str, claim: str | None, language: str | None) -> None:
    assert language_of(text, claim) == language


@pytest.mark.parametrize(
    ("claim", "tag", "primary"),
    [
        ("en", "en", "en"),
        ("EN_gb", "en-GB", "en"),
        ("zh-Hant-tw", "zh-Hant-TW", "zh"),
        (" pt-br ", "pt-BR", "pt"),
        ("iw", "he", "he"),
        ("ua", "uk", "uk"),
        ("und", None, None),
        ("x-default", None, None),
        ("English", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_tags(claim: str | None, tag: str | None, primary: str | None) -> None:
    assert (tag_of(claim), primary_of(claim)) == (tag, primary)
