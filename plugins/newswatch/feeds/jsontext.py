"""JSON as feeds have it: raw line breaks in strings, a comma too many, an end that is missing."""

from __future__ import annotations

import json
import re
from typing import Any

# Strings are passed over, so that nothing in them is taken for JSON.
_STRING_OR_COMMA = re.compile(r"(?P<string>\"(?:[^\"\\]|\\.)*\")|,(?=\s*[}\]])", re.DOTALL)
_ITEMS = re.compile(r",?\s*\"items\"\s*:\s*\[")
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)


def loaded(text: str) -> tuple[Any, str | None]:
    """The value of a JSON text, and what had to be mended.

    Of a text that is wrong further on, or breaks off, what precedes its items and each whole item
    is read. Raises ValueError for what is beyond that, and RecursionError for what is too deep.
    """
    try:
        return _DECODER.decode(text), None
    except ValueError as error:
        said = f"not valid JSON: {error}"
    text = _STRING_OR_COMMA.sub(lambda found: found["string"] or "", text)
    try:
        return _DECODER.decode(text), said
    except ValueError:
        pass
    begun = _ITEMS.search(text)
    items = _whole_items(text, begun.end()) if begun else []
    if begun is None or not items:
        raise ValueError(said)
    try:
        root = _DECODER.decode(text[: begun.start()] + "}")
    except ValueError:
        root = {}
    return root | {"items": items}, said


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
