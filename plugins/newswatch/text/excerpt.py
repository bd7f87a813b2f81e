"""A text that is too long for its place, cut where a reader would cut it, and marked so."""

from __future__ import annotations

import unicodedata

_SENTENCE_ENDS = (". ", "! ", "? ", "。", "؟ ", "। ", ".\n")
_MARK = "…"


def beginning(text: str, length: int, *, whole_sentences: bool = False) -> str:
    """At most `length` characters, cut behind a word and marked by an ellipsis.

    With `whole_sentences` it ends with a sentence, unmarked, if one ends in the second half.
    """
    if len(text) <= length:
        return text
    if whole_sentences:
        sentence = max(text.rfind(end, 0, length) for end in _SENTENCE_ENDS)
        if sentence > length // 2:
            return text[: sentence + 1].rstrip()
    room = max(0, length - len(_MARK) - 1)
    blank = text.rfind(" ", 0, room + 1)
    cut = blank if blank > room // 2 else _between_letters(text, room)
    return f"{text[:cut].rstrip()} {_MARK}"


def ending(text: str, length: int) -> str:
    """The last characters, at most `length`, cut before a word and marked by an ellipsis."""
    if len(text) <= length:
        return text
    first = len(text) - max(0, length - len(_MARK) - 1)
    blank = text.find(" ", first - 1, (first + len(text)) // 2)
    cut = blank if blank >= 0 else first
    while cut < len(text) and _is_mark(text[cut]):
        cut += 1
    return f"{_MARK} {text[cut:].lstrip()}"


def _between_letters(text: str, place: int) -> int:
    """`place`, or before it: where no mark is parted from its letter."""
    while 0 < place < len(text) and _is_mark(text[place]):
        place -= 1
    return place


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
