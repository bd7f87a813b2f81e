"""One spelling for matching, with the way back to each character's place in the original."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

# Marks that a reader leaves out: accents, Hebrew points, Arabic harakat, Indic nukta, and the
# selectors of a character's picture. Indic, Thai and kana signs are letters of the word: they stay.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u093c\u09bc\ufe00-\ufe0f]"
)
_DROPPED_RUN = re.compile(f"{_DROPPED.pattern}+")
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


class _Stretch(NamedTuple):
    """A cluster whose folded form is not one character, in folded and in original offsets."""

    start: int
    end: int
    original_start: int
    original_end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is what is matched. `in_step`: character for character it is the original's."""

    original: str
    text: str
    in_step: bool

    def locate(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The originals' spans of spans of `text`: original[start:end] is what matched.

        A letter that folds to two is taken whole, and so are the marks after the last letter.
        """
        if self.in_step or not spans:
            return list(spans)
        stretches = list(_stretches(self.original))
        starts = [stretch.start for stretch in stretches]
        found = []
        for first, end in spans:
            start, _ = _place(stretches, starts, first)
            _, stop = _place(stretches, starts, end - 1)
            marks = _DROPPED_RUN.match(self.original, stop)
            found.append((start, marks.end() if marks else stop))
        return found


def fold(text: str) -> Folded:
    """Fold away case, accents, vowel points, width, ligatures, hyphens, and kinds of quotes."""
    if text.isascii():
        folded = text.lower().translate(_ASCII)
        if not _has_blanks(text, folded):
            return Folded(text, folded, True)
        return Folded(text, _BLANKS.sub(" ", text.lower()).translate(_ASCII), False)
    if unicodedata.is_normalized("NFC", text):
        folded = text.translate(_FOLDS)
        if not _has_blanks(text, folded):
            return Folded(text, folded, _FOLDS.uneven.isdisjoint(text))
        return Folded(text, _BLANKS.sub(" ", text).translate(_FOLDS), False)
    folded = "".join(_fold_cluster(found.group()) for found in _CLUSTER.finditer(text))
    return Folded(text, folded, False)


def _has_blanks(text: str, folded: str) -> bool:
    """Whether runs of blanks are to be folded. Each blank becomes a space, but so do dashes; to
    look for two spaces first makes matching a tenth faster (`make bench-topics`)."""
    return "  " in folded and _BLANKS.search(text) is not None


def _place(stretches: Sequence[_Stretch], starts: Sequence[int], offset: int) -> tuple[int, int]:
    """The original's span of one character of the folded text."""
    number = bisect_right(starts, offset) - 1
    if number < 0:
        return offset, offset + 1
    stretch = stretches[number]
    if offset < stretch.end:
        return stretch.original_start, stretch.original_end
    place = stretch.original_end + offset - stretch.end
    return place, place + 1


def _stretches(text: str) -> Iterator[_Stretch]:
    """Where the folded text runs out of step with `text`."""
    ahead = 0  # of the original, in characters
    for found in _uneven_clusters(text):
        length = len(_fold_cluster(found.group()))
        start = found.start() - ahead
        yield _Stretch(start, start + length, found.start(), found.end())
        ahead += found.end() - found.start() - length


def _uneven_clusters(text: str) -> Iterator[re.Match[str]]:
    if not unicodedata.is_normalized("NFC", text):
        return _CLUSTER.finditer(text)
    present = "".join(sorted(_FOLDS.uneven.intersection(text)))
    return _one_of(present).finditer(text)


@lru_cache(maxsize=1_000)
def _one_of(characters: str) -> re.Pattern[str]:
    """Matches these characters, and runs of blanks."""
    return re.compile(rf"[^\S\n]{{2,}}|[{re.escape(characters)}]" if characters else r"[^\S\n]{2,}")


@lru_cache(maxsize=50_000)
def _fold_cluster(cluster: str) -> str:
    if cluster == "\n":
        return "\n"
    if cluster.isspace():
        return " "
    composed = unicodedata.normalize("NFKC", cluster).replace("İ", "i").casefold()
    composed = "".join(part for part in composed if unicodedata.category(part) != "Cf")
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", composed))
    plain = re.sub(r"\s+", " ", plain)
    return unicodedata.normalize("NFC", plain).translate(_ALIKE)


class _Folds(dict[int, str]):
    """What each character becomes, filled as characters are met."""

    def __init__(self) -> None:
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _fold_cluster(character)
        if len(folded) != 1:
            self.uneven.add(character)
        self[code] = folded  # only now: another thread must not fold it and miss that it is uneven
        return folded


_FOLDS = _Folds()
