"""The words of a text that tell what it is about, what each weighs, and how rare it is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Literal

from newswatch.stories.rules import FIRST, StoryRules
from newswatch.text.limits import LONGEST_WORD
from newswatch.text.scripts import is_spaceless
from newswatch.text.words import Tokens, is_number

# Function words of the languages we read most; rarity deals with the rest.
_STOP_WORDS = """
    a about after all also an and any are as at be been but by can could did do for from had has
    have he her his how i if in into is it its just like may more most new no not of on one or other
    our out over said say says she so some such than that the their them then there these they this
    to two up was we were what when which who will with would year years you your s t mr mrs ms
    der die das und ist von mit den ein eine im auf für nicht sich des dem zu als auch es an werden
    le la les de des et en un une du que qui dans pour sur pas au par est il elle ce plus ne se
    el los las y en un una por con para del al se no su lo como más es
    o os as e da do dos das em um uma para com não por que no na
    il di e che in un una per non con del della dei i gli è si da
    и в на не что с по как из за от к это для его о у а но же до при был также
    і та що у з до за від як на не це про для його
    ve bir bu da de için ile olarak olan daha çok en gibi sonra
    في من على إلى أن عن مع هذا التي الذي كان ما لا بعد قال
    של על את לא עם זה כי אל גם הוא היא כל אבל או אם מה
    het een van op te dat die in voor niet met zijn aan er om ook
    w i na z do nie się że jest to za od o jak po
"""
_STOP = frozenset(_STOP_WORDS.split())


class _Logarithms(dict[int, float]):
    """The logarithm of a count plus one, each taken once."""

    def __missing__(self, count: int) -> float:
        self[count] = logarithm = math.log(count + 1.0)
        return logarithm


_LOGARITHM = _Logarithms()


class Frequencies:
    """In how many articles each term stood, of those seen so far."""

    def __init__(
        self,
        articles: int = 0,
        terms: Mapping[str, int] | None = None,
        prior: float = FIRST.prior,
    ) -> None:
        """`prior` articles are there from the start, which hold no term."""
        self.articles = articles
        self._prior = prior
        self._before = terms or {}
        self._terms = Counter(self._before)

    def add(self, terms: AbstractSet[str]) -> None:
        self.articles += 1
        self._terms.update(terms)

    def now(self, terms: Iterable[str]) -> Frequencies:
        """Those of these terms as they are, whatever is added later."""
        return Frequencies(self.articles, {term: self._terms[term] for term in terms}, self._prior)

    def added(self) -> dict[str, int]:
        """In how many of the articles that were added each term stood."""
        before = self._before.get
        counts = ((term, count - before(term, 0)) for term, count in self._terms.items())
        return {term: count for term, count in counts if count}

    def rarity(self, term: str) -> float:
        """Inverse document frequency; a term never seen is as rare as can be."""
        return self.weigh({term: 1.0})[term]

    def rarities(self, terms: Iterable[str]) -> dict[str, float]:
        """How rare each is, 1 of a term never seen."""
        most = math.log(self.articles + self._prior)
        return {
            term: weight / most for term, weight in self.weigh(dict.fromkeys(terms, 1.0)).items()
        }

    def weigh(self, counts: Mapping[str, float]) -> dict[str, float]:
        """Each count times the rarity of its term."""
        most, known = math.log(self.articles + self._prior), self._terms.get
        return {term: count * (most - _LOGARITHM[known(term, 0)]) for term, count in counts.items()}


def weighted_terms(
    text: str, tokens: Tokens, rules: StoryRules
) -> Iterator[tuple[int, str, float]]:
    """Position, term and weight of each word that is a term: names and numbers weigh more."""
    for position, (word, start) in enumerate(zip(tokens.words, tokens.starts, strict=True)):
        kind, term = _read(word)
        if kind == "spaceless":
            if pair := _pair(tokens, position):
                yield position, pair, 1.0
        elif term:
            usual = rules.number_weight if kind == "number" else 1.0
            yield position, term, rules.name_weight if text[start].isupper() else usual


def _pair(tokens: Tokens, position: int) -> str:
    """The character with the next one, where words are not parted; empty at the end of a run.

    Two Hiragana in a row are grammar.
    """
    after = position + 1
    if after == len(tokens.words) or tokens.starts[after] != tokens.ends[position]:
        return ""
    pair = tokens.words[position] + tokens.words[after]
    return "" if all("\u3041" <= letter <= "\u309f" for letter in pair) or pair in _STOP else pair


@lru_cache(maxsize=200_000)  # a word that was met costs one look-up (`make bench-pipeline`)
def _read(word: str) -> tuple[Literal["spaceless", "number", "word"], str]:
    """What a word is, and its term, if it has one."""
    if is_spaceless(word):
        return "spaceless", ""
    return ("number" if is_number(word) else "word"), _term(word)


def _term(word: str) -> str:
    """The word without an English plural; empty if it is a function word, or longer than any."""
    if word in _STOP or len(word) > LONGEST_WORD:
        return ""
    if len(word) < 2 and word.isascii():
        return ""
    if len(word) > 4 and word.isascii():
        return re.sub(r"(?<=[^s])s$", "", re.sub(r"ies$", "y", word))
    return word
