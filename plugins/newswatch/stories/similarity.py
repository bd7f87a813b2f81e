"""Which story an article belongs to: one online pass over TF-IDF vectors, explained by terms.

A report in a language that a story was not told in joins it by its anchors: names, places and
numbers. So a story has a strand for each language, and words are weighed within a strand only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from newswatch.models import StoryId
from newswatch.stories.anchors import Anchor, anchors_of
from newswatch.stories.report import Report
from newswatch.stories.rules import FIRST, StoryRules
from newswatch.stories.terms import Frequencies, weighted_terms
from newswatch.text.names import marks_names
from newswatch.text.words import fold, tokenize

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Counts:
    """A report's terms with their weight in it, and its anchors."""

    terms: Mapping[str, float]
    anchors: Mapping[str, Anchor]
    language: str | None = None
    rules: StoryRules = FIRST  # by which they were counted, and by which they are compared

    def keys(self) -> set[str]:
        """Everything whose rarity counts."""
        return self.terms.keys() | self.anchors.keys()


NO_COUNTS = Counts({}, {})


@dataclass(frozen=True, slots=True)
class Profile:
    """A report among all others: unit vectors of its best terms and anchors."""

    vector: Vector
    anchors: Vector
    forms: Mapping[str, str]  # of the anchors: how the text writes them
    language: str | None = None
    rarities: Vector = field(default_factory=dict)  # of the terms: 1 of one never seen
    rules: StoryRules = FIRST


@dataclass(slots=True)
class Strand:
    """A story in one language: sums of its articles' unit vectors, cut to the best."""

    vector: dict[str, float] = field(default_factory=dict)
    anchors: dict[str, float] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    length: float = field(init=False)

    def __post_init__(self) -> None:
        self.length = _length(self.vector)

    def add(self, profile: Profile) -> None:
        self.vector = best(_sum(self.vector, profile.vector), profile.rules.story_terms)
        self.anchors = best(_sum(self.anchors, profile.anchors), profile.rules.story_anchors)
        forms = {**profile.forms, **self.forms}
        self.forms = {key: forms[key] for key in self.anchors}
        self.length = _length(self.vector)


@dataclass(slots=True)
class Story:
    """A story so far; its strands by language, the first under "" where nobody knows it."""

    story_id: StoryId
    strands: dict[str, Strand]
    last_seen_at: datetime | None

    def found_by(self, rules: StoryRules) -> frozenset[str]:
        """The terms and anchors that a further article finds it by."""
        return frozenset(
            key
            for language, strand in self.strands.items()
            for key in (
                *best(strand.vector, rules.finding_terms),
                *finding(strand.anchors, language, rules),
            )
        )


@dataclass(frozen=True, slots=True)
class Match:
    """Why an article joins a strand of a story: similarity 0..1 and the terms or anchors that make
    most of it."""

    story_id: StoryId
    strand: str
    similarity: float
    terms: tuple[tuple[str, float], ...]


def counts_of(report: Report, rules: StoryRules) -> Counts:
    terms = term_counts(report, rules)
    anchors = anchors_of(report.title, report.text, report.language, rules)
    return Counts(terms, anchors, report.language, rules)


def term_counts(report: Report, rules: StoryRules) -> dict[str, float]:
    """Terms with their weight in the article: title and lead count more, names and numbers too."""
    counts: dict[str, float] = {}
    headline = report.title or (report.text.strip().partition("\n")[0][: rules.headline_characters])
    _count(counts, headline, rules.title_weight, 0, rules)
    _count(counts, report.text, 1.0, rules.lead_words, rules)
    return {word: 1.0 + math.log(weight) for word, weight in counts.items()}


def _count(
    counts: dict[str, float], text: str, weight: float, lead: int, rules: StoryRules
) -> None:
    for position, term, value in weighted_terms(text, tokenize(text), rules):
        value *= weight * (rules.lead_weight if position < lead else 1.0)
        counts[term] = counts.get(term, 0.0) + value


def profile_of(counts: Counts, frequencies: Frequencies) -> Profile:
    anchors = anchor_vector(counts, frequencies)
    forms = {key: counts.anchors[key].form for key in anchors}
    vector = vector_of(counts.terms, frequencies, counts.rules)
    rarities = frequencies.rarities(vector)
    return Profile(vector, anchors, forms, counts.language, rarities, counts.rules)


def anchor_vector(counts: Counts, frequencies: Frequencies) -> dict[str, float]:
    """The unit vector of an article's best anchors, by rarity as for its terms."""
    weighted = frequencies.weigh(
        {key: 1.0 + math.log(anchor.count) for key, anchor in counts.anchors.items()}
    )
    # Most of an unmarked text's anchors are common words: the names are somewhere among them.
    most = counts.rules.anchors
    return unit(best(weighted, most if marks_names(counts.language) else 3 * most))


def vector_of(
    counts: Mapping[str, float], frequencies: Frequencies, rules: StoryRules
) -> dict[str, float]:
    """The unit TF-IDF vector of an article's best terms."""
    return unit(best(frequencies.weigh(counts), rules.terms))


def finding(anchors: Vector, language: str | None, rules: StoryRules) -> dict[str, float]:
    """The best anchors, by which a story is found."""
    most = rules.finding_anchors
    return best(anchors, most if marks_names(language) else 4 * most)


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


