"""Numbers in a text, in figures of any script or in words, by their value.

"One" alone is no number: it is an article in most languages.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise

from newswatch.text.number_han import HAN_SIGNS, in_han
from newswatch.text.number_parts import (
    Number,
    are_equal,
    article,
    behind_of,
    ends_before_half,
    halved,
    is_per_cent,
    of_parts,
    share,
    with_half,
    with_per_cent,
    with_quarters,
    with_vulgar_fraction,
)
from newswatch.text.number_sums import goes_on, sum_of
from newswatch.text.number_tables import (
    ABBREVIATED,
    MOST_FIGURES,
    PREFIX,
    halves,
    joining,
    magnitudes,
    ones,
    parts,
    table,
    vague_stems,
)
from newswatch.text.number_words import HALVING, NUMBER_WORDS
from newswatch.text.words import Tokens

__all__ = ["Number", "are_equal", "numbers_in"]

_OWN_SCRIPT = ("ru", "uk", "ar", "fa", "he", "hi", "el")  # no words of other languages
_COMPOUND = {"de": "und", "nl": "en|ën", "it": "", "sv": ""}  # "twenty-one" is one word
_CASE = re.compile("(?<=дцат)[ьиі]ю?$|(?<=десят)[иі]ю?$")  # двадцати, двадцатью
_SPACED_CODES = "bg cs da es et fi fr hu lt lv nb no pl pt ru sk sv uk"  # 500 000
_SPACED = frozenset(_SPACED_CODES.split())
_HALF_DAYS = {"am": 0, "pm": 12}  # hours before
_LETTER_APOSTROPHE = "\u02bc"
_APOSTROPHES = ("'", "\u2019")
_LONG = 6  # letters of a word that may have an ending
_FIGURES = re.compile(rf"(\d{{1,{MOST_FIGURES}}})(?!\d)(\D*)")


def numbers_in(text: str, tokens: Tokens, language: str | None = None) -> list[Number]:
    """The numbers of a tokenised text, in order."""
    if language != "uk":
        return _numbers_in(text, tokens, language or "")
    whole, places = _with_apostrophes(text, tokens)
    return [
        Number(found.value, places[found.first], places[found.end])
        for found in _numbers_in(text, whole, language)
    ]


def _numbers_in(text: str, tokens: Tokens, language: str) -> list[Number]:
    found: list[Number] = []
    at = 0
    while at < len(tokens.words):
        begins = _may_begin(tokens.words[at], language)
        number = _number(text, tokens, at, language) if begins else None
        at = number.end if number else at + 1
        if number and not (number.value == "1" and _digits(tokens.words[number.first]) is None):
            found.append(number)
    return found


def _with_apostrophes(text: str, tokens: Tokens) -> tuple[Tokens, list[int]]:
    """Ukrainian п'ять is one word; and the token that each begins with, and one for the end."""
    starts = [
        at
        for at, start in enumerate(tokens.starts)
        if not at or text[tokens.ends[at - 1] : start] not in _APOSTROPHES
    ]
    places = [*starts, len(tokens.words)]
    words = ("".join(tokens.words[at:end]) for at, end in pairwise(places))
    whole = Tokens(
        tuple(word.replace(_LETTER_APOSTROPHE, "") for word in words),
        tuple(tokens.starts[at] for at in starts),
        tuple(tokens.ends[end - 1] for end in places[1:]),
    )
    return whole, places


@lru_cache(maxsize=100_000)
def _may_begin(word: str, language: str) -> bool:
    """Whether a number may begin with the word; most words begin none."""
    return (
        word in HAN_SIGNS
        or word in halves() | ones()
        or word.startswith(HALVING)
        or _digits(word) is not None
        or _value(word, language) is not None
        or _vague_size(word) is not None
    )


def _number(text: str, tokens: Tokens, at: int, language: str) -> Number | None:
    number = halved(tokens, at) or _plain(text, tokens, at, language)
    number = number or article(tokens, at, language)
    if number is None:
        return _vague(tokens, at)
    number = with_quarters(tokens, number)
    number = with_half(text, tokens, number, language, has_unit=_has_unit(tokens, number, language))
    number = of_parts(text, tokens, number)
    has_unit = _has_unit(tokens, number, language)
    if of := behind_of(text, tokens, number, has_unit=has_unit):
        number = share(number, _plain(text, tokens, of, language))
    return with_per_cent(tokens, number)


