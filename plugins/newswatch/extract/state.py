"""Prose in a page's scripts: what Next, Nuxt, Fusion and the like render in the browser.

A page without prose in its HTML often carries its article in its state: as JSON, as JavaScript, as
Next's stream in several pushes, once or twice escaped. The names of frameworks do not matter but
for that stream: where a script holds JSON, the branch that has most of the prose is read, so that a
teaser beside the article is left; else its string literals are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from lxml.html import HtmlElement

from newswatch.extract.state_values import (
    Prose,
    json_values,
    main_branch,
    string_of,
    strings_in,
    texts_of,
)
from newswatch.text.scripts import spaceless_in

_SHOWN = 500  # characters in <p>; a page that shows so much has its article in the HTML
_LEAST = 60  # characters of a text that may hold a paragraph, as Latin letters count
_LEAST_WORDS = 8
_OF_ONE_SIGN = 3  # as many Latin letters as a sign of Chinese says
_DEEPEST = 3  # a literal in a literal in a literal
_MOST = 4_000_000  # characters of script
_PUSHED = re.compile(r'__next_f\.push\(\[\s*1\s*,\s*("(?:[^"\\]|\\.)*+")', re.DOTALL)
_ROW = re.compile(r"(?:^|(?<=\n)|(?<=[^\w\"]))[0-9a-f]{1,6}:(?:T[0-9a-f]{1,8},)?")
_MARKUP_BREAK = re.compile(r"</(?:p|li|h\d|div|blockquote)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_CODE = re.compile(r"[{}]|=>|;\s*\w+:|https?://\S+$|^\W*[\w-]+(?:[/.][\w-]+){3,}$|\bfunction\b")
_SENTENCE = re.compile("[.!?。！？؟।…][\"'”“»’)\\]]*$")
_ESCAPED_AS_ADDRESS = re.compile(r"(?:%[0-9A-Fa-f]{2}[^%\s]{0,40}){8}")

Plain = Callable[[str], str]


def state_text(tree: HtmlElement, plain: Plain) -> str:
    """Paragraphs of prose in the scripts, joined by newlines; empty where the HTML has its own.

    `plain` turns a piece of HTML into text.
    """
    if sum(len(paragraph.text_content()) for paragraph in tree.iter("p")) >= _SHOWN:
        return ""
    scripts = [
        (script.text or "")[:_MOST]
        for script in tree.iter("script")
        if "ld+json" not in (script.get("type") or "")
    ]
    streamed = "".join(string_of(found) for text in scripts for found in _PUSHED.findall(text))
    others = [text for text in scripts if not _PUSHED.search(text)]
    found = [line for row in _ROW.split(streamed) for line in _prose_in_row(row, plain)]
    for quotes in ('"', "\"'`"):
        found = found or [line for text in others for line in _prose_in(text, plain, quotes)]
    return "\n".join(dict.fromkeys(found))


def _prose_in_row(row: str, plain: Plain) -> list[str]:
    """The paragraphs of a row of Next's stream, which is JSON or a text."""
    return list(_prose_in(row, plain, '"')) or list(_paragraphs(row, plain))


def _prose_in(source: str, plain: Plain, quotes: str, depth: int = 0) -> Iterator[str]:
    """The paragraphs of a script, of a literal, or of a row of a stream."""
    if depth and _ESCAPED_AS_ADDRESS.search(source):
        source = unquote(source)
    values = list(json_values(source))
    if values:
        found: list[Prose] = []
        for text, path in texts_of(values):
            found += [(prose, path) for prose in _prose_of_text(text, plain, depth)]
        yield from main_branch(found)
        return
    for text in strings_in(source, quotes):
        if _weight(text) >= _LEAST:
            yield from _prose_of_text(text, plain, depth)


def _prose_of_text(text: str, plain: Plain, depth: int) -> list[str]:
    inner = _prose_in(text, plain, '"', depth + 1) if _holds_more(text, depth) else ()
    return list(inner) or list(_paragraphs(text, plain))


def _holds_more(text: str, depth: int) -> bool:
    """Whether a text may be JSON or a script itself."""
    return depth < _DEEPEST and (
        ('"' in text and text.lstrip()[:1] in ("{", "[", '"'))
        or '":' in text
        or _ESCAPED_AS_ADDRESS.search(text) is not None
    )


def _weight(text: str) -> int:
    return len(text) + (0 if text.isascii() else (_OF_ONE_SIGN - 1) * spaceless_in(text))


def _paragraphs(text: str, plain: Plain) -> Iterator[str]:
    for part in _MARKUP_BREAK.sub("\n", text).split("\n"):
        line = " ".join((plain(part) if _TAG.search(part) else part).split())
        spaceless = not line.isascii() and _weight(line) >= _LEAST and len(line.split()) < 3
        if (
            (len(line.split()) >= _LEAST_WORDS or spaceless)
            and _SENTENCE.search(line)
            and not _CODE.search(line)
        ):
            yield line
