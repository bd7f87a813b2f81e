"""Prose that only the scripts of a page hold."""

from __future__ import annotations

import json

import pytest

from newswatch.extract.body import plain
from newswatch.extract.state import state_text
from newswatch.extract.tree import parse

FIRST = "The harbour board of Norrvik voted on Tuesday to widen the eastern quay by twelve metres."
SECOND = 'Ingrid Solheim, who chairs it, said: "Now we pour concrete, and nobody waits any more."'
HTML = f"<p>{FIRST}</p><p>{SECOND}</p>"
ARTICLE = {"title": "Quay", "url": "https://paper.example/news/2026/quay", "body": [FIRST, SECOND]}
NEXT_PUSH = f"self.__next_f.push([1,{json.dumps('5:' + json.dumps({'body': HTML}))}])"
NUXT = f"window.__NUXT__=(function(a){{return {{text:{json.dumps(HTML)},n:a}}}}(1))"


def read(script: str, shown: str = "") -> str:
    tree = parse(f"<html><body>{shown}<div id=app></div><script>{script}</script></body></html>")
    assert tree is not None
    return state_text(tree, plain)


@pytest.mark.parametrize(
    "script",
    [
        f"Fusion.globalContent={json.dumps(ARTICLE)};Fusion.x=1",
        f"window.__INITIAL_STATE__ = {json.dumps({'a': {'html': HTML}})}",
        NUXT,
        NEXT_PUSH,
        json.dumps({"props": {"html": json.dumps(HTML)}}),
    ],
    ids=["fusion", "initial state", "nuxt", "next, pushed", "escaped twice"],
)
def test_paragraphs_are_read(script: str) -> None:
    assert read(script).splitlines() == [FIRST, SECOND]


@pytest.mark.parametrize(
    "script",
    [
        "",
        "var css = '.a{color:red}'",
        json.dumps({"description": "Ten words of a label that ends without any stop"}),
        json.dumps({"code": "if (a) { return b; } // and this is a comment of the programme."}),
        json.dumps("x" * 5_000),
        '"' * 10_001,
        '"' + "\\" * 100_000,
    ],
)
def test_code_and_labels_are_no_prose(script: str) -> None:
    assert read(script) == ""


def test_a_page_that_shows_its_text_is_not_searched() -> None:
    assert read(NEXT_PUSH, shown=f"<p>{FIRST}</p>" * 7) == ""
