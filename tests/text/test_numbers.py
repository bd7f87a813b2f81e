"""Numbers by their value, however a language or an outlet writes them."""

from __future__ import annotations

import pytest

from newswatch.text.numbers import are_equal, numbers_in
from newswatch.text.words import tokenize

CASES = [
    ("en", "half a million pounds", ["500000"]),
    ("de", "eine halbe Million Euro", ["500000"]),
    ("fr", "un demi-million d'euros", ["500000"]),
    ("es", "medio millón de euros", ["500000"]),
    ("pl", "pół miliona złotych", ["500000"]),
    ("el", "μισό εκατομμύριο ευρώ", ["500000"]),
    ("he", "חצי מיליון שקל", ["500000"]),
    ("it", "500mila euro", ["500000"]),
    ("pl", "500 tys. złotych", ["500000"]),
    ("sv", "500 000 kronor", ["500000"]),
    ("ru", "12 500 машин", ["12500"]),
    ("en", "between 12 500 and more", ["12", "500"]),
    ("en", "at 5 pm", ["17"]),
    ("en", "at 5:30 pm", ["17:30"]),
    ("de", "um 17.00 Uhr", ["17"]),
    ("de", "das 3:0 am Sonntag", ["3:0"]),
    ("de", "stimmten 12 am Ende dagegen", ["12"]),
]


@pytest.mark.parametrize(("language", "text", "values"), CASES)
def test_values(language: str, text: str, values: list[str]) -> None:
    found = numbers_in(text, tokenize(text), language)
    assert [number.value for number in found] == values


def test_a_part_is_its_percentage_and_its_ordinal() -> None:
    assert are_equal("quarter", "25")
    assert are_equal("3", "third")
    assert are_equal("7", "7")
    assert not are_equal("quarter", "third")
    assert not are_equal("quarter", "20")
