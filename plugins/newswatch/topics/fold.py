"""One spelling for matching, with the way back to each character's place in the original."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_ARABIC = str.maketrans("أإآٱىیکۀةھ", "ااااييكههه")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = dict.fromkeys(map(ord, "’‘ʼ＇`´"), "'")
_KEEP_MARKS = frozenset("йїў")  # letters of their own, not accented ones


@dataclass(frozen=True, slots=True)
class Folded:
    """`text[i]` comes from `original[offsets[i]]`; `offsets` is None where the two run in step."""

    original: str
    text: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span of a span of `text`: original[start:end] is what matched."""
        if self.offsets is None:
            return start, end
        last = self.offsets[end - 1] + 1
        while last < len(self.original) and not fold_character(self.original[last]):
            last += 1  # marks that belong to the last letter
        return self.offsets[start], last


def fold(text: str) -> Folded:
    """Case, accents, vowel points, width, ligatures, dashes and quotes are folded away."""
    if text.isascii():
        return Folded(text, text.lower().translate(_SPACES), None)
    pieces = [fold_character(character) for character in text]
    folded = "".join(pieces)
    if all(len(piece) == 1 for piece in pieces):
        return Folded(text, folded, None)
    offsets = tuple(at for at, piece in enumerate(pieces) for _ in piece)
    return Folded(text, folded, offsets)


_SPACES = str.maketrans("\t\r\x0b\x0c", "    ")


@lru_cache(maxsize=70_000)
def fold_character(character: str) -> str:
    """What one character becomes: nothing (marks, soft hyphens, tatweel), one or more."""
    if character == "\n":
        return "\n"
    if character.isspace():
        return " "
    character = character.translate(_DASHES).translate(_QUOTES)
    if character in "İı":
        return "i"
    lowered = unicodedata.normalize("NFKC", character).casefold()
    if lowered in _KEEP_MARKS:
        return lowered
    plain = "".join(
        part
        for part in unicodedata.normalize("NFKD", lowered)
        if unicodedata.category(part) not in ("Mn", "Me", "Cf") and part != "\u0640"
    )
    return unicodedata.normalize("NFC", plain).translate(_ARABIC).translate(_LATIN)


_LATIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe"})
