"""What an article is in its story: the first, a copy, a development, or told independently.

The lead decides, for that is where outlets put the news. An article is a development if one of its
first sentences is new, or if its headline gives a figure that nobody gave ("toll
rises to 41"). A sentence is new if most of its weight lies in terms that stand in
no earlier article of the story. The weight of a term is its rarity, and names and numbers weigh
more, as for finding the story. Names that were told do not count either way: each report of a story
names the same people and places, whatever they did since.

So a sentence that was told word for word, or nearly, is never new. Unseen words tell new sentences
as well as costlier measures do: Allan, Wade and Bolivar, Retrieval and Novelty Detection at the
Sentence Level, SIGIR 2003.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from newswatch.models import DuplicateKind, StoryRole
from newswatch.stories.report import Report
from newswatch.stories.rules import StoryRules
from newswatch.stories.terms import Frequencies, weighted_terms
from newswatch.text.sentences import sentences_of
from newswatch.text.words import figures_of, tokenize, words_of


@dataclass(frozen=True, slots=True)
class KnownTerms:
    """What a report has told: terms and figures of its headline and its text."""

    terms: frozenset[str]
    figures: frozenset[str]
    language: str | None


@dataclass(frozen=True, slots=True)
class _Weight:
    weight: float
    is_name: bool


@dataclass(frozen=True, slots=True)
class RoleInStory:
    """The part that an article has in its story; only a development has new sentences."""

    role: StoryRole
    new_sentences: tuple[str, ...] = ()


def known_terms(report: Report, rules: StoryRules) -> KnownTerms:
    whole = f"{report.title}\n{report.text}"
    tokens = tokenize(whole)
    terms = frozenset(term for _, term, _ in weighted_terms(whole, tokens, rules))
    return KnownTerms(terms, figures_of(tokens.words), report.language)


def role_in_story(
    report: Report,
    kind: DuplicateKind | None,
    earlier: Sequence[KnownTerms],
    frequencies: Frequencies,
    rules: StoryRules,
) -> RoleInStory:
    """The part of a report, of which `kind` says whether it is a copy, after the `earlier` ones.

    The words of another language tell nothing: a report in a language that the story was not told
    in is independent.
    """
    if kind is not None:
        return RoleInStory("copy")
    if not earlier:
        return RoleInStory("first")
    if not any(_comparable(report.language, known.language) for known in earlier):
        return RoleInStory("independent")
    known = frozenset().union(*(report_before.terms for report_before in earlier))
    given = figures_of(words_of(report.title))
    untold = given.difference(*(report_before.figures for report_before in earlier))
    sentences = _sentences(report, given)
    weighed = (_weights(sentence, frequencies, rules) for sentence in sentences)
    lead = islice(
        (weights for weights in weighed if len(weights) >= rules.fewest_terms),
        rules.lead_sentences,
    )
    if not untold and not any(_is_new(weights, known, rules) for weights in lead):
        return RoleInStory("independent")
    new = tuple(
        sentence
        for sentence in sentences
        if _is_new(_weights(sentence, frequencies, rules), known, rules)
        or not untold.isdisjoint(figures_of(words_of(sentence)))
    )
    if new in ((), (report.title,)) and not untold:
        return RoleInStory("independent")
    return RoleInStory("development", new)


def _comparable(language: str | None, other: str | None) -> bool:
    return language is None or other is None or language == other


def _sentences(report: Report, figures: frozenset[str]) -> list[str]:
    """Those of the text; before them the headline, where the text lacks one of its figures."""
    sentences = sentences_of(report.text)
    if sentences and (not figures or figures.issubset(figures_of(words_of(report.text)))):
        return sentences
    return [report.title, *sentences]


def _weights(sentence: str, frequencies: Frequencies, rules: StoryRules) -> dict[str, _Weight]:
    weights: dict[str, _Weight] = {}
    for _, term, weight in weighted_terms(sentence, tokenize(sentence), rules):
        is_name = weight == rules.name_weight
        if term not in weights or is_name:
            weights[term] = _Weight(weight * frequencies.rarity(term), is_name)
    return weights


def _is_new(weights: Mapping[str, _Weight], known: AbstractSet[str], rules: StoryRules) -> bool:
    counting = {
        term: weight for term, weight in weights.items() if term not in known or not weight.is_name
    }
    if len(counting) < rules.fewest_terms:
        return False
    new = sum(weight.weight for term, weight in counting.items() if term not in known)
    return new >= rules.new_share * sum(weight.weight for weight in counting.values())
