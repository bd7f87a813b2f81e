"""Prose that only the scripts of a page hold."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from newswatch.extract.paragraphs import plain
from newswatch.extract.state import state_text
from newswatch.extract.tree import parse

FIRST = "The harbour board of Norrvik voted on Tuesday to widen the eastern quay by twelve metres."
SECOND = 'Ingrid Solheim, who chairs it, said: "Now we pour concrete, and nobody waits any more."'
HTML = f"<p>{FIRST}</p><p>{SECOND}</p>"
ARTICLE = {"title": "Quay", "url": "https://paper.example/news/2026/quay", "body": [FIRST, SECOND]}
NEXT_PUSH = f"self.__next_f.push([1,{json.dumps('5:' + json.dumps({'body': HTML}))}])"
NUXT = f"window.__NUXT__=(function(a){{return {{text:{json.dumps(HTML)},n:a}}}}(1))"


ROW = f"1:{json.dumps(['$', 'div', None, {'children': [FIRST, SECOND]}])}\n"
LONG_ROW = f"5:T{len(HTML.encode()):x},"
CUT_UP = {
    "type": "doc",
    "content": [
        {
            "type": "paragraph",
            "content": [
                {"type": "text", "text": text[:40]},
                {"type": "link", "content": [{"type": "text", "text": text[40:50]}]},
                {"type": "text", "text": text[50:]},
            ],
        }
        for text in (FIRST, SECOND)
    ],
}
TEASER = "The storm that has crossed the sea since Monday will reach the coast in the night."


def pushes(stream: str, size: int) -> str:
    parts = [stream[start : start + size] for start in range(0, len(stream), size)]
    return ";".join(f"self.__next_f.push({json.dumps([1, part])})" for part in parts)


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
        pushes(ROW, 1_000),
        pushes(ROW, 70),
        pushes(ROW, 7),
        f"self.__next_f.push({json.dumps([1, LONG_ROW])});{pushes(HTML, 1_000)}",
        json.dumps({"props": CUT_UP}),
        json.dumps({"article": {"text": [FIRST, SECOND] * 2}, "teaser": {"text": TEASER}}),
        f"window.A={{html:'{HTML.replace(chr(39), chr(92) + chr(39))}'}}",
        f"window.A={{html:`{HTML}`}}",
        f'window.A=JSON.parse(decodeURIComponent("{quote(json.dumps({"html": HTML}))}"))',
    ],
    ids=[
        *("fusion", "initial state", "nuxt", "next, pushed", "escaped twice", "next, a row"),
        *("next, in pieces", "next, in crumbs", "next, a long text", "cut up by an editor"),
        *("a teaser beside it", "single quotes", "backticks", "escaped as an address"),
    ],
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
