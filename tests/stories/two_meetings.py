"""Two invented meetings in one town on one day, told in headlines alone, and what else happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from newswatch.models import ArticleId
from newswatch.stories.embedding import Embedder, meanings_of
from newswatch.stories.report import Report
from newswatch.stories.signs import FlaggedReport, rarity_keys
from newswatch.stories.terms import Frequencies

MORNING = datetime(2026, 3, 6, 6, tzinfo=UTC)

HOSTAGES = (  # mediators on Gaza
    ("en", "Envoy Witkoff hosts Qatar, Egypt and Turkey in Larnaca to rescue Gaza truce"),
    ("de", "Witkoff berät in Larnaka mit Katar, Ägypten und der Türkei über Waffenruhe in Gaza"),
    ("es", "Witkoff reúne en Lárnaca a Catar, Egipto y Turquía para salvar la tregua en Gaza"),
    (
        "fr",
        "Gaza : Witkoff réunit à Larnaca le Qatar, l'Égypte et la Turquie pour sauver la trêve",
    ),
    ("ru", "Уиткофф обсудит в Ларнаке с Катаром, Египтом и Турцией перемирие в Газе"),
    ("ar", "ويتكوف يجتمع في لارنكا بممثلي قطر ومصر وتركيا لإنقاذ هدنة غزة"),
    ("he", "ויטקוף נפגש בלרנקה עם נציגי קטר, מצרים וטורקיה כדי להציל את הפסקת האש בעזה"),
    ("en", "Mediators on Gaza meet US envoy in Larnaca over second phase of truce"),
)
GRAIN = (  # Russia and Ukraine on the Black Sea
    ("en", "Russia and Ukraine open talks in Larnaca on safe passage for Black Sea grain ships"),
    ("de", "Russland und die Ukraine verhandeln in Larnaka über Getreideschiffe im Schwarzen Meer"),
    ("es", "Rusia y Ucrania negocian en Lárnaca el paso de buques de grano por el mar Negro"),
    ("ru", "Россия и Украина начали в Ларнаке переговоры о судах с зерном в Чёрном море"),
    ("uk", "Україна та Росія розпочали в Ларнаці перемовини про зернові судна в Чорному морі"),
    ("ar", "روسيا وأوكرانيا تبدآن في لارنكا محادثات حول سفن الحبوب في البحر الأسود"),
    ("en", "Kyiv and Moscow negotiators discuss grain corridor at Larnaca meeting"),
)
OTHER = (
    ("en", "Earthquake of magnitude 6.1 shakes coast of northern Chile, no tsunami warning"),
    ("fr", "Grève des contrôleurs aériens : la moitié des vols annulés à Lyon samedi"),
    ("de", "Bundesbank senkt Prognose für das Wachstum im kommenden Jahr"),
)


def flagged(
    headlines: tuple[tuple[str, str], ...], embedder: Embedder | None, first: int = 1
) -> list[FlaggedReport]:
    """Reports of a quarter of an hour each, numbered from `first`."""
    reports = [Report(title, "", language) for language, title in headlines]
    meanings = meanings_of(reports, embedder) if embedder else [None] * len(reports)
    return [
        FlaggedReport(
            ArticleId(first + place), report, MORNING + timedelta(minutes=15 * place), meaning
        )
        for place, (report, meaning) in enumerate(zip(reports, meanings, strict=True))
    ]


def frequencies_of(reports: list[FlaggedReport]) -> Frequencies:
    frequencies = Frequencies()
    for keys in rarity_keys(reports):
        frequencies.add(keys)
    return frequencies
