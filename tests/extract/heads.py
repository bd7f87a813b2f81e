"""The head of a page, as the tests of facts write it down."""

from __future__ import annotations

from lxml.html import HtmlElement

from newswatch.extract.metadata import Claims, read_claims
from newswatch.extract.tree import parse


def page(head: str, body: str = "<p>x</p>") -> HtmlElement:
    tree = parse(f"<html lang=en-GB><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return tree


def claims(head: str, body: str = "<p>x</p>") -> Claims:
    return read_claims(page(head, body))


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'
