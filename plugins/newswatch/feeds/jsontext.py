"""JSON as feeds have it: raw line breaks in strings, comments, a comma too many, a function around
it, an end that is missing."""

from __future__ import annotations

import json
import re
from typing import Any

# Strings are passed over, so that nothing in them is taken for JSON.
_STRING = r"(?P<string>\"(?:[^\"\\]|\\.)*\")"
_STRING_OR_COMMENT = re.compile(rf"{_STRING}|/\*.*?\*/|//[^\n]*|\bundefined\b", re.DOTALL)
_STRING_OR_COMMA = re.compile(rf"{_STRING}|,(?=\s*[}}\]])", re.DOTALL)
_NO_ESCAPE = re.compile(r"(\\[\"\\/bfnrtu])|\\(.)", re.DOTALL)
_BEFORE = re.compile(
    r"(?:[\s\ufeff]+|/\*.*?\*/|//[^\n]*\n|<!--.*?-->|\)\]\}',?|while\(1\);|for\(;;\);"
    r"|[\w$.]{1,80}\s?\()*+(?=[\[{])",
    re.DOTALL,
)
_BEGUN_FURTHER_ON = re.compile(r"\{[^{}<>]{0,500}?\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org")
_ITEMS = re.compile(r",?\s*\"items\"\s*:\s*\[")
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)


def json_in(text: str) -> str | None:
    """The text from where JSON begins, behind comments and a function's name; None if it is none
    from its beginning on."""
    begun = _BEFORE.match(text)
    return text[begun.end() :] if begun else None


def json_feed_in(text: str) -> str | None:
    """The text from where a JSON Feed begins that names its version, whatever precedes it."""
    begun = _BEGUN_FURTHER_ON.search(text)
    return text[begun.start() :] if begun else None


def loaded(text: str) -> tuple[Any, str | None]:
    """The value of a JSON text, and what had to be mended.

    What follows the value is no part of it. Of a text that is wrong further on, or breaks off, what
    precedes its items and each whole item is read. Raises ValueError for what is beyond that, and
    RecursionError for what is too deep.
    """
    try:
        return _DECODER.decode(text), None
    except ValueError as error:
        said = f"not valid JSON: {error}"
    text = _STRING_OR_COMMA.sub(_kept, _STRING_OR_COMMENT.sub(_kept, text))
    try:
        return _DECODER.raw_decode(text)[0], said
    except ValueError:
        pass
    begun = _ITEMS.search(text)
    items = _whole_items(text, begun.end() if begun else 1)
    if not items or not (begun or text.startswith("[")):
        raise ValueError(said)
    try:
        root = _DECODER.decode(text[: begun.start()] + "}") if begun else {}
    except ValueError:
        root = {}
    return root | {"items": items}, said


def _kept(found: re.Match[str]) -> str:
    """A string, with escapes that JSON has; nothing of what is no JSON."""
    if found["string"] is None:
        return "null" if found[0] == "undefined" else ""
    return _NO_ESCAPE.sub(lambda escape: escape[1] or escape[2], found["string"])


def _whole_items(text: str, position: int) -> list[Any]:
    items: list[Any] = []
    while True:
        if between := _BETWEEN.match(text, position):
            position = between.end()
        try:
            item, position = _DECODER.raw_decode(text, position)
        except ValueError:
            return items
        items.append(item)
