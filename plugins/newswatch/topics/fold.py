"""One spelling for matching, with the way back to each character's place in the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Marks that a reader leaves out: accents, Hebrew points, Arabic harakat, Indic nukta, and the
# selectors of a character's picture. Indic, Thai and kana signs are letters of the word: they stay.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u093c\u09bc\ufe00-\ufe0f]"
)
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−־-", " "),
        **dict.fromkeys("’‘‛ʼʻ＇`´׳", "'"),
        **dict.fromkeys("“”„‟״", '"'),
        **dict.fromkeys("ىیېے", "ي"),
        **dict.fromkeys("ةھہۀۃە", "ه"),
        "ک": "ك",
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
    }
)
_ASCII = str.maketrans("-`\t\r\x0b\x0c\x1c\x1d\x1e\x1f", " '        ")
_BLANKS = re.compile(r"[^\S\n]{2,}")
# What is folded as one: a letter with the marks that follow it, or a run of blanks.
_CLUSTER = re.compile(
    r"[^\S\n]+|(?s:.)[\u0300-\u036f\u0653-\u0655\u093c\u09bc\u1161-\u11ff\u3099\u309a]*"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is what is matched. `in_step`: character for character it is the original's."""

    original: str
    text: str
    in_step: bool

    def locate(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The originals' spans of spans of `text`: original[start:end] is what matched."""
        if self.in_step or not spans:
            return list(spans)
        starts, ends = [], []
        for piece, start, end in _pieces(self.original):
            starts += [start] * len(piece)
            ends += [end] * len(piece)
        return [(starts[first], ends[last - 1]) for first, last in spans]


def fold(text: str) -> Folded:
    """Fold away case, accents, vowel points, width, ligatures, hyphens, and kinds of quotes."""
    if _BLANKS.search(text) is None:
        if text.isascii():
            return Folded(text, text.lower().translate(_ASCII), True)
        if unicodedata.is_normalized("NFC", text):
            folded = text.translate(_FOLDS)
            return Folded(text, folded, _FOLDS.uneven.isdisjoint(text))
    return Folded(text, "".join(piece for piece, _, _ in _pieces(text)), False)


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Each cluster's folded form, with where it begins and ends."""
    for found in _CLUSTER.finditer(text):
        yield _fold_cluster(found.group()), found.start(), found.end()


@lru_cache(maxsize=50_000)
def _fold_cluster(cluster: str) -> str:
    if cluster == "\n":
        return "\n"
    if cluster.isspace():
        return " "
    composed = unicodedata.normalize("NFKC", cluster).replace("İ", "i").casefold()
    if all(unicodedata.category(part) == "Cf" for part in composed):
        return ""
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", composed))
    plain = re.sub(r"\s+", " ", plain)
    return unicodedata.normalize("NFC", plain).translate(_ALIKE)


class _Folds(dict[int, str]):
    """What each character becomes, filled as characters are met."""

    def __init__(self) -> None:
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = self[code] = _fold_cluster(character)
        if len(folded) != 1:
            self.uneven.add(character)
        return folded


_FOLDS = _Folds()
