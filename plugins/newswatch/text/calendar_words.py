"""The words of dates in the languages that news is written in, out of Unicode's CLDR."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError

Half = Literal["am", "pm"]

# By the script of their words, as Unicode names it: a word is looked up in one script only. Of two
# languages in which a word means different months the one that more of them side with wins.
_LOCALES = {
    "LATIN": (
        *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "cs", "sk", "hu", "ro", "sv", "nb"),
        *("da", "fi", "et", "lv", "lt", "sl", "hr", "bs", "sq", "ca", "eu", "gl", "ga", "is", "mt"),
        *("id", "ms", "fil", "vi", "sw", "az", "uz", "tk", "af", "ku", "de_AT"),
    ),
    "CYRILLIC": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"),
    "ARABIC": ("ar", "ar_SY", "ar_DZ", "ar_MA", "fa", "ur", "ps", "ckb"),
    "GREEK": ("el",),
    "HEBREW": ("he",),
    "ARMENIAN": ("hy",),
    "GEORGIAN": ("ka",),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "BENGALI": ("bn",),
    "GUJARATI": ("gu",),
    "GURMUKHI": ("pa",),
    "TAMIL": ("ta",),
    "TELUGU": ("te",),
    "KANNADA": ("kn",),
    "MALAYALAM": ("ml",),
    "SINHALA": ("si",),
    "THAI": ("th",),
    "LAO": ("lo",),
    "KHMER": ("km",),
    "MYANMAR": ("my",),
    "ETHIOPIC": ("am",),
    "HANGUL": ("ko",),
    "CJK": ("zh", "ja"),
}
# The one table of English months, known without CLDR, which takes a moment to load and is seldom
# needed.
_ENGLISH = {
    **{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7},
    **{"august": 8, "september": 9, "october": 10, "november": 11, "december": 12},
}
_ALSO = {"de": {"mrz": 3}}  # what Windows and Java write, and CLDR does not
_LEAST_PREFIX = 3  # letters of a name that are enough for it
# Accents, and the points of Hebrew and Arabic; in the scripts of India and beyond such marks are
# vowels.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
_IN_HEBREW = "ב"  # "in", written as one word with what follows


def month_of(words: str, language: str | None = None) -> int | None:
    """The month, 1 to 12, that a word or two name, in full or cut short; None if they name none.

    `language` is what the text is said to be in; it settles what means different months.
    """
    folded = _folded(words)
    if folded.startswith(_IN_HEBREW) and len(folded) > _LEAST_PREFIX:
        folded = folded.removeprefix(_IN_HEBREW)
    if not folded or folded[0].isdigit():
        return None
    return _month_of(folded, (language or "").partition("-")[0].lower())


def english_month(name: str) -> int | None:
    """The month that English calls so, in full or cut short."""
    return _named(name.casefold(), _ENGLISH)


def half_of_day(word: str, language: str | None = None) -> Half | None:
    """Whether a word says before or after noon; short words of Latin letters in their language
    only, since elsewhere they mean other things."""
    folded = _folded(word).replace(" ", "").replace(".", "")
    if folded in ("am", "pm"):
        return "am" if folded == "am" else "pm"
    script = _script_of(folded)
    locales = _LOCALES.get(script, ())
    if script == "LATIN":
        locales = ((language or "").partition("-")[0].lower(),)
    for locale in locales:
        if half := _halves(locale).get(folded):
            return half
    return None


@lru_cache(maxsize=4_096)
def _month_of(folded: str, language: str) -> int | None:
    if language and language != "en" and (found := _named(folded, _months(language))):
        return found
    if found := _named(folded, _ENGLISH):
        return found
    meant = Counter(
        month
        for locale in _LOCALES.get(_script_of(folded), ())
        if (month := _named(folded, _months(locale)))
    )
    return meant.most_common(1)[0][0] if meant else None


def _named(folded: str, months: Mapping[str, int]) -> int | None:
    """The month of that name, or the only one whose name begins so."""
    if folded in months:
        return months[folded]
    if len(folded) < _LEAST_PREFIX:
        return None
    begun = {month for name, month in months.items() if name.startswith(folded)}
    return begun.pop() if len(begun) == 1 else None


@cache
def _months(locale: str) -> dict[str, int]:
    found = _locale(locale)
    if found is None:
        return {}
    return {
        _folded(spelling): month
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for month, name in found.months[form][width].items()
        if not name[:1].isdigit()
        for spelling in (name, name.replace("ä", "ae"))
    } | _ALSO.get(locale, {})


@cache
def _halves(locale: str) -> dict[str, Half]:
    found = _locale(locale)
    names: dict[str, Half] = {}
    if found is None:
        return names
    for half, name in _day_periods(found):
        names[_folded(name).replace(" ", "").replace(".", "")] = half
    return names


def _day_periods(locale: Locale) -> Iterator[tuple[Half, str]]:
    halves: tuple[Half, ...] = ("am", "pm")
    for widths in locale.day_periods.values():
        for width in ("wide", "abbreviated"):
            for half in halves:
                if name := widths.get(width, {}).get(half):
                    yield half, name


@cache
def _locale(name: str) -> Locale | None:
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return None


def _folded(words: str) -> str:
    """Without case, accents and full stops: "févr." is written "fevr" as well."""
    plain = unicodedata.normalize("NFKD", words.replace("ı", "i").replace("İ", "i"))
    letters = _MARKS.sub("", plain)
    return re.sub(r"[.\u200c\u200f\u200e]|\s+$|^\s+", "", letters.casefold())


def _script_of(folded: str) -> str:
    return unicodedata.name(folded[:1] or " ", "").partition(" ")[0]
