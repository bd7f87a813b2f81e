"""A rebuilt page says the same words in other boxes."""

from __future__ import annotations

from collections import Counter

import pytest
from lxml.html import tostring

from evaluation.rebuilt_pages import FORMS, rebuild
from extract.herald import PARAGRAPHS, article, page, paragraphs
from newswatch.extract.features import squeezed
from newswatch.extract.tree import parse

LABEL = "\n".join(PARAGRAPHS)
MARKUP = page(article(f"<div class=body>{paragraphs(*PARAGRAPHS)}</div>"))


@pytest.mark.parametrize("number", range(60))
def test_nothing_is_lost(number: int) -> None:
    tree, before = parse(MARKUP), parse(MARKUP)
    assert tree is not None
    assert before is not None
    assert rebuild(tree, LABEL, f"https://herald.example/{number}")
    assert not Counter(squeezed(before.text_content())) - Counter(squeezed(tree.text_content()))
    assert all(paragraph in tree.text_content() for paragraph in PARAGRAPHS)


def test_each_form_is_drawn_and_the_same_for_the_same_address() -> None:
    built = []
    for number in range(60):
        for _ in range(2):
            tree = parse(MARKUP)
            assert tree is not None
            rebuild(tree, LABEL, str(number))
            built.append(tostring(tree))
    assert built[::2] == built[1::2]
    assert len(set(built)) > 2 * len(FORMS)


def test_a_page_of_few_paragraphs_stays() -> None:
    tree = parse(page(article(paragraphs(*PARAGRAPHS[:3]))))
    assert tree is not None
    assert not rebuild(tree, LABEL, "https://herald.example/")
