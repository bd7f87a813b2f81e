"""What an article is in its story: the first, a copy, a development, or told independently.

The lead decides, for that is where outlets put the news. An article is a development if one of its
first `LEAD_SENTENCES` sentences is new, or if its headline gives a figure that nobody gave ("toll
rises to 41"). A sentence is new if at least `NEW_SHARE` of its weight lies in terms that stand in
no earlier article of the story. The weight of a term is its rarity, and names and numbers weigh
more, as for finding the story. So a sentence copied word for word is never new, one that was edited
has a small share, and one that tells a known event in other words still names the known people and
places. That the share of unseen terms tells novel sentences as well as anything costlier does:
Allan, Wade and Bolivar, Retrieval and Novelty Detection at the Sentence Level, SIGIR 2003.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from newswatch.dedupe.stories import Frequencies, weighted_terms
from newswatch.dedupe.tokens import figures_of, tokenize
from newswatch.models import DuplicateKind, StoryRole
from newswatch.sentences import sentences_of

NEW_SHARE = 0.65
LEAD_SENTENCES = 3
FEWEST_TERMS = 5  # a shorter sentence is all new by one name; it neither counts nor takes a place


@dataclass(frozen=True, slots=True)
class Report:
    """An article of a story. Language is a BCP 47 tag, or None if nobody knows."""

    title: str
    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a report has told: terms and figures of its headline and its text."""

    terms: frozenset[str]
    figures: frozenset[str]
    language: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """The part that an article has in its story; only a development has new sentences."""

    role: StoryRole
    new_sentences: tuple[str, ...] = ()


def told_by(report: Report) -> Told:
    whole = f"{report.title}\n{report.text}"
    terms = frozenset(term for _, term, _ in weighted_terms(whole, tokenize(whole)))
    return Told(terms, figures_of(whole), report.language)


def part_of(
    report: Report, kind: DuplicateKind | None, earlier: Sequence[Told], frequencies: Frequencies
) -> Part:
    """The part of a report, of which `kind` says whether it is a copy, after the `earlier` ones.

    The words of another language tell nothing: a report in a language that the story was not told
    in is independent.
    """
    if kind is not None:
        return Part("copy")
    if not earlier:
        return Part("first")
    if not any(_comparable(report.language, one.language) for one in earlier):
        return Part("independent")
    known = frozenset().union(*(one.terms for one in earlier))
    figures = figures_of(report.title).difference(*(one.figures for one in earlier))
    sentences = [(text, _share(text, known, frequencies)) for text in _sentences(report)]
    lead = islice((share for _, share in sentences if share is not None), LEAD_SENTENCES)
    if not figures and not any(share >= NEW_SHARE for share in lead):
        return Part("independent")
    return Part(
        "development",
        tuple(
            text
            for text, share in sentences
            if (share is not None and share >= NEW_SHARE)
            or not figures.isdisjoint(figures_of(text))
        ),
    )


def _comparable(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _sentences(report: Report) -> list[str]:
    """Those of the text; before them the headline, where it gives figures that the text has not."""
    sentences = sentences_of(report.text)
    if sentences and figures_of(report.title) <= figures_of(report.text):
        return sentences
    return [report.title, *sentences]


def _share(sentence: str, known: frozenset[str], frequencies: Frequencies) -> float | None:
    """The share of its weight in terms that are not known; None if it has too few terms."""
    weights: dict[str, float] = {}
    for _, term, weight in weighted_terms(sentence, tokenize(sentence)):
        weights[term] = max(weights.get(term, 0.0), weight * frequencies.rarity(term))
    if len(weights) < FEWEST_TERMS:
        return None
    unknown = sum(weight for term, weight in weights.items() if term not in known)
    return unknown / sum(weights.values())
