"""What an outlet says of itself, and what somebody says in an article."""

from __future__ import annotations

import pytest

from newswatch.copies.house_text import house_sentences

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
