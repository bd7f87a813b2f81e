"""Who signs in a line of its own, below the headline or as first paragraph, in many languages."""

from __future__ import annotations

import pytest

from extract.herald import PARAGRAPHS, article, page, paragraphs, read
from newswatch.models import ExtractedArticle

BYLINES = (
    ("By Mia Dahl in Brevik and Jo Berg in Oslo", ["Mia Dahl", "Jo Berg"]),
    (
        "By Mia Dahl in Brevik, Jo Berg in Oslo and Ida Krog in Skien",
        ["Mia Dahl", "Jo Berg", "Ida Krog"],
    ),
    ("By Mia Dahl | mia@herald.example", ["Mia Dahl"]),
    ("By Mia Dahl, @miadahl", ["Mia Dahl"]),
    ("By José Ortega y Gasset", ["José Ortega y Gasset"]),
    ("By Ana Ruiz y Juan Pérez", ["Ana Ruiz", "Juan Pérez"]),
    ("By Marta Soler i Joan Vila", ["Marta Soler", "Joan Vila"]),
    ("By Robert Moe Jr.", ["Robert Moe Jr."]),
    ("By Mia Dahl, Herald correspondent in Oslo", ["Mia Dahl"]),
    ("By Mia Dahl, political editor", ["Mia Dahl"]),
    ("By MIA DAHL and JO BERG", ["MIA DAHL", "JO BERG"]),
    ("By Mia Dahl for The Brevik Herald", ["Mia Dahl"]),
    ("מאת יוסי כהן ודנה לוי", ["יוסי כהן", "דנה לוי"]),
    ("כתב: יוסי כהן", ["יוסי כהן"]),
    ("بقلم أحمد منصور ومنى خليل", ["أحمد منصور", "منى خليل"]),
    ("كتب: أحمد منصور", ["أحمد منصور"]),
    ("كتبت منى خليل", ["منى خليل"]),
    ("إعداد: أحمد منصور", ["أحمد منصور"]),
    ("Von Mia Dahl und Jo Berg", ["Mia Dahl", "Jo Berg"]),
    ("Von Mia Dahl, Berlin", ["Mia Dahl"]),
    ("Par Mia Dahl et Jo Berg", ["Mia Dahl", "Jo Berg"]),
    ("Por Ana Ruiz", ["Ana Ruiz"]),
    ("di Marco Rossi", ["Marco Rossi"]),
    ("Door Jan de Vries en Piet Bos", ["Jan de Vries", "Piet Bos"]),
    ("Автор: Иван Петров", ["Иван Петров"]),
    ("Текст: Иван Петров и Анна Смирнова", ["Иван Петров", "Анна Смирнова"]),
    ("Автор: Олена Коваль", ["Олена Коваль"]),
    ("Av Mia Dahl og Jo Berg", ["Mia Dahl", "Jo Berg"]),
    ("Tekst: Mia Dahl", ["Mia Dahl"]),
    ("Autor: Jan Novák a Petr Svoboda", ["Jan Novák", "Petr Svoboda"]),
    ("Yazan: Ali Demir", ["Ali Demir"]),
    ("Autorka: Anna Nowak", ["Anna Nowak"]),
    ("Γράφει ο Νίκος Παπάς", ["Νίκος Παπάς"]),
    ("記者 山田太郎", ["山田太郎"]),
    ("本报记者 王小明", ["王小明"]),
    ("홍길동 기자", ["홍길동"]),
    ("Oleh Budi Santoso", ["Budi Santoso"]),
)


@pytest.mark.parametrize(("line", "people"), BYLINES)
@pytest.mark.parametrize("place", ["<p>{}</p>", '<div class="byline">{}</div>'])
def test_people_sign(line: str, people: list[str], place: str) -> None:
    found = read(page(article(place.format(line) + paragraphs(*PARAGRAPHS))))
    assert isinstance(found, ExtractedArticle)
    assert list(found.authors) == people
    assert line not in found.text
