"""Half a million, two and a half, one in four: numbers that say a part of another."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction

from newswatch.text.number_tables import (
    ABBREVIATED,
    ARTICLES,
    AT_THE,
    PREFIX,
    halves,
    hundreds,
    joining,
    ones,
    parts,
    power_of_ten,
)
from newswatch.text.number_words import (
    BEFORE_HALF,
    DOZENS,
    FIGURES_OF_PARTS,
    HALVES_BEHIND,
    HALVING,
    OF_A_WHOLE,
    OF_SO_MANY,
    OF_SO_MANY_UNITS,
    PER,
)
from newswatch.text.words import Tokens, fold

_MOST = 100  # "one in 2024" is no share
_PHRASES = sorted((tuple(map(fold, phrase.split())) for phrase in OF_SO_MANY), key=len)[::-1]
_OF_SO_MANY = {
    first: [phrase for phrase in _PHRASES if phrase[0] == first] for first, *_ in _PHRASES
}
_SHORT = 3  # letters of a word that is most likely no noun
_MARK = re.compile("[.,;:!?()…،؛।]")
_VULGAR = re.compile(r"(\d{0,9})([¼-¾⅐-⅞])(\D*)")
_SLASH = "\u2044"  # a folded word has it for the sign
_OF_UNITS = frozenset(tuple(map(fold, phrase.split())) for phrase in OF_SO_MANY_UNITS)
_DOZENS = frozenset(map(fold, DOZENS))
_PER = frozenset(map(fold, PER))


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the tokens that write it, from `first` to before `end`."""

    value: str  # plain digits with a decimal point; tens, hundreds, thousands; half, third, 3/4 ...
    first: int
    end: int


def are_equal(value: str, other: str) -> bool:
    """Whether two values may be one number: "a quarter" is 25 %, "third" is 3rd."""
    if value == other or other in _figures(value) or value in _figures(other):
        return True
    return (quotient := _quotient(value)) is not None and quotient == _quotient(other)


def _figures(value: str) -> tuple[str, ...]:
    """What a part may be written with, in figures: one in four also as a quarter, 25 % or 4."""
    if (quotient := _share(value)) is not None:
        percent = float(100 * quotient)
        written = (f"{int(percent)}", f"{percent:.0f}", f"{percent:.1f}", f"{float(quotient):g}")
        return (*written, str(quotient.denominator)) if quotient.numerator == 1 else written
    return FIGURES_OF_PARTS.get(value, ())


def _quotient(value: str) -> Fraction | None:
    return _share(FIGURES_OF_PARTS[value][-1] if value in FIGURES_OF_PARTS else value)


def _share(value: str) -> Fraction | None:
    return Fraction(value) if "/" in value else None