def _has_unit(tokens: Tokens, number: Number, language: str) -> bool:
    """Whether the word behind a number may be what it counts."""
    word = "".join(tokens.words[number.end : number.end + 1])
    return word.isalpha() and not _may_begin(word, language)


def _plain(text: str, tokens: Tokens, at: int, language: str) -> Number | None:
    return (
        with_vulgar_fraction(text, tokens, at)
        or _in_figures(text, tokens, at, language or "en")
        or in_han(tokens, at)
        or _in_words(text, tokens, at, language)
    )


def _vague(tokens: Tokens, at: int) -> Number | None:
    size = _vague_size(tokens.words[at])
    return None if size is None else Number(size, at, at + 1)


@lru_cache(maxsize=50_000)
def _vague_size(word: str) -> str | None:
    if (part := parts().get(word)) is not None:
        return part
    for size, stems in vague_stems():
        if word in stems or (len(word) > _LONG and word.startswith(stems)):
            return size
    return None


def _in_figures(text: str, tokens: Tokens, at: int, language: str, below: int = 0) -> Number | None:
    """With the word behind them that they are multiplied by: it is less than `below`, if any."""
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
    factor = ABBREVIATED.get(unit, 0)
    if not unit and end < len(tokens.words):
        factor = magnitudes().get(tokens.words[end], 0)
        end += bool(factor)
    if below and factor >= below:
        return None
    value = _scaled(whole, decimals, factor or 1)
    half_day = unit
    if not unit and language == "en" and end < len(tokens.words):  # "am" is a word of others
        half_day = tokens.words[end]
    if half_day in _HALF_DAYS and int(whole) <= 12:
        hour = int(whole) % 12 + _HALF_DAYS[half_day]
        minutes = decimals.replace(".", ":")
        return Number(_scaled(str(hour), minutes, 1), at, end + (not unit))
    if factor and tokens.words[end - 1] in HAN_SIGNS and _is_close(tokens, end):
        rest = _in_figures(text, tokens, end, language, factor)  # 2万4千
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


def _in_words(text: str, tokens: Tokens, at: int, language: str) -> Number | None:
    values: list[float] = []
    end = at
    before_and: tuple[int, int] | None = None  # how many of the values, and where they end
    for place in range(at, len(tokens.words)):
        if place > at and not _are_joined(text, tokens, place):
            break
        value = _value(tokens.words[place], language)
        if place > at and _begins_another(tokens, place):
            break
        if value is None:
            if place == at or place > end or tokens.words[place] not in joining(language):
                break
            before_and = len(values), end
        elif not values or goes_on(values, value, place > end, language):
            values.append(value)
            end = place + 1
        else:
            if value >= 100 and before_and:  # one hundred and two hundred
                values, end = values[: before_and[0]], before_and[1]
            break
    if not values:
        return None
    total = sum_of(values)
    return Number(f"{total:.0f}" if total.is_integer() else f"{total:.15g}", at, end)


def _begins_another(tokens: Tokens, at: int) -> bool:
    """Whether a half, its article, or the hundred of "per cent" stands there."""
    word = tokens.words[at]
    return word in halves() or ends_before_half(tokens, at) or is_per_cent(word)


def _are_joined(text: str, tokens: Tokens, place: int) -> bool:
    """Nothing but a blank or a hyphen stands between this word and the one before."""
    return text[tokens.ends[place - 1] : tokens.starts[place]] in (" ", "-", "\u00a0", "\u2010")


@lru_cache(maxsize=100_000)
def _value(word: str, language: str) -> float | None:
    known = _values(language)
    for form in (word, _CASE.sub("ь", word), PREFIX.sub("", word)):
        if form in known:
            return known[form]
    if language in _COMPOUND:
        parts = _compound(language).fullmatch(word)
        if parts:
            lexemes = _lexemes(language).findall(word)
            return sum_of([known[lexeme] for lexeme in lexemes if lexeme in known])
    return None


@cache
def _values(language: str) -> dict[str, float]:
    """The words of a language, and those that no other language could mean otherwise."""
    values: dict[str, float] = {}
    for code in (*_OWN_SCRIPT, "en" if language not in NUMBER_WORDS else language):
        values |= table(code)
    return values


@cache
def _lexemes(language: str) -> re.Pattern[str]:
    words = sorted(table(language), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _compound(language: str) -> re.Pattern[str]:
    link = _COMPOUND[language]
    lexeme = _lexemes(language).pattern
    return re.compile(
        f"(?:{lexeme})(?:(?:{link})?(?:{lexeme}))+" if link else f"(?:{lexeme}){{2,}}"
    )
