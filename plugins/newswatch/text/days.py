"""Days of the week and months by their names in the languages of the world (Unicode CLDR)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from newswatch.text.scripts import is_spaceless
from newswatch.text.words import fold

_ENDING = 2  # letters that a case may add to a name, or exchange for its last one
_SHORTEST = 4  # letters of a stem
_CASE_ENDINGS = "be bg bs cs el et fi hr hu lt lv pl ru sk sl sr tr uk"
_CASES = frozenset(_CASE_ENDINGS.split())
_COMPOUNDING = frozenset(("da", "de", "nb", "nl", "no", "sv"))  # Donnerstagmorgen
_PREFIXES = {"ar": frozenset("وفبلك"), "he": frozenset("ובלמהשכ")}  # and, in, from, the
_SHORT_FORMS = {
    "en": {  # as agencies write them
        **{"jan": "month-1", "feb": "month-2", "aug": "month-8", "sept": "month-9"},
        **{"oct": "month-10", "nov": "month-11", "dec": "month-12"},
    },
    "ru": {"мае": "month-5", "маем": "month-5"},
    "pl": {"maju": "month-5", "majem": "month-5"},
}
_APOSTROPHES = re.compile("['’ʼ]")
_SHORT_WEEK = {"星期": "周", "曜日": "曜"}


@lru_cache(maxsize=100_000)
def day_of(word: str, language: str | None) -> str | None:
    """The day or month that a folded word names in that language, whatever its case ending:
    `day-3`, `month-12`."""
    known = _names(language or "en")
    if language in _PREFIXES:
        return _behind_prefix(word, known, _PREFIXES[language])
    if language in _COMPOUNDING:
        return known.get(word) or _begun_by_weekday(word, language)
    if language not in _CASES:
        return known.get(word)
    for cut in range(min(_ENDING + 1, len(word) - _SHORTEST) + 1):
        if found := known.get(word[: len(word) - cut]):
            return found
    return known.get(word)


def days_in(text: str, language: str | None) -> list[tuple[str, str]]:
    """Day and name of all that a text names in a language that is written without spaces."""
    names = _spaceless(language or "en")
    if not names:
        return []
    return [(names[name], name) for name in _any_of(language or "en").findall(text)]


def _behind_prefix(word: str, known: Mapping[str, str], letters: frozenset[str]) -> str | None:
    """The day of a word that may have one or two prefixes of a letter."""
    for cut in range(3):
        if letters.issuperset(word[:cut]) and (found := known.get(word[cut:])):
            return found
    return None


def _begun_by_weekday(word: str, language: str) -> str | None:
    """The day of `donderdagochtend`."""
    days = ((name, day) for name, day in _names(language).items() if day.startswith("day-"))
    return next((day for name, day in days if word.startswith(name)), None)


@cache
def _names(language: str) -> dict[str, str]:
    """Days by folded name, and by its stem where a case exchanges the last letter. A name of two
    words is known by its last, one with a hyphen by what stands before it."""
    found: dict[str, str] = {}
    for day, name in _listed(language):
        word = fold(_APOSTROPHES.split(name.split()[-1].partition("-")[0])[-1])
        if not is_spaceless(name):
            found.setdefault(word, day)
            if language in _CASES and len(word) > _SHORTEST:
                found.setdefault(word[:-1], day)
    return found | _SHORT_FORMS.get(language, {})


@cache
def _spaceless(language: str) -> dict[str, str]:
    found = {name: day for day, name in _listed(language) if is_spaceless(name)}
    for long, short in _SHORT_WEEK.items():
        found |= {name.replace(long, short): day for name, day in found.items() if long in name}
    return found


@cache
def _any_of(language: str) -> re.Pattern[str]:
    names = sorted(_spaceless(language), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


@cache
def _listed(language: str) -> list[tuple[str, str]]:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return []
    return [
        (f"{what}-{number}", name)
        for what, names in (("day", locale.days), ("month", locale.months))
        for context in ("format", "stand-alone")
        for number, name in names[context]["wide"].items()
    ]
