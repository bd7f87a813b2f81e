"""Half a million, two and a half, one in four: numbers that say a part of another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from newswatch.text.number_tables import (
    AT_THE,
    JOINING,
    PREFIX,
    halves,
    hundreds,
    ones,
    power_of_ten,
)
from newswatch.text.number_words import BEFORE_HALF, FIGURES_OF_PARTS, OF_SO_MANY, PER
from newswatch.text.words import Tokens, fold

_MOST = 100  # "one in 2024" is no share
_OF_SO_MANY = sorted((tuple(map(fold, phrase.split())) for phrase in OF_SO_MANY), key=len)[::-1]
_PER = frozenset(map(fold, PER))


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the tokens that write it, from `first` to before `end`."""

    value: str  # plain digits with a decimal point; tens, hundreds, thousands; half, third, 1/6 ...
    first: int
    end: int


def are_equal(value: str, other: str) -> bool:
    """Whether two values may be one number: "a quarter" is 25 %, "third" is 3rd."""
    return value == other or other in _figures(value) or value in _figures(other)


def _figures(value: str) -> tuple[str, ...]:
    """What a part may be written with, in figures: one in four also as a quarter, 25 % or 4."""
    if value.startswith("1/"):
        of = int(value[2:])
        return (f"{100 // of}", f"{100 / of:.1f}", f"{of}")
    return FIGURES_OF_PARTS.get(value, ())


def halved(tokens: Tokens, at: int) -> Number | None:
    """Half a million."""
    if tokens.words[at] not in halves():
        return None
    end = at + 1
    if tokens.words[end : end + 1] == ("a",):
        end += 1
    size = _power_of_ten(tokens, end)
    return Number(str(size // 2), at, end + 1) if size else None


def with_half(tokens: Tokens, number: Number) -> Number:
    """Two and a half million, two million and a half: the number with the half behind it."""
    end = _behind_half(tokens, number.end) if number.value.isdigit() else None
    if end is None:
        return number
    whole, size = int(number.value), _power_of_ten(tokens, end)
    if own := _power_of_ten(tokens, number.end - 1):  # a dual is twice its power of ten
        value = str(whole + 10 ** (len(str(own)) - 1) // 2)
    else:
        value = str((2 * whole + 1) * size // 2) if size else f"{whole}.5"
    return Number(value, number.first, end + bool(size))


def ends_before_half(tokens: Tokens, at: int) -> bool:
    """Whether the word there is an article before a half."""
    return (
        tokens.words[at] in ones()
        and at + 1 < len(tokens.words)
        and tokens.words[at + 1] in halves()
    )


def behind_of(tokens: Tokens, one: Number) -> int | None:
    """Where the number of "one in so many" begins."""
    if one.value != "1":
        return None
    for phrase in _OF_SO_MANY:
        end = one.end + len(phrase)
        if tokens.words[one.end : end] == phrase and end < len(tokens.words):
            return end
    return None


def share(one: Number, of: Number | None) -> Number:
    """One in four, where the four is a number; else the one."""
    if of is None or not of.value.isdigit() or not 1 < int(of.value) <= _MOST:
        return one
    return Number(f"1/{int(of.value)}", one.first, of.end)


def with_per_cent(tokens: Tokens, number: Number) -> Number:
    """25 pour cent: the hundred is no number of its own."""
    words = tokens.words[number.end : number.end + 2]
    if len(words) == 2 and words[0] in _PER and words[1] in hundreds():
        return replace(number, end=number.end + 2)
    if words and words[0].startswith(AT_THE) and words[0].removeprefix(AT_THE) in hundreds():
        return replace(number, end=number.end + 1)
    return number


def _behind_half(tokens: Tokens, at: int) -> int | None:
    """The end of the "and a half" that begins there."""
    words = tokens.words[at : at + 3]
    if words and words[0] not in halves() and PREFIX.sub("", words[0]) in halves():
        return at + 1  # Arabic and Hebrew write "and" at the word
    if len(words) < 2 or words[0] not in JOINING | BEFORE_HALF:
        return None
    if words[1] in halves() and words[0] != "and":  # two, and half the cabinet
        return at + 2
    if len(words) > 2 and words[1] in ones() and words[2] in halves():
        return at + 3
    return None


def _power_of_ten(tokens: Tokens, at: int) -> int:
    return power_of_ten(tokens.words[at]) if at < len(tokens.words) else 0
