"""Numbers by their value, however a language or an outlet writes them."""

from __future__ import annotations

from time import process_time

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
    ("en", "a half million pounds", ["500000"]),
    ("en", "one and a half million people", ["1500000"]),
    ("en", "a million and a half", ["1500000"]),
    ("en", "two and a half years", ["2.5"]),
    ("en", "twenty-one and a half", ["21.5"]),
    ("en", "2 and half the cabinet", ["2", "half"]),
    ("de", "anderthalb Millionen Menschen", ["1500000"]),
    ("de", "eineinhalb Millionen Menschen", ["1500000"]),
    ("de", "zweieinhalb Jahre", ["2.5"]),
    ("fr", "un million et demi de personnes", ["1500000"]),
    ("fr", "vingt et un", ["21"]),
    ("es", "dos millones y medio", ["2500000"]),
    ("it", "un milione e mezzo", ["1500000"]),
    ("pt", "dois milhões e meio", ["2500000"]),
    ("nl", "anderhalf miljoen", ["1500000"]),
    ("nl", "twee en een half miljoen", ["2500000"]),
    ("nl", "tweeënhalf miljoen", ["2500000"]),
    ("ru", "полтора миллиона человек", ["1500000"]),
    ("ru", "два с половиной миллиона", ["2500000"]),
    ("uk", "два з половиною мільйони", ["2500000"]),
    ("pl", "dwa i pół miliona", ["2500000"]),
    ("pl", "półtora miliona", ["1500000"]),
    ("sv", "en och en halv miljon", ["1500000"]),
    ("tr", "iki buçuk milyon", ["2500000"]),
    ("ar", "مليون ونصف المليون", ["1500000"]),
    ("ar", "مليونين ونصف", ["2500000"]),
    ("he", "שני מיליון וחצי", ["2500000"]),
    ("el", "δυόμισι εκατομμύρια", ["2500000"]),
    ("ro", "două milioane și jumătate", ["2500000"]),
    ("fa", "یک و نیم میلیون", ["1500000"]),
    ("hi", "डेढ़ करोड़", ["15000000"]),
    ("en", "one in four voters", ["1/4"]),
    ("en", "1 out of 6 people", ["1/6"]),
    ("nl", "één op de vier", ["1/4"]),
    ("en", "three in four", ["3/4"]),
    ("en", "four in three", ["4", "3"]),
    ("en", "three quarters of the vote", ["3/4"]),
    ("en", "three quarter-finals", ["3", "quarter"]),
    ("en", "two-thirds majority", ["2/3"]),
    ("fr", "les trois quarts", ["3/4"]),
    ("de", "zwei Drittel der Stimmen", ["2/3"]),
    ("ru", "две трети голосов", ["2/3"]),
    ("en", "a dozen boats", ["12"]),
    ("en", "two dozen boats", ["24"]),
    ("en", "dozens of boats", ["tens"]),
    ("en", "a hundred twelve", ["112"]),
    ("en", "one in the park", []),
    ("en", "one in 2024", ["2024"]),
    ("fr", "25 pour cent", ["25"]),
    ("es", "25 por ciento", ["25"]),
    ("it", "il venticinque per cento", ["25"]),
    ("ro", "25 la sută", ["25"]),
    ("ar", "25 في المئة", ["25"]),
    ("ar", "25 بالمئة", ["25"]),
    ("el", "25 τοις εκατό", ["25"]),
    ("fr", "vendu pour cent euros", ["100"]),
    ("en", "1 billion", ["1000000000"]),
    ("en", "one in four and one in five", ["1/4", "1/5"]),
    ("en", "won three-two", ["3", "2"]),
    ("en", "between two and twenty", ["2", "20"]),
    ("en", "between one hundred and two hundred", ["100", "200"]),
    ("en", "two thousand and three thousand", ["2000", "3000"]),
    ("en", "a hundred and twenty-one thousand four hundred and one", ["121401"]),
    ("es", "doscientos cincuenta mil millones", ["250000000000"]),
    ("fr", "mille neuf cent quatre-vingt-onze", ["1991"]),
    ("ar", "مئة وخمسة وعشرون ألف", ["125000"]),
    ("he", "חמש עשרה", ["15"]),
    ("nl", "een half miljoen", ["500000"]),
    ("nl", "een half jaar", ["0.5"]),
    ("ar", "خمسون بالمئة", ["50"]),
    ("en", "2½ million, 2 ½ and ½", ["2500000", "2.5", "0.5"]),
    ("de", "10¾ Prozent, 1½ Mio.", ["10.75", "1500000"]),
    ("en", "two thousand trillion", ["2000000000000000"]),
    ("en", "a year and a half", ["1.5"]),
    ("en", "three years and a half ago", ["3.5"]),
    ("en", "two men, and a half", ["2", "half"]),
    ("en", "two dead and half a dozen hurt", ["2", "6"]),
    ("en", "one and half million", ["1500000"]),
    ("fr", "deux ans et demi", ["2.5"]),
    ("fr", "une heure et demie de route", ["1.5"]),
    ("es", "dos años y medio de cárcel", ["2.5"]),
    ("es", "dos muertos y medio centenar de heridos", ["2", "hundreds"]),
    ("es", "tres mil quinientos millones", ["3500000000"]),
    ("it", "tre ore e mezza", ["3.5"]),
    ("pt", "dois mil e quinhentos", ["2500"]),
    ("de", "zwei und ein halbes Jahr", ["2.5"]),
    ("de", "einer von fünf", ["1/5"]),
    ("sv", "två och ett halvt år", ["2.5"]),
    ("ro", "jumătate de milion", ["500000"]),
    ("ro", "doi ani și jumătate", ["2.5"]),
    ("el", "δύο χρόνια και μισό", ["2.5"]),
    ("pl", "pięć i pół tysiąca", ["5500"]),
    ("hi", "आधा मिलियन", ["500000"]),
    ("en", "a quarter of a million and three quarters of a million", ["250000", "750000"]),
    ("ru", "полмиллиона человек", ["500000"]),
    ("uk", "півмільйона людей", ["500000"]),
    ("en", "nine out of ten dentists", ["9/10"]),
    ("en", "12 in 2019", ["12", "2019"]),
    ("en", "one, in ten days", ["10"]),
    ("fr", "une femme sur trois", ["1/3"]),
    ("es", "tres de cada cuatro", ["3/4"]),
    ("de", "ein Mann von 40 Jahren", ["40"]),
    ("fr", "deux ans et demi dans la ville", ["2.5"]),
    ("es", "ayuda a Cuba en medio de tensiones", []),
    ("es", "murieron dos en medio de combates", ["2"]),
    ("en", "quality an 8 out of 10", ["8/10"]),
    ("en", "a two and a half or so", ["2.5"]),
    ("uk", "загинули двадцять п'ять, дев’ять і п\u02bcятнадцять", ["25", "9", "15"]),
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


