"""The characters of a page, and the language of a text."""

from __future__ import annotations

import pytest

from newswatch.extract.charset import decode
from newswatch.text.language import language_of


@pytest.mark.parametrize(
    ("page", "content_type", "text"),
    [
        ("Ölpreis".encode(), None, "Ölpreis"),
        ("Ölpreis".encode("cp1252"), "text/html; charset=iso-8859-1", "Ölpreis"),
        ("Новости".encode("cp1251"), "text/html; charset=windows-1251", "Новости"),
        ("Новости".encode(), "text/html; charset=windows-1251", "Новости"),
        (
            b'<meta charset="windows-1251">' + "Мир".encode("cp1251"),
            None,
            '<meta charset="windows-1251">Мир',
        ),
        ("\ufeffabc".encode("utf-16"), None, "abc"),
        ("\ufeffabc".encode(), None, "abc"),
        (b"a\x00b\x0bc", None, "abc"),
        (b"\xff\xfe", "text/html; charset=no-such-thing", ""),
        (
            b'<?xml version="1.0" encoding="iso-8859-1"?><html>x</html>',
            None,
            "<html>x</html>",
        ),
    ],
)
def test_charset(page: bytes, content_type: str | None, text: str) -> None:
    assert decode(page, content_type) == text


@pytest.mark.parametrize(
    ("text", "claim", "language"),
    [
        ("Die Hafenbehörde hat am Dienstag beschlossen, den Kai zu verbreitern.", None, "de"),
        ("The harbour board voted on Tuesday to widen the eastern quay.", "fr", "en"),
        ("Совет порта решил во вторник расширить восточный причал.", None, "ru"),
        ("Kort", "sv-SE", "sv"),
        ("", None, None),
    ],
)
def test_language(text: str, claim: str | None, language: str | None) -> None:
    assert language_of(text, claim) == language