def halved(tokens: Tokens, at: int) -> Number | None:
    """Half a million, jumătate de milion, полмиллиона; a quarter of one; and half a dozen."""
    word = tokens.words[at]
    if word.startswith(HALVING) and (size := power_of_ten(word[len(HALVING[0]) :])):
        return Number(str(size // 2), at, at + 1)
    if word not in halves() and parts().get(word) != "quarter":
        return None
    end = at + 1
    end += bool(OF_A_WHOLE.intersection(tokens.words[end : end + 1]))
    end += bool(ones().intersection(tokens.words[end : end + 1]))
    if word in halves() and _DOZENS.intersection(tokens.words[end : end + 1]):
        return Number("6", at, end + 1)
    size = _power_of_ten(tokens, end)
    return Number(str(size // (2 if word in halves() else 4)), at, end + 1) if size else None


def with_vulgar_fraction(text: str, tokens: Tokens, at: int) -> Number | None:
    """½, 2½ million, 2 ½."""
    end, whole = at + 1, ""
    if tokens.words[at].isdecimal() and text[tokens.ends[at] : tokens.ends[at] + 1].isspace():
        end, whole = at + 2, tokens.words[at]
    if end > len(tokens.words) or _SLASH not in tokens.words[end - 1]:
        return None
    found = _VULGAR.fullmatch(text[tokens.starts[end - 1] : tokens.ends[end - 1]])
    if found is None or (whole and (found[1] or tokens.starts[end - 1] > tokens.ends[at] + 1)):
        return None
    value = int(whole[:9] or found[1] or 0) + unicodedata.numeric(found[2])
    if size := ABBREVIATED.get(found[3].lower(), 0):
        return Number(f"{value * size:.0f}", at, end)
    if size := _power_of_ten(tokens, end):
        return Number(f"{value * size:.0f}", at, end + 1)
    return Number(f"{value:.4g}", at, end)


def with_quarters(tokens: Tokens, number: Number) -> Number:
    """Three quarters of a million."""
    if number.value not in ("2", "3") or number.end == len(tokens.words):
        return number
    quarter = halved(tokens, number.end) if tokens.words[number.end] in parts() else None
    if quarter is None:
        return number
    return Number(str(int(number.value) * int(quarter.value)), number.first, quarter.end)


def of_parts(text: str, tokens: Tokens, number: Number) -> Number:
    """Three quarters; but three quarter-finals are three. And two dozen."""
    if number.end == len(tokens.words) or not number.value.isdigit():
        return number
    word, end = tokens.words[number.end], number.end + 1
    if word in _DOZENS and 1 < int(number.value) <= _MOST:
        return Number(str(12 * int(number.value)), number.first, end)
    of = _quotient(parts().get(word, ""))
    if of is None or number.value == "1" or text.startswith("-", tokens.ends[number.end]):
        return number
    return share(number, Number(str(of.denominator), number.end, end))


def article(tokens: Tokens, at: int, language: str) -> Number | None:
    """The one of "a year and a half"."""
    is_one = language in ("en", "") and tokens.words[at] in ARTICLES
    return Number("1", at, at + 1) if is_one else None


def with_half(
    text: str, tokens: Tokens, number: Number, language: str, *, has_unit: bool
) -> Number:
    """Two and a half million, two million and a half, two years and a half: the number with the
    half behind it. `has_unit`: what follows the number may be what it counts."""
    if not number.value.isdigit():
        return number
    end = _behind_half(tokens, number.end, language)
    if end is None:
        return _with_half_behind_unit(text, tokens, number, language) if has_unit else number
    if not _is_unbroken(text, tokens, number, end):
        return number
    whole, size = int(number.value), _power_of_ten(tokens, end)
    if own := _power_of_ten(tokens, number.end - 1):  # a dual is twice its power of ten
        value = str(whole + 10 ** (len(str(own)) - 1) // 2)
    else:
        value = str((2 * whole + 1) * size // 2) if size else f"{whole}.5"
    return Number(value, number.first, end + bool(size))


def _with_half_behind_unit(text: str, tokens: Tokens, number: Number, language: str) -> Number:
    """Two years and a half: unless the half seems to be one of what follows it, as in "two dead and
    half a dozen hurt", "dos muertos y medio centenar de heridos"."""
    end = _behind_half(tokens, number.end + 1, language) if len(number.value) <= 2 else None
    if end is None or not _is_unbroken(text, tokens, number, end):
        return number
    if end < len(tokens.words):
        gap = text[tokens.ends[end - 1] : tokens.starts[end]]
        is_owned = gap.isspace() and len(tokens.words[end]) > _SHORT
        if gap == "-" or (is_owned and tokens.words[end - 1] not in HALVES_BEHIND):
            return number
    return Number(f"{number.value}.5", number.first, end)


def _is_unbroken(text: str, tokens: Tokens, number: Number, end: int) -> bool:
    """Whether blanks and hyphens alone stand between the number and that end."""
    behind = text[tokens.ends[number.end - 1] : tokens.ends[end - 1]]
    return _MARK.search(behind) is None


def ends_before_half(tokens: Tokens, at: int) -> bool:
    """Whether the word there is an article before a half."""
    return (
        tokens.words[at] in ones()
        and at + 1 < len(tokens.words)
        and tokens.words[at + 1] in halves()
    )


def behind_of(text: str, tokens: Tokens, number: Number, *, has_unit: bool) -> int | None:
    """Where the number of "one in so many", or "une femme sur" so many, begins."""
    if not number.value.isdigit() or len(number.value) > 2:
        return None
    for unit in (0, 1) if has_unit else (0,):
        start = number.end + unit
        for phrase in _OF_SO_MANY.get("".join(tokens.words[start : start + 1]), ()):
            end = start + len(phrase)
            if (
                tokens.words[start:end] == phrase
                and end < len(tokens.words)
                and (not unit or phrase in _OF_UNITS)
                and _is_unbroken(text, tokens, number, end)
            ):
                return end
    return None


def share(number: Number, of: Number | None) -> Number:
    """One in four, three in ten, where both are numbers; else the first of them."""
    if of is None or not of.value.isdigit():
        return number
    if not max(1, int(number.value)) < int(of.value) <= _MOST:
        return number
    return Number(f"{int(number.value)}/{int(of.value)}", number.first, of.end)


def with_per_cent(tokens: Tokens, number: Number) -> Number:
    """25 pour cent: the hundred is no number of its own."""
    words = tokens.words[number.end : number.end + 2]
    if len(words) == 2 and words[0] in _PER and words[1] in hundreds():
        return replace(number, end=number.end + 2)
    if words and is_per_cent(words[0]):
        return replace(number, end=number.end + 1)
    return number


def is_per_cent(word: str) -> bool:
    """Arabic writes it as one word."""
    return word.startswith(AT_THE) and word.removeprefix(AT_THE) in hundreds()


def _behind_half(tokens: Tokens, at: int, language: str) -> int | None:
    """The end of the "and a half" that begins there."""
    words = tokens.words[at : at + 3]
    if words and words[0] not in halves() and PREFIX.sub("", words[0]) in halves():
        return at + 1  # Arabic and Hebrew write "and" at the word
    if len(words) < 2 or words[0] not in joining(language) | BEFORE_HALF:
        return None
    if words[1] in halves() and (words[0] != "and" or _power_of_ten(tokens, at + 2)):
        return at + 2  # but not: two, and half the cabinet
    if len(words) > 2 and words[1] in ones() and words[2] in halves():
        return at + 3
    return None


def _power_of_ten(tokens: Tokens, at: int) -> int:
    return power_of_ten(tokens.words[at]) if at < len(tokens.words) else 0