def test_a_number_has_the_words_that_write_it() -> None:
    text = "Це ім'я, дев'ять і двадцять п'ять осіб."
    tokens = tokenize(text)
    found = [
        text[tokens.starts[number.first] : tokens.ends[number.end - 1]]
        for number in numbers_in(text, tokens, "uk")
    ]
    assert found == ["дев'ять", "двадцять п'ять"]


@pytest.mark.parametrize("sign", ["1", "一", "1 ", "9万", "½", "1½ "])
def test_figures_without_end_are_read_as_fast_as_others(sign: str) -> None:
    text = sign * 20_000
    tokens = tokenize(text)
    started = process_time()
    numbers_in(text, tokens, "en")
    assert process_time() - started < 3


def test_a_part_is_its_percentage_and_its_ordinal() -> None:
    assert are_equal("quarter", "25")
    assert are_equal("3", "third")
    assert are_equal("1/4", "quarter")
    assert are_equal("1/4", "25")
    assert are_equal("16.7", "1/6")
    assert are_equal("3/10", "30")
    assert are_equal("2/4", "half")
    assert not are_equal("3/4", "1/4")
    assert are_equal("7", "7")
    assert are_equal("3/4", "75")
    assert are_equal("0.75", "3/4")
    assert are_equal("2/3", "66.7")
    assert not are_equal("3/4", "4")
    assert not are_equal("1/4", "1/5")
    assert not are_equal("quarter", "third")
    assert not are_equal("quarter", "20")
