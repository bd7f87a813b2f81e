"""The tree of a page with odd characters, and the language of a text."""

from __future__ import annotations

import pytest

from newswatch.extract.tree import parse, visible_text
from newswatch.text.language import language_of


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('<html><body><p class="a\x00">Or\x0be</p></body></html>', "Ore"),
        ('<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>Öl</p></body></html>', "Öl"),
        ("<html><body><p>\ud800Öl</p></body></html>", "?Öl"),
    ],
)
def test_what_html_forbids_breaks_no_tree(page: str, said: str) -> None:
    assert visible_text(parse(page)) == said


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