def _sum(vector: Vector, other: Vector) -> dict[str, float]:
    total = dict(vector)
    for term, weight in other.items():
        total[term] = total.get(term, 0.0) + weight
    return total


def match(profile: Profile, seen_at: datetime | None, stories: Sequence[Story]) -> Match | None:
    """The strand with the most similar words, if they are similar enough; ties go to the oldest."""
    found: Match | None = None
    for story, name, strand in _strands(stories):
        shared = _shared(profile, strand)
        told = _evidence(profile, strand) * _decay(
            seen_at, story.last_seen_at, profile.rules.half_life
        )
        similarity = round(sum(shared.values()) * told, 4)
        if similarity >= profile.rules.join and (found is None or similarity > found.similarity):
            terms = tuple((term, round(weight, 4)) for term, weight in best(shared, 8).items())
            found = Match(story.story_id, name, similarity, terms)
    return found


def _evidence(profile: Profile, strand: Strand) -> float:
    """How much of a similarity counts: less, if what is shared stands in every other report. A
    headline of ten words is like many by a country or two."""
    rare = sum(profile.rarities[term] for term in profile.vector if term in strand.vector)
    rules = profile.rules
    return rules.common + (1.0 - rules.common) * min(1.0, rare / rules.rare)


def _shared(profile: Profile, strand: Strand) -> dict[str, float]:
    """The terms that a report and a strand share, with their parts of the similarity: the cosine of
    the words, and the cosine of the anchors, for two events of one kind differ most in who and
    where."""
    words = {
        term: weight * strand.vector[term] / strand.length
        for term, weight in profile.vector.items()
        if term in strand.vector
    }
    if min(len(profile.anchors), len(strand.anchors)) < profile.rules.enough_anchors:
        return words
    share = profile.rules.words
    shared = {term: share * weight for term, weight in words.items()}
    length = _length(strand.anchors)
    for key, weight in profile.anchors.items():
        if key in strand.anchors:
            term = fold(profile.forms[key])
            part = (1.0 - share) * weight * strand.anchors[key] / length
            shared[term] = shared.get(term, 0.0) + part
    return shared


def match_across_languages(
    profile: Profile, seen_at: datetime | None, stories: Sequence[Story]
) -> Match | None:
    """The story that has most of its anchors, in another language, in common with this report; ties
    go to the oldest. The match's strand is that of the report's language."""
    if profile.language is None:
        return None
    found: Match | None = None
    rules = profile.rules
    for story, name, strand in _strands(stories):
        if not name or name == profile.language:
            continue
        shared = {
            key: weight * strand.anchors[key]
            for key, weight in profile.anchors.items()
            if key in strand.anchors
        }
        names = sum(key[0] != "@" for key in shared)
        if len(shared) < rules.shared_anchors or names < rules.shared_names:
            continue
        fade = _decay(seen_at, story.last_seen_at, rules.half_life_across_languages)
        similarity = round(_anchored(profile, name, strand, shared) * fade, 4)
        if similarity >= rules.join_across_languages and (
            found is None or similarity > found.similarity
        ):
            whole = sum(shared.values())
            terms = tuple(
                (
                    _both(profile.forms[key], strand.forms[key]),
                    round(weight * similarity / whole, 4),
                )
                for key, weight in best(shared, 8).items()
            )
            found = Match(story.story_id, profile.language, similarity, terms)
    return found


def _strands(stories: Sequence[Story]) -> Iterator[tuple[Story, str, Strand]]:
    for story in sorted(stories, key=lambda story: story.story_id):
        for name, strand in story.strands.items():
            yield story, name, strand


def _anchored(profile: Profile, language: str, strand: Strand, shared: Vector) -> float:
    """Cosine of the anchors. Where one side's writing does not mark names, the words that are none
    make it small: then its geometric mean with the cosine by what is shared of that side."""
    product = sum(shared.values())
    mine, theirs = 1.0, _length(strand.anchors)
    cosine = product / (mine * theirs)
    if marks_names(profile.language) == marks_names(language):
        return cosine
    if marks_names(language):
        mine = _length({key: profile.anchors[key] for key in shared})
    else:
        theirs = _length({key: strand.anchors[key] for key in shared})
    return math.sqrt(cosine * product / (mine * theirs))


def _both(mine: str, theirs: str) -> str:
    return mine if mine.casefold() == theirs.casefold() else f"{mine} = {theirs}"


def join(story: Story, strand: str, profile: Profile, seen_at: datetime | None) -> None:
    """Add an article to a strand of a story, which it may begin."""
    story.strands.setdefault(strand, Strand()).add(profile)
    touch(story, seen_at)


def touch(story: Story, seen_at: datetime | None) -> None:
    """The story was seen: it fades from then on."""
    if seen_at and (story.last_seen_at is None or seen_at > story.last_seen_at):
        story.last_seen_at = seen_at


def _decay(seen_at: datetime | None, last_seen_at: datetime | None, half_life: timedelta) -> float:
    if seen_at is None or last_seen_at is None:
        return 1.0
    return float(0.5 ** (max(timedelta(0), seen_at - last_seen_at) / half_life))
