"""Prose in a page's scripts: what Next, Nuxt, Fusion and the like render in the browser.

A page without prose in its HTML often carries its article as string literals of its state, as JSON
or as JavaScript, once or twice escaped. The names of frameworks do not matter: literals are read,
and those that are prose are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement

_SHOWN = 500  # characters in <p>; a page that shows so much has its article in the HTML
_LEAST = 60  # characters of a literal that may hold a paragraph
_LEAST_WORDS = 8
_DEEPEST = 3  # a literal in a literal in a literal
_MOST = 4_000_000  # characters of script
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_MARKUP_BREAK = re.compile(r"</(?:p|li|h\d|div|blockquote)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_CODE = re.compile(r"[{}]|=>|;\s*\w+:|https?://\S+$|^\W*[\w-]+(?:[/.][\w-]+){3,}$|\bfunction\b")
_SENTENCE = re.compile("[.!?。！？؟।…][\"'”“»’)\\]]*$")


def state_text(tree: HtmlElement, plain: Callable[[str], str]) -> str:
    """Paragraphs of prose in the scripts, joined by newlines; empty where the HTML has its own.

    `plain` turns a piece of HTML into text.
    """
    if sum(len(paragraph.text_content()) for paragraph in tree.iter("p")) >= _SHOWN:
        return ""
    found: dict[str, None] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            for literal in _literals((script.text or "")[:_MOST]):
                found.update(dict.fromkeys(_paragraphs(literal, plain)))
    return "\n".join(found)


def _literals(source: str, depth: int = 0) -> Iterator[str]:
    for match in _LITERAL.finditer(source):
        if len(match[1]) < _LEAST:
            continue
        try:
            text = json.loads(f'"{match[1]}"', strict=False)
        except ValueError:
            continue
        inner = list(_literals(text, depth + 1)) if depth < _DEEPEST else []
        yield from inner or [text]


def _paragraphs(literal: str, plain: Callable[[str], str]) -> Iterator[str]:
    for part in _MARKUP_BREAK.sub("\n", literal).split("\n"):
        text = " ".join((plain(part) if _TAG.search(part) else part).split())
        spaceless = not text.isascii() and len(text) >= _LEAST and len(text.split()) < 3
        if (
            (len(text.split()) >= _LEAST_WORDS or spaceless)
            and _SENTENCE.search(text)
            and not _CODE.search(text)
        ):
            yield text
