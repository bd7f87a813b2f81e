"""Numbers in a text, in figures of any script or in words, by their value.

"One" alone is no number: it is an article in most languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from newswatch.text.number_words import (
    FIGURES_OF_PARTS,
    HALVES,
    NUMBER_WORDS,
    PARTS,
    VAGUE_NUMBERS,
)
from newswatch.text.words import Tokens, fold

_OWN_SCRIPT = ("ru", "uk", "ar", "fa", "he", "hi", "el")  # no words of other languages
_COMPOUND = {"de": "und", "nl": "en|ën", "it": "", "sv": ""}  # "twenty-one" is one word
_CASE = re.compile("(?<=дцат)[ьиі]ю?$|(?<=десят)[иі]ю?$")  # двадцати, двадцатью
_PREFIX = re.compile("^(?:وال|بال|ال|و|ב|ו|ה|ל)(?=..)")  # Arabic, Hebrew: and, the, in
_SPACED_CODES = "bg cs da es et fi fr hu lt lv nb no pl pt ru sk sv uk"  # 500 000
_SPACED = frozenset(_SPACED_CODES.split())
_HALF_DAYS = {"am": 0, "pm": 12}  # hours before
_JOINING = frozenset(("and", "und", "et", "y", "e", "и", "і", "و", "ve", "en", "și"))
_MAGNITUDES = {
    **dict.fromkeys(("k", "тыс", "mila", "tys"), 1_000),
    **dict.fromkeys(("m", "mn", "mln", "mio", "млн"), 1_000_000),
    **dict.fromkeys(("bn", "b", "mrd", "md", "mld", "млрд"), 1_000_000_000),
}
_HAN = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "兩": 2,
}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
_HAN_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_HAN_SIGNS = frozenset((*_HAN, *_HAN_TENS, *_HAN_MYRIADS))
_LONG = 6  # letters of a word that may have an ending
_FIGURES = re.compile(r"(\d+)(\D*)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the tokens that write it, from `first` to before `end`."""

    value: str  # plain digits with a decimal point; tens, hundreds, thousands; half, third ...
    first: int
    end: int


def numbers_in(text: str, tokens: Tokens, language: str | None = None) -> list[Number]:
    """The numbers of a tokenised text, in order."""
    found: list[Number] = []
    at = 0
    while at < len(tokens.words):
        number = (
            _in_figures(text, tokens, at, language or "en")
            or _in_han(tokens, at)
            or _halved(tokens, at)
            or _in_words(text, tokens, at, language or "")
            or _vague(tokens, at)
        )
        if number is None:
            at += 1
        else:
            found.append(number)
            at = number.end
    return found


def are_equal(value: str, other: str) -> bool:
    """Whether two values may be one number: "a quarter" is 25 %, "third" is 3rd."""
    return (
        value == other
        or other in FIGURES_OF_PARTS.get(value, ())
        or value in FIGURES_OF_PARTS.get(other, ())
    )


