"""Aliases that are frequent words of another language than the one that they were written for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib.resources import files

from newswatch.text.language import related_to
from newswatch.topics.boundaries import ANY, script_of_end
from newswatch.topics.fold import fold
from newswatch.topics.patterns import Pattern

# Languages that news is watched in, with the name of their list of frequent words.
_LISTS = {
    **{"en": "English", "de": "German", "nl": "Dutch", "fr": "French", "es": "Spanish"},
    **{"pt": "Portuguese", "it": "Italian", "ro": "Romanian", "pl": "Polish", "cs": "Czech"},
    **{"sk": "Slovak", "hu": "Hungarian", "tr": "Turkish", "sv": "Swedish", "da": "Danish"},
    **{"nb": "Norwegian_Bokmal", "fi": "Finnish", "hr": "Croatian", "el": "Greek"},
    **{"ru": "Russian", "uk": "Ukrainian", "bg": "Bulgarian", "ar": "Arabic", "fa": "Persian"},
    **{"he": "Hebrew", "id": "Indonesian", "vi": "Vietnamese"},
}
_SHORTEST = 3  # letters of a word that says something
_MOST = 300  # words of a list, the most frequent first


def collisions(aliases: Iterable[Pattern]) -> Iterator[tuple[Pattern, str, str]]:
    """An alias, a language that it was not written for, and a frequent word there that it finds
    all the same: by the section `any`, or where an article's language is not known. Of aliases
    for one language only those with a * are told: they find more than was meant."""
    for alias in aliases:
        if not alias.open_end and ANY not in alias.languages:
            continue
        if alias.needs or alias.only or alias.surface or alias.rest:
            continue
        yield from ((alias, tag, word) for tag, word in _frequent(alias))


def _frequent(alias: Pattern) -> Iterator[tuple[str, str]]:
    for tag in sorted(_LISTS.keys() - _related(alias.languages)):
        word = _found(alias.literal, tag, open_end=alias.open_end)
        if word is not None:
            yield tag, word
            return


def _found(literal: str, tag: str, *, open_end: bool) -> str | None:
    words = _words(tag, script_of_end(literal))
    if not open_end:
        return literal if literal in words else None
    return min((word for word in words if word.startswith(literal)), default=None)


def _related(languages: Collection[str]) -> set[str]:
    return set().union(*(related_to(language) for language in languages))


@cache
def _words(tag: str, script: str) -> frozenset[str]:
    """The folded frequent words of a language, in a script; names are left out."""
    return frozenset(
        folded
        for word in _ordered(tag)[:_MOST]
        for folded in [fold(word).text]
        if len(folded) >= _SHORTEST and script_of_end(folded) == script
    )


@cache
def _ordered(tag: str) -> list[str]:
    """The words of a list as it stands: the most frequent first, small letters alone."""
    content = files("justext").joinpath("stoplists", f"{_LISTS[tag]}.txt").read_text("utf-8")
    return [word for word in content.split() if word == word.lower()]
