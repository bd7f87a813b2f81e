"""One alias as an analyst writes it, compiled.

Witkoff          the word, with the endings of its section's languages (Witkoffs, Уиткоффа)
mediat*          any word that begins so; inside a phrase too: мирн* переговор*
peace talks      words in a row; blanks and hyphens are the same
=Gaza            with exactly these capitals
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newswatch.topics.boundaries import (
    ANY,
    LANGUAGES,
    LETTER,
    begins_word,
    endings,
    script_of_end,
    word_end,
)
from newswatch.topics.fold import fold

ELSEWHERE = 0  # the line of an alias that a topic includes from the library of names
LONGEST_GAP = 40  # letters that a * inside an alias may stand for
_GAP = re.compile(f"{LETTER}{{0,{LONGEST_GAP}}}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled alias. `literal` is the folded text that must stand somewhere for it to match.

    `languages` are its section's and `only` its own: where the language of an article is known, it
    must be one of them. `needs`: the group that
    must have an occurrence in the same sentence, or within `within` words.
    """

    written: str
    literal: str
    rest: tuple[str, ...]  # the pieces that follow the literal, each after a * inside the alias
    script: str
    open_end: bool
    endings: frozenset[str]
    languages: tuple[str, ...]  # of its section
    surface: str | None = None  # the exact spelling that is asked for
    only: frozenset[str] = frozenset()
    needs: str | None = None
    within: int | None = None
    line: int = ELSEWHERE

    def is_read_in(self, known: frozenset[str]) -> bool:
        """May it stand in an article in one of these languages?"""
        if ANY not in self.languages and known.isdisjoint(self.languages):
            return False
        return not self.only or not known.isdisjoint(self.only)

    def match(self, folded: str, start: int, end: int, language: str | None = None) -> int | None:
        """The end of the match whose literal stands at `start` to `end`, or None.

        A word of no section takes the endings of the article's language, where that is known.
        """
        if not begins_word(folded, start, self.script):
            return None
        if self.rest:
            found = _rest_end(folded, end, self.rest)
            if found is None:
                return None
            end = found
        if self.script == "spaceless":
            return end
        last = word_end(folded, end)
        if last == end or self.open_end or folded[end:last] in self._endings_in(language):
            return last
        return None

    def letters_after(self, language: str | None) -> frozenset[str] | None:
        """The letters of which one stands behind the literal where a match goes on; None: any."""
        if self.rest or self.open_end or self.script == "spaceless":
            return None
        return frozenset(ending[0] for ending in self._endings_in(language) if ending)

    def _endings_in(self, language: str | None) -> frozenset[str]:
        if language in LANGUAGES and ANY in self.languages:
            return endings(self.script, (language,))
        return self.endings


def _rest_end(folded: str, start: int, pieces: Sequence[str]) -> int | None:
    """Where the last piece ends, if letters alone stand before each; as far on as can be.

    Time is linear in the length of the word, however many pieces there are.
    """
    for number, piece in enumerate(pieces, start=1):
        last = _GAP.match(folded, start)
        reach = (last.end() if last else start) + len(piece)
        find = folded.rfind if number == len(pieces) else folded.find
        place = find(piece, start, reach)
        if place < 0:
            return None
        start = place + len(piece)
    return start


def compile_pattern(
    written: str,
    languages: Sequence[str] = (ANY,),
    *,
    only: frozenset[str] = frozenset(),
    needs: str | None = None,
    within: int | None = None,
    line: int = ELSEWHERE,
) -> Pattern:
    """Raises `ValueError` with what is wrong for an alias that matches nothing or everything."""
    text = written.strip()
    surface = text.removeprefix("=").strip() if text.startswith("=") else None
    text = text if surface is None else surface
    open_end = text.endswith("*")
    pieces = [fold(piece).text for piece in text.rstrip("*").split("*")]
    first, *rest = pieces
    first = first.strip() if not rest else first.lstrip()
    if "" in rest:
        raise ValueError("holds two * in a row")
    if not any(character.isalnum() for character in first):
        raise ValueError("holds no letter" if not rest else "begins with *")
    script = script_of_end(pieces[-1])
    if open_end and script in ("latin", "cyrillic") and len("".join(pieces)) < 3:
        raise ValueError("is too short to end in *: it would match nearly everything")
    return Pattern(
        written=written,
        literal=first,
        rest=tuple(rest),
        script=script,
        open_end=open_end,
        endings=endings(script, tuple(languages)),
        languages=tuple(languages),
        surface=surface.rstrip("*") if surface is not None else None,
        only=only,
        needs=needs,
        within=within,
        line=line,
    )
