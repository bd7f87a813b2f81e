"""What an outlet says of itself, and what somebody says in an article."""

from __future__ import annotations

import pytest

from newswatch.copies.house_text import house_sentences, is_correction

QUOTES = [
    "“We ask you to give us your trust, because our children will ride on this line,” she said.",
    "„Wir bitten um Geduld, denn unsere Kinder werden uns danken“, sagte die Bürgermeisterin.",
    "« Nous vous demandons de nous croire : nos enfants prendront notre tramway », a-t-elle dit.",
    "«Nuestros hijos usarán nuestra línea y usted verá nuestro esfuerzo», dijo la alcaldesa.",
    "«Мы просим вас верить нам: наши дети поедут, и вы скажете нам спасибо», — сказала мэр.",
    "„Prosimy o zaufanie: nasze dzieci pojadą naszą linią, dzięki naszej pracy i waszej wierze.”",
]
FOOTERS = [
    "Our newsroom depends on its readers: please help us with a subscription on our website.",
    "Unsere Redaktion lebt von ihren Lesern: Unterstützen Sie unseren Journalismus mit Spenden.",
    "Notre rédaction vit de ses lecteurs : votre soutien et les dons sont nos moyens. Abonner.",
]


@pytest.mark.parametrize("sentence", QUOTES)
def test_a_statement_in_the_first_person_is_no_house_text(sentence: str) -> None:
    assert house_sentences([sentence]) == set()


@pytest.mark.parametrize("sentence", FOOTERS)
def test_what_an_outlet_says_of_itself(sentence: str) -> None:
    assert house_sentences([sentence]) == {0}


@pytest.mark.parametrize(
    "sentence",
    [
        "По мнению авторов доклада, война затянется.",
        "На думку авторів доповіді, війна триватиме.",
        "Cet accord n'engage que la France, a dit le ministre.",
    ],
)
def test_a_view_that_is_reported_is_no_house_text(sentence: str) -> None:
    assert house_sentences([sentence]) == set()


def test_what_amends_a_law_corrects_no_article() -> None:
    assert is_correction(
        "This article was amended on 4 March. The original version of this said 51."
    )
    assert not is_correction("The bill was amended late on Tuesday.")
    assert not is_correction("The original version of the plan gave up the valley.")