def _halved(tokens: Tokens, at: int) -> Number | None:
    """Half a million."""
    if tokens.words[at] not in _halves() or (at > 0 and tokens.words[at - 1] == "a"):
        return None  # two and a half million
    end = at + 1
    if tokens.words[end : end + 1] == ("a",):
        end += 1
    size = _magnitudes().get(tokens.words[end], 0) if end < len(tokens.words) else 0
    return Number(str(size // 2), at, end + 1) if size else None


@cache
def _halves() -> frozenset[str]:
    parts = (word for word, part in _parts().items() if part == "half")
    return frozenset((*map(fold, HALVES.split()), *parts))


def _vague(tokens: Tokens, at: int) -> Number | None:
    size = _vague_size(tokens.words[at])
    return None if size is None else Number(size, at, at + 1)


@lru_cache(maxsize=50_000)
def _vague_size(word: str) -> str | None:
    if (part := _parts().get(word)) is not None:
        return part
    for size, stems in _vague_stems():
        if word in stems or (len(word) > _LONG and word.startswith(stems)):
            return size
    return None


@cache
def _parts() -> dict[str, str]:
    return {fold(word): part for part, words in PARTS.items() for word in words.split()}


@cache
def _vague_stems() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((size, tuple(map(fold, stems.split()))) for size, stems in VAGUE_NUMBERS.items())


def _in_figures(text: str, tokens: Tokens, at: int, language: str) -> Number | None:
    parsed = _digits(tokens.words[at])
    if parsed is None:
        return None
    whole, unit = parsed
    end = at + 1
    decimals = ""
    while not unit and not decimals and end < len(tokens.words):
        gap = text[tokens.ends[end - 1] : tokens.starts[end]]
        following = _digits(tokens.words[end])
        if following is None or len(gap) != 1:
            break
        are_thousands = gap in ",.'’٬\u00a0\u202f\u2009" or (
            gap == " " and language in _SPACED and len(tokens.words[at]) <= 3
        )
        if are_thousands and len(following[0]) == 3 and len(whole) <= 9:
            whole += following[0]
        elif gap in ".,٫:":
            decimals = (":" if gap == ":" else ".") + following[0]
        else:
            break
        unit = following[1]
        end += 1
    factor = _MAGNITUDES.get(unit, 0)
    if not unit and end < len(tokens.words):
        factor = _magnitudes().get(tokens.words[end], 0)
        end += bool(factor)
    value = _scaled(whole, decimals, factor or 1)
    half_day = unit
    if not unit and language == "en" and end < len(tokens.words):  # "am" is a word of others
        half_day = tokens.words[end]
    if half_day in _HALF_DAYS and int(whole) <= 12:
        hour = int(whole) % 12 + _HALF_DAYS[half_day]
        minutes = decimals.replace(".", ":")
        return Number(_scaled(str(hour), minutes, 1), at, end + (not unit))
    if factor and tokens.words[end - 1] in _HAN_SIGNS and _is_close(tokens, end):
        rest = _in_figures(text, tokens, end, language)  # 2万4千
        if rest is not None and rest.value.isdigit() and int(rest.value) < factor:
            return Number(str(int(value) + int(rest.value)), at, rest.end)
    return Number(value, at, end)


def _is_close(tokens: Tokens, at: int) -> bool:
    """Whether a token begins where the one before it ends."""
    return at < len(tokens.words) and tokens.starts[at] == tokens.ends[at - 1]


def _scaled(whole: str, decimals: str, factor: int) -> str:
    if decimals[1:] == "00":  # an hour, or a price
        decimals = ""
    if factor == 1 or decimals.startswith(":"):
        return f"{int(whole)}{decimals}"
    return f"{float(f'{int(whole)}{decimals}') * factor:.0f}"


@lru_cache(maxsize=50_000)
def _digits(word: str) -> tuple[str, str] | None:
    """Digits of any script and the letters after them; None if it does not begin with a digit."""
    found = _FIGURES.match(word)
    if found is None:
        return None
    return "".join(str(unicodedata.digit(sign, 0)) for sign in found[1]), found[2]


@cache
def _magnitudes() -> dict[str, int]:
    """What a number before a word is multiplied by, in any language."""
    written = {
        word: value
        for code in NUMBER_WORDS
        for word, value in _table(code).items()
        if value >= 1_000
    }
    abbreviated = {word: value for word, value in _MAGNITUDES.items() if len(word) > 1}
    return written | abbreviated | _HAN_MYRIADS | {"千": 1_000}


def _in_han(tokens: Tokens, at: int) -> Number | None:
    end = at
    while (
        end < len(tokens.words)
        and tokens.words[end] in _HAN_SIGNS
        and (end == at or tokens.starts[end] == tokens.ends[end - 1])
    ):
        end += 1
    signs = tokens.words[at:end]
    if not signs or signs in (("一",), ("千",), ("万",), ("百",)):
        return None
    total = section = digit = 0
    for sign in signs:
        if sign in _HAN:
            digit = digit * 10 + _HAN[sign] if digit else _HAN[sign]
        elif sign in _HAN_TENS:
            section += (digit or 1) * _HAN_TENS[sign]
            digit = 0
        else:
            total += ((section + digit) or 1) * _HAN_MYRIADS[sign]
            section = digit = 0
    return Number(str(total + section + digit), at, end)


def _in_words(text: str, tokens: Tokens, at: int, language: str) -> Number | None:
    values: list[int] = []
    end = at
    for place in range(at, len(tokens.words)):
        if place > at and not _are_joined(text, tokens, place):
            break
        value = _value(tokens.words[place], language)
        if value is not None:
            values.append(value)
            end = place + 1
        elif place == at or place > end or tokens.words[place] not in _JOINING:
            break
    if not values or values == [1]:
        return None
    return Number(str(_sum(values)), at, end)


def _are_joined(text: str, tokens: Tokens, place: int) -> bool:
    """Nothing but a blank or a hyphen stands between this word and the one before."""
    return text[tokens.ends[place - 1] : tokens.starts[place]] in (" ", "-", "\u00a0", "\u2010")


@lru_cache(maxsize=100_000)
def _value(word: str, language: str) -> int | None:
    known = _values(language)
    for form in (word, _CASE.sub("ь", word), _PREFIX.sub("", word)):
        if form in known:
            return known[form]
    if language in _COMPOUND:
        parts = _compound(language).fullmatch(word)
        if parts:
            lexemes = _lexemes(language).findall(word)
            return _sum([known[lexeme] for lexeme in lexemes if lexeme in known])
    return None


def _sum(values: Sequence[int]) -> int:
    """Twenty, one: 21; four, hundred: 400; quatre, vingts: 80."""
    total = current = 0
    for value in values:
        if value >= 1_000:
            total += max(1, current) * value
            current = 0
        elif value == 100 or (value == 20 and current == 4):
            current = max(1, current) * value
        else:
            current += value
    return total + current


@cache
def _values(language: str) -> dict[str, int]:
    """The words of a language, and those that no other language could mean otherwise."""
    values: dict[str, int] = {}
    for code in (*_OWN_SCRIPT, "en" if language not in NUMBER_WORDS else language):
        values |= _table(code)
    return values


@cache
def _table(code: str) -> dict[str, int]:
    parts = NUMBER_WORDS[code].split()
    return dict(zip(map(fold, parts[::2]), map(int, parts[1::2]), strict=True))


@cache
def _lexemes(language: str) -> re.Pattern[str]:
    words = sorted(_table(language), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _compound(language: str) -> re.Pattern[str]:
    link = _COMPOUND[language]
    lexeme = _lexemes(language).pattern
    return re.compile(
        f"(?:{lexeme})(?:(?:{link})?(?:{lexeme}))+" if link else f"(?:{lexeme}){{2,}}"
    )
