"""The scripts of the world: which put no spaces between words, and so how many words a text has.

Every room counts by this table. In the scripts named here (line breaking classes SA and ID of
Unicode's UAX 14) a word is taken to be two syllables or characters long.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from newswatch.text.invisible import DIRECTION, FORMATTING, JOINING
from newswatch.text.marks import marks

# The letters of each script that is written without spaces, as the inside of a character class.
SPACELESS_SCRIPTS = {
    "thai": "\u0e01-\u0e2f\u0e40-\u0e44\u0e46",
    "lao": "\u0e81-\u0eaf\u0ebd\u0ec0-\u0ec4\u0ec6\u0edc-\u0edf",
    "burmese": (
        "\u1000-\u102a\u103f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070"
        "\u1075-\u1081\u108e\ua9e0-\ua9e4\ua9e6-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa76\uaa7a\uaa7e\uaa7f"
    ),
    "khmer": "\u1780-\u17b3\u17d7\u17dc",
    "kana": (
        "\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
        "\uff66-\uff9d"
    ),
    "bopomofo": "\u3105-\u312f\u31a0-\u31bf",
    "han": "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f",
}
SPACELESS = "".join(SPACELESS_SCRIPTS.values())
# Vowels that Thai and Lao write after a letter belong to it: the compatibility forms cut one of
# them in two, of which the first is a mark. So do the marks of half-width kana.
VOWELS = "\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3\uff9e\uff9f"
JOINERS = f"{DIRECTION}{FORMATTING}{JOINING}\u0640"  # what may stand inside a word, tatweel too

_SPACELESS_LETTER = re.compile(f"[{SPACELESS}]")
_SPACELESS_OR_VOWEL = re.compile(f"[{SPACELESS}{VOWELS}]")
_PLAIN = re.compile(r"\w+")
_BY_BLOCK = (
    ("latin", 0x41, 0x24F),
    ("greek", 0x370, 0x3FF),
    ("cyrillic", 0x400, 0x52F),
    ("armenian", 0x530, 0x58F),
    ("hebrew", 0x590, 0x5FF),
    ("arabic", 0x600, 0x77F),
    ("indic", 0x900, 0xDFF),
    ("georgian", 0x10A0, 0x10FF),
    ("hangul", 0x1100, 0x11FF),
    ("hangul", 0xAC00, 0xD7A3),
)


def is_spaceless(word: str) -> bool:
    """Does the word begin with a letter of a script without spaces, and so is less than a word?"""
    return not word.isascii() and _SPACELESS_LETTER.match(word) is not None


def script_of(letter: str) -> str:
    """The family of a letter's script: latin, cyrillic ..., `spaceless`, or `other`."""
    if _SPACELESS_OR_VOWEL.match(letter):
        return "spaceless"
    code = ord(letter)
    return next((name for name, low, high in _BY_BLOCK if low <= code <= high), "other")


def spaceless_in(text: str) -> int:
    """How many letters of scripts without spaces a text has."""
    return 0 if text.isascii() else len(_SPACELESS_LETTER.findall(text))


@lru_cache(maxsize=8)  # the same body is counted by several rules
def words_in(text: str) -> int:
    """How many words a text has: between blanks, or of two syllables where there are no blanks."""
    if text.isascii() or not _SPACELESS_LETTER.search(text):
        return len(text.split())
    return sum(_PLAIN.search(word) is not None for word in _between_blanks().findall(text))


def word_starts(text: str) -> list[int]:
    """Where each word begins; unlike in `words_in` an apostrophe, hyphen or stop parts two."""
    return [found.start() for found in word_pattern(text, syllables=2).finditer(text)]


def word_pattern(text: str, *, syllables: int = 1) -> re.Pattern[str]:
    """Matches each word of this text; `syllables` of a script without spaces are one.

    A text of plain letters gets a plain pattern, which is ten times as fast.
    """
    if text.isascii() or not _special().search("".join(set(text))):  # each letter is asked once
        return _PLAIN
    return _words(syllables)


@cache
def _special() -> re.Pattern[str]:
    """What `_PLAIN` would get wrong: marks, joiners, scripts without spaces."""
    return re.compile(f"[{marks()}{JOINERS}{SPACELESS}]")


@cache
def _words(syllables: int) -> re.Pattern[str]:
    some = f"(?:{_syllable()}){{1,{syllables}}}" if syllables > 1 else _syllable()
    inner = f"[^\\W{SPACELESS}]|[{marks()}{JOINERS}]"
    return re.compile(f"{some}|[^\\W{SPACELESS}](?:{inner})*")


@cache
def _between_blanks() -> re.Pattern[str]:
    return re.compile(f"(?:{_syllable()}){{1,2}}|[^\\s{SPACELESS}]+")


def _syllable() -> str:
    return f"[{SPACELESS}](?:[{JOINERS}]*[{marks()}{VOWELS}])*"
