"""Words that turn a sentence round: negations, and words of which one cannot stand for another.

A word belongs to a pole of a line if it begins with one of its stems. Words are folded. Where no
spaces part words, runs of two characters are words as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import pairwise

from newswatch.copies.opposites import VERBS
from newswatch.copies.word_classes import CLASSES, DURATIONS
from newswatch.text.scripts import is_spaceless
from newswatch.text.words import fold

_NEGATION_WORDS = """
    not no never none nobody nothing nowhere without cannot neither nor nicht nichts niemand
    nirgends weder kein keine keinen keiner keinem nie niemals ohne pas jamais aucun aucune
    sans ni nunca jamás ningún ninguna sin não nunca nenhum nenhuma sem non mai nessun nessuno
    nessuna senza niet geen nooit zonder не нет ни никогда без ні немає ніколи لا لم لن ليس
    ليست غير دون بدون نه بدون هیچ לא אין בלי ללא אינו אינה אינם אינן איננו איננה אינני אף
    değil yok hiç नहीं न बिना না নয় নেই 不 没 沒 无 無 未 非 ない ず 않 못 안
"""
_NEGATIONS = frozenset(map(fold, _NEGATION_WORDS.split()))
# Words of Chinese and Japanese that only begin as negations do.
_NOT_NEGATING_WORDS = """
    不断 不斷 不仅 不僅 不过 不過 不久 不少 不同 不但 不止 不只 不料 未来 未來 非常 非洲 非凡
    无论 無論 无数 無數 無数 没收 沒收 非難 不動
"""
_NOT_NEGATING = frozenset(map(fold, _NOT_NEGATING_WORDS.split()))
_PREFIXES = ("un", "in", "im", "dis", "ir", "il", "non", "не", "غير", "бес", "без")
_SUFFIXES = (("less", "ful"), ("los", "voll"), ("siz", "li"), ("suz", "lu"), ("süz", "lü"))
_TURKISH_NOT = re.compile("m[aeiuü](?=yor|d[iuü]|yaca|yece|mi[sş]|z$)")  # dışlamıyor
_VOWELS = re.compile("[aeiouöü]")
_NOT_IN_JAPANESE = re.compile("ない|なかった|なく|ません|ず(?=に|、)")
_AND = re.compile("^[وف](?=لا$|لم$|لن$|ليس)")  # written with the Arabic negation
_SHORTEST_STEM = 3
_LONGEST_ENDING = 5  # letters; more where a long stem begins the word


def is_negation(word: str, before: str, after: str = "") -> bool:
    """Whether a folded word between two others negates; English writes "didn't" as two words."""
    if word + after in _NOT_NEGATING:
        return False
    if word in _NEGATIONS or (word == "t" and before.endswith("n")):
        return True
    return _AND.sub("", word) in _NEGATIONS


def spaceless_negations_in(text: str, language: str | None) -> list[str]:
    """What negates in a language that is written without spaces and in more than one character."""
    return _NOT_IN_JAPANESE.findall(text) if language == "ja" else []


def are_opposites(word: str, other: str, kept: AbstractSet[tuple[int, int]] = frozenset()) -> bool:
    """Whether two folded words say the opposite of each other; poles of a line that are `kept` have
    words on either side."""
    if word != other and any(
        longer == prefix + shorter
        for longer, shorter in ((word, other), (other, word))
        for prefix in _PREFIXES
        if len(shorter) > _SHORTEST_STEM
    ):
        return True
    if any(
        (word.removesuffix(one), other.removesuffix(two)) == (word[: -len(one)], word[: -len(one)])
        for less, full in _SUFFIXES
        for one, two in ((less, full), (full, less))
    ):
        return True
    mine, theirs = _poles(word), _poles(other)
    return any(
        line == its and pole != other_pole and kept.isdisjoint(((line, pole), (line, other_pole)))
        for line, pole in mine
        for its, other_pole in theirs
    )


def _is_turkish_denial(word: str, other: str) -> bool:
    """Whether the word is the other with "not" inside; vowels before it may change."""
    plain = _TURKISH_NOT.sub("", word)
    return plain != word and _VOWELS.sub("", plain) == _VOWELS.sub("", other)


def opposites(
    words: Sequence[str],
    others: Sequence[str],
    language: str | None,
    *,
    with_durations: bool = True,
) -> Iterator[tuple[str, str]]:
    """The pairs of opposite sense, of a word and another; "kilometres" is also "km (62 miles)".
    Units of time are only `with_durations`."""
    mine, theirs = tuple(_with_pairs(words)), tuple(_with_pairs(others))
    kept = _sides(mine) & _sides(theirs)
    if not with_durations:
        kept |= {side for side in _sides(mine) | _sides(theirs) if side[0] >= _FIRST_DURATION}
    for word in mine:
        for other in theirs:
            if are_opposites(word, other, kept) or (
                language == "tr"
                and (_is_turkish_denial(word, other) or _is_turkish_denial(other, word))
            ):
                yield word, other


def _sides(words: Sequence[str]) -> frozenset[tuple[int, int]]:
    return frozenset(side for word in words for side in _poles(word))


def _with_pairs(words: Sequence[str]) -> Iterator[str]:
    """The words, and each two characters in a row of a script without spaces."""
    yield from words
    for first, second in pairwise(words):
        if is_spaceless(first) and is_spaceless(second):
            yield first + second


@lru_cache(maxsize=20_000)
def _poles(word: str) -> frozenset[tuple[int, int]]:
    """Line and pole of each stem that the word begins with; short stems are whole words."""
    return frozenset((line, pole) for line, pole, stem in _stems() if _is_of(word, stem))


def _is_of(word: str, stem: str) -> bool:
    if stem.endswith("."):
        return word == stem[:-1]
    return (word == stem or (word.startswith(stem) and len(stem) >= _shortest(stem))) and len(
        word
    ) - len(stem) <= max(_LONGEST_ENDING, 2 * len(stem))


def _shortest(stem: str) -> int:
    """Letters of a stem that may have an ending; a Korean one is written in syllables."""
    return 2 if "\uac00" <= stem[0] <= "\ud7a3" else _SHORTEST_STEM


_FIRST_DURATION = len(VERBS.strip().splitlines()) + len(CLASSES)


@cache
def _stems() -> tuple[tuple[int, int, str], ...]:
    verbs = (line.split("|") for line in VERBS.strip().splitlines())
    return tuple(
        (line, pole, fold(stem))
        for line, poles in enumerate((*verbs, *CLASSES, *DURATIONS))
        for pole, stems in enumerate(poles)
        for stem in stems.split()
    )
