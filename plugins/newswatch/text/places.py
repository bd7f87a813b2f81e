"""Countries and cities by their names in the languages of the world (Unicode CLDR)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from newswatch.text.scripts import is_spaceless
from newswatch.text.words import fold

_ENDING = 2  # letters that a case may add to a name
_SHORTEST = 4  # letters of a stem; shorter ones begin other words
_VOWELS = frozenset("aeiouyаеиоуыэюяієїαεηιουωάέήίόύώ")
_ALIASES = {  # English
    **dict.fromkeys(("us", "usa", "america"), "@US"),
    **dict.fromkeys(("uk", "britain", "great britain"), "@GB"),
    "uae": "@AE",
}
_KATAKANA = "[\u30a1-\u30fa\u30fc]"
_JOINED = re.compile(
    "^[وبلفك]?(?=ال|[آأإا-ي]{4})"
)  # Arabic: and, in, for ... written with the name


@lru_cache(maxsize=200_000)
def place_of(word: str, language: str | None) -> str | None:
    """The country or city that a folded word names in that language, whatever its case ending:
    `@UA`, `@Europe/Kiev`."""
    known = _stems(language or "")
    for candidate in dict.fromkeys((word, _JOINED.sub("", word))):
        for cut in range(_ENDING + 2):
            stem = candidate[: len(candidate) - cut]
            if len(stem) < _SHORTEST and cut:
                break
            if found := known.get(stem):
                return found
    return None


def places_in(text: str, language: str | None) -> list[tuple[str, str]]:
    """Place and name of all that a text names in a language that is written without spaces."""
    names = _spaceless(language or "")
    if not names:
        return []
    return [(names[name], name) for name in _any_of(language or "").findall(text)]


def place_of_name(name: str, language: str | None) -> str | None:
    """The country of a folded name of several words, or of a short one that newspapers use."""
    return _ALIASES.get(name) or _long_names(language or "").get(name)


def long_places_in(words: Sequence[str], language: str | None) -> set[str]:
    """The countries that a text calls by such a name."""
    phrases = (
        " ".join(words[at : at + length]) for length in (1, 2, 3) for at in range(len(words))
    )
    return {place for name in phrases if (place := place_of_name(name, language))}


@cache
def _long_names(language: str) -> dict[str, str]:
    return {fold(name): place for name, place in _names(language) if " " in name}


@cache
def _stems(language: str) -> dict[str, str]:
    stems: dict[str, str] = {}
    for name, place in _names(language):
        word = fold(name)
        stem = word[:-1] if len(word) > _SHORTEST and word[-1] in _VOWELS else word
        if " " not in name and not is_spaceless(name):
            stems.setdefault(stem, place)
            stems.setdefault(word, place)
    return stems


@cache
def _spaceless(language: str) -> dict[str, str]:
    return {name: place for name, place in reversed(_names(language)) if is_spaceless(name)}


@cache
def _any_of(language: str) -> re.Pattern[str]:
    names = sorted(_spaceless(language), key=len, reverse=True)
    return re.compile(f"(?<!{_KATAKANA})(?:{'|'.join(map(re.escape, names))})(?!{_KATAKANA})")


@cache
def _names(language: str) -> list[tuple[str, str]]:
    """Name and place; countries first, since some cities bear a country's name.

    Cities are those that time zones are called by. A language lists them where it does not write
    them as the zone does; Russian writes none so.
    """
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return []
    countries = [(name, f"@{code}") for code, name in locale.territories.items() if code.isalpha()]
    cities = [
        (locale.time_zones.get(zone, {}).get("city", _last_part(zone)), f"@{zone}")
        for zone in map(str, Locale("ru").time_zones)
        if "/" in zone
    ]
    return countries + cities


def _last_part(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
