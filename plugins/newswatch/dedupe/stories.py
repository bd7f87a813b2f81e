"""Which story an article belongs to: one online pass over TF-IDF vectors, explained by terms."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from newswatch.dedupe.tokens import Tokens, is_number, is_spaceless, tokenize

JOIN = 0.27  # cosine from which an article joins a story
HALF_LIFE = timedelta(days=4)  # a story that nothing was added to for so long counts half
TERMS = 60  # of an article's vector
STORY_TERMS = 120
LEAD_WORDS = 60
HEADLINE_CHARACTERS = 200  # of the first line, where an article has no headline
NAME_WEIGHT = 2.5
_TITLE_WEIGHT, _LEAD_WEIGHT, _NUMBER_WEIGHT = 3.0, 3.0, 1.6
_PRIOR = 1_000.0  # articles that the document frequencies start from

Vector = Mapping[str, float]

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


@dataclass(frozen=True, slots=True)
class Document:
    """What a story is found by."""

    title: str
    text: str
    seen_at: datetime | None


@dataclass(slots=True)
class Story:
    """A story so far; `vector` is the sum of its articles' unit vectors, cut to its best terms."""

    story_id: int
    vector: dict[str, float]
    last_seen_at: datetime | None
    length: float = field(init=False)

    def __post_init__(self) -> None:
        self.length = _length(self.vector)


@dataclass(frozen=True, slots=True)
class Match:
    """Why an article joins a story: similarity 0..1 and the terms that make most of it."""

    story_id: int
    similarity: float
    terms: tuple[tuple[str, float], ...]


class Frequencies:
    """In how many articles each term stood, of those seen so far."""

    def __init__(self, articles: int = 0, terms: Mapping[str, int] | None = None) -> None:
        self.articles = articles
        self._terms = Counter(terms or {})

    def add(self, terms: Sequence[str]) -> None:
        self.articles += 1
        self._terms.update(set(terms))

    def rarity(self, term: str) -> float:
        """Inverse document frequency; a term never seen is as rare as can be."""
        return math.log((self.articles + _PRIOR) / (self._terms[term] + 1.0))


def term_counts(document: Document) -> dict[str, float]:
    """Terms with their weight in the article: title and lead count more, names and numbers too."""
    counts: dict[str, float] = {}
    headline = document.title or document.text.strip().partition("\n")[0][:HEADLINE_CHARACTERS]
    _count(counts, headline, tokenize(headline), _TITLE_WEIGHT, 0)
    _count(counts, document.text, tokenize(document.text), 1.0, LEAD_WORDS)
    return {word: 1.0 + math.log(weight) for word, weight in counts.items()}


def _count(counts: dict[str, float], text: str, tokens: Tokens, weight: float, lead: int) -> None:
    for position, term, value in weighted_terms(text, tokens):
        value *= weight * (_LEAD_WEIGHT if position < lead else 1.0)
        counts[term] = counts.get(term, 0.0) + value


def weighted_terms(text: str, tokens: Tokens) -> Iterator[tuple[int, str, float]]:
    """Position, term and weight of each word that is one: names and numbers weigh more."""
    for position, word in enumerate(tokens.words):
        term = _pair(tokens, position) if is_spaceless(word) else word
        stem, value = _stem(term) if term is not None else ("", 0.0)
        if not stem:
            continue
        if text[tokens.starts[position]].isupper():
            value = NAME_WEIGHT
        yield position, stem, value


def _pair(tokens: Tokens, position: int) -> str | None:
    """The character with the next one, where words are not parted; None at the end of a run.

    Two Hiragana in a row are grammar.
    """
    after = position + 1
    if after == len(tokens.words) or tokens.starts[after] != tokens.ends[position]:
        return None
    pair = tokens.words[position] + tokens.words[after]
    return None if all("\u3041" <= letter <= "\u309f" for letter in pair) else pair


@lru_cache(maxsize=200_000)
def _stem(term: str) -> tuple[str, float]:
    """The term without an English plural, and what it weighs in small letters; empty if it says
    nothing."""
    if term in _STOP or (len(term) < 2 and term.isascii()):
        return "", 0.0
    weight = _NUMBER_WEIGHT if is_number(term) else 1.0
    if len(term) > 4 and term.isascii():
        return re.sub(r"(?<=[^s])s$", "", re.sub(r"ies$", "y", term)), weight
    return term, weight


def vector_of(counts: Mapping[str, float], frequencies: Frequencies) -> dict[str, float]:
    """The unit TF-IDF vector of an article's best terms."""
    weighted = {term: count * frequencies.rarity(term) for term, count in counts.items()}
    return unit(best(weighted, TERMS))


def best(vector: Vector, most: int) -> dict[str, float]:
    items = list(vector.items())
    if len(items) > most:
        least = sorted(vector.values())[-most]
        items = [item for item in items if item[1] >= least]
    return dict(sorted(items, key=lambda item: (-item[1], item[0]))[:most])


def unit(vector: Vector) -> dict[str, float]:
    length = _length(vector)
    return {term: weight / length for term, weight in vector.items()} if length else {}


def _length(vector: Vector) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values()))


def match(vector: Vector, seen_at: datetime | None, stories: Sequence[Story]) -> Match | None:
    """The most similar story, if it is similar enough; ties go to the oldest."""
    found: Match | None = None
    for story in sorted(stories, key=lambda story: story.story_id):
        shared = {
            term: weight * story.vector[term] / story.length
            for term, weight in vector.items()
            if term in story.vector
        }
        similarity = sum(shared.values()) * _decay(seen_at, story.last_seen_at)
        if similarity >= JOIN and (found is None or similarity > found.similarity):
            terms = tuple((term, round(weight, 4)) for term, weight in best(shared, 8).items())
            found = Match(story.story_id, round(similarity, 4), terms)
    return found


def join(story: Story, vector: Vector, seen_at: datetime | None) -> None:
    """Add an article to a story."""
    for term, weight in vector.items():
        story.vector[term] = story.vector.get(term, 0.0) + weight
    story.vector = best(story.vector, STORY_TERMS)
    story.length = _length(story.vector)
    if seen_at and (story.last_seen_at is None or seen_at > story.last_seen_at):
        story.last_seen_at = seen_at


def _decay(seen_at: datetime | None, last_seen_at: datetime | None) -> float:
    if seen_at is None or last_seen_at is None:
        return 1.0
    return float(0.5 ** (max(timedelta(0), seen_at - last_seen_at) / HALF_LIFE))
