"""The names in a byline, out of all that bylines hold beside them."""

from __future__ import annotations

import pytest

from newswatch.extract.names import begins_as_byline, names_in


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Mia Dahl in Larnaca", ["Mia Dahl"]),
        ("By Mia Dahl, Senior Editor, and Jo Berg", ["Mia Dahl", "Jo Berg"]),
        ("mia@post.test (Mia Dahl)", ["Mia Dahl"]),
        ("Mia Dahl for The Quay Post", ["Mia Dahl"]),
        ("Mia Dahl, special to the Post", ["Mia Dahl"]),
        ("Opinion by Mia Dahl", ["Mia Dahl"]),
        ("Words: Mia Dahl", ["Mia Dahl"]),
        ("Mia Dahl with additional reporting by Jo Berg", ["Mia Dahl", "Jo Berg"]),
        ("Mia Dahl Updated 3 May 2026", ["Mia Dahl"]),
        ("김민수 기자", ["김민수"]),
        ("By Mia Dahl • 4 min read • 3 May 2026", ["Mia Dahl"]),
        ("By Mia Dahl | May 3, 2026", ["Mia Dahl"]),
        ("Words by Mia Dahl. Photographs by Jo Berg", ["Mia Dahl", "Jo Berg"]),
        ("Text: Mia Dahl Foto: Jo Berg", ["Mia Dahl"]),
        ("Mia Dahl (mid/dpa)", ["Mia Dahl"]),
        ("Mia Dahl, 3 May", ["Mia Dahl"]),
        ("Mia Dahl with Jo Berg", ["Mia Dahl", "Jo Berg"]),
        ("Mia Dahl avec AFP", ["Mia Dahl", "AFP"]),
        ("Par Mia Dahl, à Larnaca", ["Mia Dahl"]),
        ("Автор: Олена Коваль, Київ", ["Олена Коваль"]),
        ("דנה לוי, חיפה", ["דנה לוי"]),
        ("Της Ελένης Παππά", ["Ελένης Παππά"]),
        ("记者：王小明 李雷", ["王小明", "李雷"]),
        ("記者王小明／台北報導", ["王小明"]),
        ("<a href='/mia'>Mia Dahl</a>", ["Mia Dahl"]),
        (
            "Mia Dahl in Larnaca, Jo Berg in Kyiv and Ida Krog in Doha",
            ["Mia Dahl", "Jo Berg", "Ida Krog"],
        ),
        ("Von Mia Dahl aus Larnaka", ["Mia Dahl"]),
        ("Mia Dahl, BBC News, Larnaca", ["Mia Dahl", "BBC News"]),
        ("Mia Dahl, Larnaca", ["Mia Dahl"]),
        ("Mia Dahl, Reuters", ["Mia Dahl", "Reuters"]),
        ("Mia Dahl @miadahl", ["Mia Dahl"]),
        ("Mia Dahl (mia.dahl@paper.example)", ["Mia Dahl"]),
        ("mia.dahl@paper.example", []),
        ("https://paper.example/authors/dahl", []),
        ("Ida Krog, PhD and Robert Pearse, Jr.", ["Ida Krog, PhD", "Robert Pearse, Jr."]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("José Ortega y Ana Gasset", ["José Ortega", "Ana Gasset"]),
        ("Ana y Luis", ["Ana", "Luis"]),
        ("Marco Rossi e ANSA", ["Marco Rossi", "ANSA"]),
        ("Antoni Gaudí i Cornet", ["Antoni Gaudí i Cornet"]),
        ("Maria de Souza", ["Maria de Souza"]),
        ("Kim In Soo", ["Kim In Soo"]),
        ("מאת יוסי כהן ודנה לוי", ["יוסי כהן", "דנה לוי"]),
        ("דנה ויינברג", ["דנה ויינברג"]),
        ("بقلم سلمى الخطيب وأحمد علي", ["سلمى الخطيب", "أحمد علي"]),
        ("李明，王芳", ["李明", "王芳"]),
    ],
)
def test_names(byline: str, names: list[str]) -> None:
    assert names_in(byline) == names


@pytest.mark.parametrize(
    ("line", "is_byline"),
    [
        ("By Mia Dahl and Jo Berg", True),
        ("Von Mia Dahl", True),
        ("Par Mia van der Dahl", True),
        ("By noon the harbour was closed", False),
        ("Von Berlin aus fährt der Zug", False),
        ("記者 山田太郎", True),
        ("Par Mia Dahl, à Larnaca", True),
        ("记者从市政府了解到，大桥将关闭到春天", False),
        ("Mia Dahl", False),
        ("", False),
    ],
)
def test_byline(line: str, is_byline: bool) -> None:
    assert begins_as_byline(line) is is_byline
